"""Asking: a form becomes a question, the answer becomes tables, and every no is told in words."""

import json
import re

import httpx
import pytest

from kiwoomweb.broker.errors import BrokerDown, Unreachable, Unreadable
from market.models import Answered, LastQuestion
from market.services.exploring import NotFromHere, ask, ask_further

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ring")]

CHART = {"stk_cd": "005930", "base_dt": "2026-11-20", "upd_stkpc_tp": "1"}
BAR = {
    "dt": "20261120",
    "cur_prc": "-72400",
    "pred_pre": "-700",
    "pred_pre_sig": "5",
    "open_pric": "+73500",
    "high_pric": "+73600",
    "low_pric": "-72000",
    "trde_qty": "11803127",
    "trde_prica": "854546",
    "trde_tern_rt": "-0.20",
}


def bars(*changed, **other):
    rows = [BAR | change for change in changed or [{}]]
    return {"stk_cd": "005930", "stk_dt_pole_chart_qry": rows, "return_code": 0, "return_msg": "정상"} | other


def text(page):
    return page.content.decode()


@pytest.fixture
def asks(viewer, address, broker):
    """``asks("ka10081", {...})``: the viewer fills in the form and sends it."""

    def ask(tr, form, **headers):
        return viewer.post(f"{address}{tr}/", form, headers=headers)

    return ask


def sent(broker):
    return json.loads(broker.asked[-1].content)


def test_the_answer_is_a_table_with_labels_units_and_colours(asks, broker):
    broker.answers["ka10081"] = bars()
    page = text(asks("ka10081", CHART))
    for shown in ("현재가", "cur_prc", "2026-11-20", "11,803,127", "854,546,000,000", "−0.20"):
        assert shown in page
    assert '<td class="fall num">72,400</td>' in page
    assert '<td class="rise num">73,500</td>' in page
    assert '<td class="fall num">−700</td>' in page


def test_the_broker_gets_what_the_form_says_and_dates_in_its_own_way(asks, broker):
    broker.answers["ka10081"] = bars()
    asks("ka10081", CHART)
    assert sent(broker) == {"stk_cd": "005930", "base_dt": "20261120", "upd_stkpc_tp": "1"}


@pytest.mark.parametrize("symbol", ["005930_NX", "005930_AL", "0156T0", "00104k"])
def test_venues_and_codes_with_letters_are_symbols(asks, broker, symbol):
    broker.answers["ka10081"] = bars()
    assert asks("ka10081", CHART | {"stk_cd": symbol}).status_code == 200
    assert sent(broker)["stk_cd"] == symbol.upper()


@pytest.mark.parametrize(
    "wrong",
    [
        {"stk_cd": ""},
        {"stk_cd": "A005930"},
        {"stk_cd": "삼성전자"},
        {"base_dt": "20261301"},
        {"base_dt": "어제"},
        {"upd_stkpc_tp": "7"},
        {"stk_cd": "0" * 150},
    ],
)
def test_what_is_wrong_is_said_at_its_field_before_anything_is_sent(asks, broker, wrong):
    page = asks("ka10081", CHART | wrong)
    [(name, value)] = wrong.items()
    assert page.status_code == 422
    assert broker.times("ka10081") == 0
    assert f'id="ask-{name}-wrong"' in text(page)
    assert value in text(page)  # nothing that was typed is lost


def test_a_form_without_any_field_is_told_each_one_that_is_missing(asks, broker):
    page = text(asks("ka10081", {}))
    assert page.count('aria-invalid="true"') == 3
    assert broker.times("ka10081") == 0


def test_what_was_asked_last_is_there_again_on_any_machine_but_not_the_day(asks, viewer, address, broker):
    broker.answers["ka10081"] = bars()
    asks("ka10081", CHART | {"stk_cd": "000660", "upd_stkpc_tp": "0"})
    page = text(viewer.get(f"{address}ka10081/"))
    assert 'value="000660"' in page
    assert "2026-11-20" not in page
    assert LastQuestion.objects.get().body["upd_stkpc_tp"] == "0"
    assert 'value="000660"' not in text(viewer.get(f"{address}ka10081/?fresh=1"))


def test_a_person_s_last_question_is_nobody_else_s(asks, trader, address, broker):
    broker.answers["ka10081"] = bars()
    asks("ka10081", CHART | {"stk_cd": "000660"})
    assert 'value="000660"' not in text(trader.get(f"{address}ka10081/"))


def test_htmx_gets_the_bench_alone(asks, broker):
    broker.answers["ka10081"] = bars()
    page = text(asks("ka10081", CHART, hx_request="true", hx_target="lab"))
    assert "<html" not in page
    assert 'id="lab"' in page


