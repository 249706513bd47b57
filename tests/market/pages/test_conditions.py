"""조건검색: who may start it, what is kept of it for good, and what is said when the socket is silent."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiwoomweb.access.models import Account, Credential
from kiwoomweb.broker.domain import SEOUL, ScreenerEvent, Symbol
from kiwoomweb.broker.errors import Refused
from market.door import LineSilent
from market.models import Instrument, Screener, ScreenerHit
from market.services import screening
from market.signals import own_asked
from tests import queue
from tests.people import Person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 10, 30, 5, tzinfo=SEOUL)
LIST = [["0", "거래량 급증"], {"seq": "4", "name": "돌파 <b>"}]
ROW = {
    "9001": "A005930",
    "302": "삼성전자",
    "10": "000072400",
    "25": "2",
    "11": "000000700",
    "12": "000001500",
    "13": "011800000",
    "16": "000071600",
    "17": "000072700",
    "18": "000071400",
}


@pytest.fixture(autouse=True)
def socket(monkeypatch: pytest.MonkeyPatch, account: Account) -> dict[str, Any]:
    """What the socket answers to each question, and what it was asked."""
    told: dict[str, Any] = {
        "CNSRLST": {"data": LIST, "seq": "", "cont_yn": "", "next_key": ""},
        "CNSRREQ0": {"data": [ROW], "seq": "4", "cont_yn": "N", "next_key": ""},
        "CNSRREQ1": {"data": [{"jmcode": "A005930"}], "seq": "4", "cont_yn": "", "next_key": ""},
        "CNSRCLR": {"data": [], "seq": "4", "cont_yn": "", "next_key": ""},
        "asked": [],
    }

    def ask(_account: Account, question: dict[str, str]) -> Any:
        told["asked"].append(question)
        answer = told[question["trnm"] + question.get("search_type", "")]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(screening, "ask", ask)
    monkeypatch.setattr("market.screens.conditions.is_open", lambda _: told["open"])
    told["open"] = True
    for module in ("market.services.screening", "market.screens.conditions"):
        monkeypatch.setattr(f"{module}.broker_now", lambda _: NOW)
    Credential.objects.create(
        account=account, app_key_seal=b"", app_secret_seal=b"", key_version=1, made_at=account.made_at
    )
    return told


@pytest.fixture
def condition(account: Account) -> Screener:
    return Screener.objects.create(account=account, seq="4", name="돌파", listed_at=NOW)


def event(symbol: str = "005930", *, entered: bool = True, seconds: int = 0) -> ScreenerEvent:
    return ScreenerEvent("4", Symbol(symbol), entered, NOW + timedelta(seconds=seconds))


def opened(person: Person, account: Account, path: str = "") -> str:
    answer = person.get(f"/a/{account.code}/market/conditions/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", ["", "list/", "4/"])
def test_a_stranger_finds_nothing(
    stranger: Person, account: Account, condition: Screener, socket: dict[str, Any], path: str
) -> None:
    assert stranger.get(f"/a/{account.code}/market/conditions/{path}").status_code == 404
    assert socket["asked"] == []


@pytest.mark.parametrize("verb", ["start", "stop"])
@pytest.mark.usefixtures("condition")
def test_only_traders_start_and_stop(
    stranger: Person, viewer: Person, account: Account, socket: dict[str, Any], verb: str
) -> None:
    for person in (stranger, viewer):
        assert person.post(f"/a/{account.code}/market/conditions/4/{verb}/").status_code == 404
    assert socket["asked"] == []


def test_the_page_asks_nobody_before_it_is_drawn(
    viewer: Person, account: Account, socket: dict[str, Any]
) -> None:
    assert "조건식 목록을 받는 중입니다" in opened(viewer, account)
    assert socket["asked"] == []


def test_the_list_comes_in_both_forms_of_the_broker(viewer: Person, account: Account) -> None:
    page = viewer.get(
        f"/a/{account.code}/market/conditions/list/", headers={"HX-Request": "true"}
    ).content.decode()

    assert "거래량 급증" in page
    assert "돌파 &lt;b&gt;" in page
    assert "실시간</button>" not in page, "a viewer may not start"


def test_without_conditions_the_page_says_where_they_are_made(
    trader: Person, account: Account, socket: dict[str, Any]
) -> None:
    socket["CNSRLST"] = {"data": [], "seq": "", "cont_yn": "", "next_key": ""}

    page = trader.get(
        f"/a/{account.code}/market/conditions/list/", headers={"HX-Request": "true"}
    ).content.decode()

    assert "영웅문4의 조건검색 화면에서" in page


def test_a_silent_line_is_told_in_words_and_the_list_stays(
    trader: Person, account: Account, condition: Screener, socket: dict[str, Any]
) -> None:
    socket["CNSRLST"] = LineSilent("nobody", tr="CNSRLST")

    page = trader.get(
        f"/a/{account.code}/market/conditions/list/", headers={"HX-Request": "true"}
    ).content.decode()

    assert "실시간 연결이 아직 열려 있지 않습니다" in page
    assert "돌파" in page


def test_an_account_without_keys_says_so(viewer: Person, account: Account) -> None:
    Credential.objects.all().delete()

    assert "이 계좌에는 키가 없습니다" in opened(viewer, account)


def test_a_search_shows_typed_rows_that_lead_to_their_symbols(
    viewer: Person, account: Account, condition: Screener
) -> None:
    page = opened(viewer, account, "4/")

    assert f'href="/a/{account.code}/symbols/005930/"' in page
    assert "72,400" in page
    assert "+1.50%" in page, "a rate comes times a thousand"


def test_a_search_of_several_pages_is_read_to_the_end(
    viewer: Person, account: Account, condition: Screener, socket: dict[str, Any]
) -> None:
    pages = [
        {"data": [ROW], "seq": "4", "cont_yn": "Y", "next_key": "K1"},
        {"data": [{**ROW, "9001": "A000660", "302": "SK하이닉스"}], "seq": "4", "cont_yn": "N", "next_key": ""},
    ]
    found = iter(pages)
    screening_ask = screening.ask

    def ask(account: Account, question: dict[str, str]) -> Any:
        screening_ask(account, question)
        return next(found)

    screening.ask, kept = ask, screening.ask
    try:
        page = opened(viewer, account, "4/")
    finally:
        screening.ask = kept

    assert "SK하이닉스" in page
    assert [one["next_key"] for one in socket["asked"]] == ["", "K1"]


def test_a_refused_search_says_why(
    viewer: Person, account: Account, condition: Screener, socket: dict[str, Any]
) -> None:
    socket["CNSRREQ0"] = Refused("no", code="1", tr="CNSRREQ")

    assert "키움증권이 요청을 거부했습니다" in opened(viewer, account, "4/")


def test_what_is_no_condition_of_the_account_is_not_found(viewer: Person, account: Account) -> None:
    assert viewer.get(f"/a/{account.code}/market/conditions/77/").status_code == 404


def test_started_only_after_the_broker_said_yes(
    trader: Person, account: Account, condition: Screener, socket: dict[str, Any]
) -> None:
    socket["CNSRREQ1"] = LineSilent("nobody", tr="CNSRREQ")
    trader.post(f"/a/{account.code}/market/conditions/4/start/", headers={"HX-Request": "true"})
    condition.refresh_from_db()
    assert (condition.wanted, condition.confirmed_at) == (False, None)

    socket["CNSRREQ1"] = {"data": [{"jmcode": "A005930"}], "seq": "4", "cont_yn": "", "next_key": ""}
    page = trader.post(f"/a/{account.code}/market/conditions/4/start/", headers={"HX-Request": "true"})
    condition.refresh_from_db()

    assert condition.wanted
    assert condition.confirmed_at
    assert "실시간 등록됨" in page.content.decode()
    assert list(condition.hits.values_list("symbol", "kind")) == [("005930", "present")]


def test_a_stop_holds_even_when_the_broker_cannot_be_told(
    trader: Person, account: Account, condition: Screener, socket: dict[str, Any]
) -> None:
    Screener.objects.update(wanted=True, confirmed_at=NOW)
    socket["CNSRCLR"] = LineSilent("nobody", tr="CNSRCLR")

    trader.post(f"/a/{account.code}/market/conditions/4/stop/", headers={"HX-Request": "true"})

    condition.refresh_from_db()
    assert (condition.wanted, condition.confirmed_at) == (False, None)


def test_hits_are_kept_once_however_often_they_are_told(
    account: Account, condition: Screener, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for told in (event(), event(), event(entered=False, seconds=9), event(seconds=20)):
            screening.record(account.pk, told)

    assert list(condition.hits.order_by("at").values_list("kind", flat=True)) == ["in", "out", "in"]
    assert queue.Asked("market.price_hits", {"account_id": account.pk}) in queue.asked


def test_a_hit_of_a_condition_we_never_listed_is_kept_too(account: Account) -> None:
    screening.record(account.pk, event())

    assert ScreenerHit.objects.get().screener.seq == "4"


def test_a_lost_connection_takes_the_yes_back(account: Account, condition: Screener) -> None:
    Screener.objects.update(wanted=True, confirmed_at=NOW)

    screening.lost(account.pk)

    condition.refresh_from_db()
    assert (condition.wanted, condition.confirmed_at) == (True, None)
    assert screening.wanted_conditions(account.pk) == ["4"]


def test_a_yes_given_on_a_connection_that_is_gone_counts_no_more(
    viewer: Person, account: Account, condition: Screener, socket: dict[str, Any]
) -> None:
    Screener.objects.update(wanted=True, confirmed_at=NOW)
    assert "실시간 등록됨" in opened(viewer, account)
    socket["open"] = False

    page = opened(viewer, account)

    assert "실시간 등록됨" not in page
    assert "다시 등록하는 중" in page


def test_the_feed_shows_what_came_and_went(viewer: Person, account: Account, condition: Screener) -> None:
    Instrument.objects.create(symbol="005930", name="삼성전자")
    screening.record(account.pk, event())
    screening.record(account.pk, event("000660", entered=False, seconds=5))
    ScreenerHit.objects.filter(symbol="005930").update(price=72_400, price_asked=True)

    page = opened(viewer, account)

    assert "삼성전자" in page
    assert "10:30:05" in page
    assert 'live-since symbol="005930" price="72400"' in page
    assert page.index("000660") < page.index("삼성전자"), "the newest first"
    assert "000660" not in opened(viewer, account, "?kind=in")


def test_nothing_kept_yet_says_what_will_be(viewer: Person, account: Account) -> None:
    assert "아직 편입 기록이 없습니다" in opened(viewer, account)


@pytest.fixture
def ours() -> Iterator[set[str]]:
    """What the portfolio says is the team's own, whoever asks."""
    told: set[str] = set()

    def answer(sender: object, **_who: Any) -> frozenset[str]:
        return frozenset(told)

    own_asked.connect(answer)
    yield told
    own_asked.disconnect(answer)


