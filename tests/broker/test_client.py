"""The client at work: tokens, patience, whole lists, raw replies, the broker's time."""

import gc
import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from kiwoomweb.broker import client as client_module
from kiwoomweb.broker import errors as e
from kiwoomweb.broker.pacing import Priority
from tests.broker.stage import EXPIRED, LIMITED, said

OPEN = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}


def test_a_question_carries_the_shared_token(stage):
    stage["ka10075"] = {"oso": []}
    client = stage.client()
    client.call("ka10075", OPEN)
    client.call("ka10075", OPEN)
    assert len(stage.asked["au10001"]) == 1
    assert {request.headers["authorization"] for request in stage.asked["ka10075"]} == {"Bearer TOKEN-CANARY-1"}
    assert str(stage.asked["ka10075"][0].url) == "https://broker.test/api/dostk/acnt"


def test_every_call_waits_its_turn_and_says_who_waits(stage):
    stage["ka10075"] = {"oso": []}
    client = stage.client(priority=Priority.PERSON)
    client.call("ka10075", OPEN)
    assert stage.pacer.passed == [
        (client.key_id, "au10001", Priority.PERSON),
        (client.key_id, "ka10075", Priority.PERSON),
    ]


def test_a_refused_token_is_replaced_once(stage):
    stage["ka10075"] = [said(EXPIRED), {"oso": []}]
    assert stage.client().rows("ka10075", OPEN, "oso") == []
    assert len(stage.asked["au10001"]) == 2
    assert stage.asked["ka10075"][-1].headers["authorization"] == "Bearer TOKEN-CANARY-2"


def test_a_token_refused_twice_is_an_error(stage):
    stage["ka10075"] = said(EXPIRED)
    with pytest.raises(e.TokenExpired):
        stage.client().call("ka10075", OPEN)
    assert len(stage.asked["ka10075"]) == 2