def test_a_success_is_remembered_and_a_refusal_is_not(asks, broker):
    broker.answers["ka10081"] = {"return_code": 2, "return_msg": "입력 값 오류입니다[1517:형식]"}
    asks("ka10081", CHART)
    assert not Answered.objects.filter(tr="ka10081").exists()
    broker.answers["ka10081"] = bars()
    asks("ka10081", CHART)
    assert Answered.objects.filter(tr="ka10081").exists()


def test_a_refusal_is_told_in_words_with_its_code_and_what_came_can_be_read(asks, broker):
    broker.answers["ka10081"] = {"return_code": 2, "return_msg": "입력 값 오류입니다[1517:파라미터=stk_cd]"}
    page = text(asks("ka10081", CHART))
    assert "조회 조건이 올바르지 않습니다." in page
    assert '<code class="id">1517</code>' in page
    assert "파라미터=stk_cd" in page
    assert 'value="005930"' in page


def test_a_dead_broker_leaves_the_form_as_it_was(asks, broker):
    def dead(request):
        raise httpx.ConnectError("no")

    broker.answers["ka10081"] = dead
    page = asks("ka10081", CHART)
    assert page.status_code == 200
    assert Unreachable.notice in text(page)
    assert 'value="005930"' in text(page)


def test_a_maintenance_page_is_shown_as_the_text_it_is(asks, broker):
    broker.answers["ka10081"] = httpx.Response(200, content="<html><b>점검</b></html>".encode())
    page = text(asks("ka10081", CHART))
    assert BrokerDown.notice in page
    assert "&lt;b&gt;점검" in page
    assert "<b>점검" not in page


def test_half_an_answer_is_no_answer(asks, broker):
    broker.answers["ka10081"] = httpx.Response(200, content=b'{"return_code":0,"stk_dt')
    assert Unreadable.notice in text(asks("ka10081", CHART))


def test_a_field_that_cannot_be_read_is_marked_and_the_others_stand(asks, broker):
    broker.answers["ka10081"] = bars({"trde_qty": "많음", "surprise": "1"})
    page = text(asks("ka10081", CHART))
    assert "많음" in page
    assert "읽지 못한 값 1" in page
    assert "문서에 없는 필드 1" in page
    assert "72,400" in page


def test_a_blank_answer_says_that_it_is_one(asks, broker):
    broker.answers["ka10001"] = {"stk_cd": "", "stk_nm": "", "return_code": 0, "return_msg": ""}
    page = text(asks("ka10001", {"stk_cd": "123456"}))
    assert "키움이 빈 답을 보냈습니다" in page
    assert not re.search(r"<dd class=\"[^\"]*\">[−+]?0", page)  # no blank became a zero


def test_unknown_is_a_dash(asks, broker):
    broker.answers["ka10081"] = bars({"trde_qty": ""})
    assert '<td class="num">—</td>' in text(asks("ka10081", CHART))


def test_words_of_the_broker_are_text_and_never_markup(asks, broker):
    broker.answers["ka10001"] = {"stk_cd": "005930", "stk_nm": "<script>alert(1)</script>", "return_code": 0}
    page = text(asks("ka10001", {"stk_cd": "005930"}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_an_account_without_keys_is_told_so(viewer, account):
    page = viewer.post(f"/a/{account.code}/tr/ka10081/", CHART)
    assert "이 계좌에 연결된 키가 없습니다" in text(page)


@pytest.mark.parametrize("tr", ["kt10000", "kt10003", "kt50000", "kt10006"])
def test_orders_are_shown_and_cannot_be_sent(asks, viewer, address, broker, tr):
    page = text(viewer.get(f"{address}{tr}/"))
    assert "주문 TR은 여기서 보내지 않습니다" in page
    assert f'action="{address}{tr}/"' not in page
    body = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "1", "ord_uv": "1", "trde_tp": "0"}
    assert asks(tr, body).status_code == 403
    assert broker.times(tr) == 0


def test_even_behind_the_page_no_order_leaves(connected, broker):
    with pytest.raises(NotFromHere):
        ask(connected, "kt10000", {})
    with pytest.raises(NotFromHere):
        ask_further(connected, "kt50000", {}, "key", 2)
    assert broker.asked == []


def test_account_numbers_and_tokens_are_masked_everywhere(asks, viewer, address, broker, connected):
    number = connected.number
    broker.answers["ka00001"] = {
        "acctNo": number,
        "token": "secret-token",
        "return_code": 0,
        "return_msg": number,
    }
    page = text(asks("ka00001", {}))
    assert number not in page
    assert "secret-token" not in page
    assert f"****-{number[-4:]}" in page
    assert "Bearer ••••" in page
    for kind in ("json", "xlsx"):
        assert (
            number.encode()
            not in viewer.post(f"{address}ka00001/file.{kind}", {"ticket": ticket(page)}).content
        )


def ticket(page):
    return re.search(r'name="ticket" value="([^"]+)"', page)[1]