def test_the_feed_keeps_to_what_the_team_holds_or_has_traded(
    viewer: Person, account: Account, condition: Screener, ours: set[str]
) -> None:
    screening.record(account.pk, event())
    screening.record(account.pk, event("000660", seconds=5))
    ours.add("000660")

    page = opened(viewer, account, "?own=1&kind=in")

    assert 'data-symbol="000660"' in page
    assert 'data-symbol="005930"' not in page
    assert "?seq=&amp;kind=all&amp;own=1" in page, "other kinds keep the choice"
    assert 'href="?seq=&amp;kind=in"' in page, "pressed again it lets go"
    assert 'hx-get="/a/' in page
    assert re.search(r'id="feed"[^>]*\?seq=&amp;kind=in&amp;own=1"', page), "and so does a refresh"
    assert 'data-symbol="005930"' in opened(viewer, account)


def test_old_hits_of_ones_own_are_found_behind_many_newer_ones(
    viewer: Person, account: Account, condition: Screener, ours: set[str]
) -> None:
    screening.record(account.pk, event("035720"))
    for n in range(70):
        screening.record(account.pk, event(f"{n:06d}", seconds=n + 1))
    ours.add("035720")

    assert 'data-symbol="035720"' not in opened(viewer, account)
    assert 'data-symbol="035720"' in opened(viewer, account, "?own=1")