def test_many_threads_with_a_dead_token_ask_for_exactly_one(stage):
    stage["ka10075"] = {"oso": []}
    client = stage.client()
    client.call("ka10075", OPEN)
    together = threading.Barrier(8)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] == "Bearer TOKEN-CANARY-1":
            together.wait(10)  # all eight are refused before any of them asks for a new token
            return said(EXPIRED)
        return said({"oso": []})

    stage["ka10075"] = answer
    threads = [threading.Thread(target=client.call, args=("ka10075", OPEN)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(stage.asked["au10001"]) == 2
    assert len(stage.asked["ka10075"]) == 1 + 8 + 8


def test_the_same_token_text_again_is_still_a_new_token(stage):
    same = said({"token": "SAME", "token_type": "bearer", "expires_dt": "20991231235959"})
    stage["au10001"] = same
    stage["ka10075"] = {"oso": []}
    client = stage.client()
    first = client.token()
    second = client.renew(first)
    assert second.text == first.text
    assert client.renew(first) is second
    assert len(stage.asked["au10001"]) == 2


def test_wrong_keys_are_told_at_once_and_not_asked_again(stage):
    stage["au10001"] = said(
        {"return_code": 3, "return_msg": "인증에 실패했습니다[8001:App Key와 Secret Key 검증에 실패했습니다]"}
    )
    with pytest.raises(e.WrongKeys):
        stage.client().call("ka10075", OPEN)
    assert len(stage.asked["au10001"]) == 1


def test_a_token_is_renewed_before_its_time_by_the_brokers_clock(stage):
    stage.now = datetime(2024, 11, 6, tzinfo=UTC)
    stage.ends = "20241107083713"  # 32 h later by the broker's clock, long ago by ours
    stage["ka10075"] = {"oso": []}
    client = stage.client()
    client.call("ka10075", OPEN)
    client.call("ka10075", OPEN)
    assert len(stage.asked["au10001"]) == 1
    left = client.token().expires - datetime.now(UTC)
    assert timedelta(hours=23, minutes=30) < left < timedelta(hours=24)


def test_a_token_about_to_end_is_not_used(stage):
    stage.now = datetime(2024, 11, 6, 23, 36, tzinfo=UTC)  # 08:36 in Seoul
    stage.ends = "20241107083713"
    stage["ka10075"] = {"oso": []}
    client = stage.client()
    client.call("ka10075", OPEN)
    client.call("ka10075", OPEN)
    assert len(stage.asked["au10001"]) == 2


@pytest.mark.parametrize("limited", [said(LIMITED, status=429), said(LIMITED)])
def test_a_question_asked_too_fast_waits_and_is_asked_again(stage, limited):
    stage["ka10075"] = [limited, limited, limited, {"oso": []}]
    assert stage.client().rows("ka10075", OPEN, "oso") == []
    assert stage.slept == [1.2, 2.4, 4.8]


def test_a_question_refused_four_times_for_haste_is_an_error(stage):
    stage["ka10075"] = said(LIMITED, status=429)
    with pytest.raises(e.RateLimited):
        stage.client().call("ka10075", OPEN)
    assert len(stage.asked["ka10075"]) == 4


@pytest.mark.parametrize(
    "silence",
    [
        httpx.ConnectError("no"),
        httpx.ReadTimeout("late"),
        httpx.RemoteProtocolError("cut"),
        httpx.Response(502, content=b"<html>"),
        httpx.Response(200, content="<html>점검</html>".encode()),
    ],
)
def test_a_silent_broker_is_asked_twice_more(stage, silence):
    stage["ka10075"] = silence
    with pytest.raises(e.Unreachable):
        stage.client().call("ka10075", OPEN)
    assert len(stage.asked["ka10075"]) == 3
    assert sum(stage.slept) < 2


@pytest.mark.parametrize("trouble", [said(LIMITED, status=429), httpx.ReadTimeout("late"), httpx.Response(500)])
def test_an_order_is_sent_once_whatever_happens(stage, trouble):
    stage["kt10000"] = trouble
    with pytest.raises(e.BrokerError):
        stage.client().call("kt10000", {"stk_cd": "005930", "ord_qty": "1"})
    assert len(stage.asked["kt10000"]) == 1


def test_an_order_that_met_a_dead_token_was_not_processed_and_goes_out_again(stage):
    stage["kt10000"] = [said(EXPIRED), {"ord_no": "0000024"}]
    assert stage.client().call("kt10000", {"stk_cd": "005930"}).fields["ord_no"] == "0000024"


def page(*numbers: str, next_key: str = "") -> httpx.Response:
    return said({"oso": [{"ord_no": number} for number in numbers]}, next_key=next_key)


def test_pages_are_followed_to_the_end(stage):
    stage["ka10075"] = [page("1", "2", next_key="K1"), page("3", "4", next_key="K2"), page("5")]
    rows = stage.client().rows("ka10075", OPEN, "oso")
    assert [row["ord_no"] for row in rows] == ["1", "2", "3", "4", "5"]
    told = [request.headers.get("next-key", "") for request in stage.asked["ka10075"]]
    assert told == ["", "K1", "K2"]
    assert stage.bodies("ka10075") == [OPEN] * 3


def test_a_few_pages_are_enough_for_who_asks_for_a_few(stage):
    stage["ka10081"] = [page("1", "2", next_key="K1"), page("3", "4", next_key="K2"), page("5")]
    assert len(list(stage.client().pages("ka10081", {}, most=2))) == 2


def test_a_token_that_ends_on_the_way_starts_the_list_over(stage):
    """F-16: the cursor has ended with the token; the list is whole, or an error."""
    stage["ka10075"] = [page("1", "2", next_key="K1"), said(EXPIRED), page("1", "2", next_key="K9"), page("3")]
    rows = stage.client().rows("ka10075", OPEN, "oso")
    assert [row["ord_no"] for row in rows] == ["1", "2", "3"]
    assert [request.headers.get("next-key", "") for request in stage.asked["ka10075"]] == ["", "K1", "", "K9"]


@pytest.mark.parametrize(
    "pages",
    [
        [page("1", "2", next_key="K1"), page("3", "4", next_key="K1")],
        [page("1", "2", next_key="K1"), page("1", "2", next_key="K2"), page("3")],
        [page("1", "2", next_key="K1"), page("3", "4", next_key="K2"), page("1", "2")],
    ],
    ids=["same cursor", "same page", "first page again at the end"],
)
def test_a_list_that_goes_in_circles_is_not_the_list(stage, pages):
    stage["ka10075"] = pages
    with pytest.raises(e.Incomplete):
        stage.client().rows("ka10075", OPEN, "oso")


def test_a_list_without_end_is_given_up(stage):
    numbers = iter(range(10_000))
    stage["ka10075"] = lambda _: page(str(next(numbers)), str(next(numbers)), next_key=f"K{next(numbers)}")
    with pytest.raises(e.Incomplete):
        stage.client().rows("ka10075", OPEN, "oso")
    assert len(stage.asked["ka10075"]) == 200


def test_equal_sales_on_small_pages_are_no_circle(stage):
    sale = {"stk_cd": "A005930", "tdy_sel_pl": "59813.04"}
    stage["ka10073"] = [said({"dt_stk_rlzt_pl": [sale]}, next_key=key) for key in ("K1", "K2", "")]
    assert stage.client().rows("ka10073", {}, "dt_stk_rlzt_pl") == [sale] * 3


def test_half_a_list_is_no_list(stage):
    stage["ka10075"] = [
        page("1", "2", next_key="K1"),
        httpx.Response(200, content=b'{"return_code":0,"oso":[{"o'),
    ]
    with pytest.raises(e.Unreadable):
        stage.client().rows("ka10075", OPEN, "oso")


def test_every_answer_is_kept_before_it_is_believed(stage):
    stage["ka10075"] = [page("1", "2", next_key="K1"), httpx.Response(200, content=b'{"ret')]
    with pytest.raises(e.Unreadable):
        stage.client().rows("ka10075", OPEN, "oso")
    first, second = stage.kept
    assert (first.tr, first.page, second.page) == ("ka10075", 1, 2)
    assert second.content == b'{"ret'
    assert first.request_hash == second.request_hash
    assert first.received_at.tzinfo is not None


def test_no_token_is_ever_kept(stage):
    stage["ka10075"] = {"oso": []}
    stage.client().call("ka10075", OPEN)
    assert [raw.tr for raw in stage.kept] == ["ka10075"]


def test_the_brokers_time_is_learnt_from_its_replies(stage):
    stage["ka10075"] = {"oso": []}
    client = stage.client()
    assert client.skew is None
    stage.now = datetime(2025, 6, 30, 1, 30, tzinfo=UTC)
    client.call("ka10075", OPEN)
    assert abs(client.now() - stage.now) < timedelta(seconds=5)
    assert client.now().utcoffset() == timedelta(hours=9)


def test_a_redirect_is_not_followed(stage):
    stage["ka10075"] = httpx.Response(302, headers={"Location": "https://elsewhere.test/"})
    with pytest.raises(e.BrokerDown):
        stage.client().call("ka10075", OPEN)
    assert {request.url.host for request in stage.asked["ka10075"]} == {"broker.test"}


def test_an_unknown_tr_is_our_mistake_and_never_sent(stage):
    with pytest.raises(KeyError):
        stage.client().call("ka99999")
    assert not stage.asked


def test_a_client_nobody_uses_any_more_hangs_up(stage, monkeypatch):
    line = stage.line()
    monkeypatch.setattr(client_module, "_connection", lambda address: line)
    stage["ka10075"] = {"oso": []}
    client = stage.client(http=None)
    client.call("ka10075", OPEN)
    assert not line.is_closed
    del client
    gc.collect()
    assert line.is_closed