def test_a_feed_without_ones_own_says_why_it_is_empty(
    viewer: Person, account: Account, condition: Screener, ours: set[str]
) -> None:
    screening.record(account.pk, event())
    assert "아직 없습니다. 잔고와 체결을 받으면" in opened(viewer, account, "?own=1")

    ours.add("000660")
    page = opened(viewer, account, "?own=1")
    assert "내가 보유하거나 매매한 종목의 기록이 없습니다" in page
    assert "위의 단추를 다시 누르면" in page


def test_a_hit_leads_to_its_moment_on_the_chart(viewer: Person, account: Account, condition: Screener) -> None:
    Instrument.objects.create(symbol="005930", name="삼성전자")
    screening.record(account.pk, event())
    screening.record(account.pk, event("000660", seconds=-86_400))

    page = opened(viewer, account)

    assert f"/symbols/005930/?span=1m&amp;at={int(NOW.timestamp())}" in page
    assert f"/symbols/000660/?span=day&amp;at={int(NOW.timestamp()) - 86_400}" in page, "no minutes of old days"


@pytest.mark.parametrize(
    ("clock", "opens"),
    [
        (datetime(2026, 11, 25, 7, 0, tzinfo=SEOUL), "2026-11-25 08:00"),
        (datetime(2026, 11, 25, 21, 0, tzinfo=SEOUL), "2026-11-26 08:00"),
        (datetime(2026, 11, 28, 11, 0, tzinfo=SEOUL), "2026-11-30 08:00"),
    ],
)
def test_a_closed_market_says_when_it_opens(
    viewer: Person,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
    clock: datetime,
    opens: str,
) -> None:
    monkeypatch.setattr("market.screens.conditions.broker_now", lambda _: clock)

    assert f"다음 장은 {opens}에 열립니다" in opened(viewer, account)


def test_an_open_market_nobody_listens_to_is_said(
    viewer: Person, account: Account, condition: Screener
) -> None:
    assert "듣고 있는 조건이 없습니다" in opened(viewer, account)

    Screener.objects.update(wanted=True)

    page = opened(viewer, account)
    assert "듣고 있는 조건이 없습니다" not in page
    assert "다음 장은" not in page
