"""The page of one symbol: strangers see nothing, a silent broker leaves the last values."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NoReturn

import pytest
from time_machine import travel

from kiwoomweb.access import broker_clock
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls import charts, quotes
from kiwoomweb.broker.domain import SEOUL, Candle, Quote, Symbol, Won
from kiwoomweb.broker.errors import BrokerDown, UnknownSymbol
from market.initials import initials
from market.models import Instrument, Kept
from market.pages import SymbolPage
from tests.market.ticks import book
from tests.people import Person

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 11, 20, tzinfo=SEOUL)
QUOTE = Quote(
    Symbol("005930"),
    "삼성전자",
    Won(72_400),
    Won(-700),
    Decimal("-0.96"),
    Won(71_600),
    Won(72_700),
    Won(71_400),
    Won(73_100),
    Won(95_000),
    Won(51_200),
    11_800_000,
    None,
    Won(432_000_000_000_000),
)


@pytest.fixture(autouse=True)
def broker(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A broker that answers with ``QUOTE`` and whatever candles a test puts in; an exception is raised."""
    told: dict[str, Any] = {"quote": QUOTE, "candles": []}

    def answer(what: str) -> Any:
        if isinstance(told[what], Exception):
            raise told[what]
        return told[what]

    for service in ("quotes", "candles", "instruments"):
        monkeypatch.setattr(f"market.services.{service}.broker_for", lambda *_: None)
    monkeypatch.setattr(quotes, "quote", lambda *_: answer("quote"))
    monkeypatch.setattr(charts, "candles", lambda *_, **__: answer("candles"))
    return told


@pytest.fixture
def samsung(db: None) -> Instrument:
    name = "삼성전자"
    return Instrument.objects.create(symbol="005930", name=name, initials=initials(name), market="거래소")


@pytest.mark.parametrize(
    "part",
    ["", "005930/", "005930/book/", "005930/candles/", "005930/investors/", "005930/marks/", "005930/mine/"],
)
def test_a_stranger_finds_no_such_account(
    stranger: Person, account: Account, samsung: Instrument, part: str
) -> None:
    assert stranger.get(f"/a/{account.code}/symbols/{part}").status_code == 404


def test_a_viewer_sees_price_change_and_range(viewer: Person, account: Account, samsung: Instrument) -> None:
    page = viewer.get(f"/a/{account.code}/symbols/005930/").content.decode()
    for shown in ("삼성전자", "72,400", "−0.96%", "71,600", "95,000", "51,200", "▼"):
        assert shown in page


def test_investors_carry_the_time_of_the_market_not_of_our_clock(
    viewer: Person, account: Account, samsung: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The practice market is at half past ten while the visitor's evening has come."""
    monkeypatch.setattr("market.services.investors.broker_for", lambda *_: None)
    monkeypatch.setattr("market.services.investors.investor_days", lambda *_, **__: [])
    monkeypatch.setattr(broker_clock, "skew_of", lambda _environment: timedelta(hours=-8))
    with travel(datetime(2026, 11, 20, 18, 31, tzinfo=SEOUL), tick=False):
        page = viewer.get(f"/a/{account.code}/symbols/005930/investors/").content.decode()
    assert ">10:31<" in page
    assert "18:31" not in page


def test_nothing_of_an_unasked_number_is_a_zero(
    viewer: Person, account: Account, samsung: Instrument, broker: dict[str, Any]
) -> None:
    broker["quote"] = BrokerDown("")
    page = viewer.get(f"/a/{account.code}/symbols/005930/").content.decode()
    assert BrokerDown.notice in page
    assert ">0<" not in page


def test_a_silent_broker_leaves_the_last_price_with_its_time(
    viewer: Person, account: Account, samsung: Instrument, broker: dict[str, Any]
) -> None:
    viewer.get(f"/a/{account.code}/symbols/005930/")
    broker["quote"] = BrokerDown("")
    Kept.objects.update(at=DAY)
    page = viewer.get(f"/a/{account.code}/symbols/005930/").content.decode()
    assert "72,400" in page
    assert BrokerDown.notice in page
    assert "11월 20일 00:00" in page


def test_an_unknown_code_says_so_and_offers_a_search(
    viewer: Person, account: Account, samsung: Instrument, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: Any) -> NoReturn:
        raise UnknownSymbol("?")

    monkeypatch.setattr("market.services.instruments.listing", unknown)
    page = viewer.get(f"/a/{account.code}/symbols/005931/")
    assert page.status_code == 404
    assert "005931 종목을 찾지 못했습니다" in page.content.decode()
    assert 'type="search"' in page.content.decode()


def test_a_look_is_remembered_on_the_symbols_page(
    viewer: Person, account: Account, samsung: Instrument
) -> None:
    viewer.get(f"/a/{account.code}/symbols/005930/")
    assert "삼성전자" in viewer.get(f"/a/{account.code}/symbols/").content.decode()


def test_days_are_named_and_minutes_are_seouls(
    viewer: Person, account: Account, broker: dict[str, Any]
) -> None:
    at = DAY + timedelta(hours=9, minutes=5)
    broker["candles"] = [Candle(at, Won(10), Won(12), Won(9), Won(11), 100, None)]
    address = f"/a/{account.code}/symbols/005930/candles/"
    assert viewer.get(f"{address}?span=day").json()["bars"] == [["2026-11-20", 10, 12, 9, 11, 100]]
    assert viewer.get(f"{address}?span=5m").json()["bars"][0][0] % 86_400 == (9 * 60 + 5) * 60


def test_a_day_without_trades_stands_at_its_close(
    viewer: Person, account: Account, broker: dict[str, Any]
) -> None:
    broker["candles"] = [Candle(DAY, Won(0), Won(0), Won(0), Won(11), 0, None)]
    bars = viewer.get(f"/a/{account.code}/symbols/005930/candles/").json()["bars"]
    assert bars == [["2026-11-20", 11, 11, 11, 11, 0]]


def test_the_switch_of_adjusted_prices_asks_the_broker_for_them(
    viewer: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Adjusted 5,000, as traded 10,000: each way has bars of its own, kept apart."""

    def candles(*_: Any, adjusted: bool, **__: Any) -> list[Candle]:
        return [Candle(DAY, *[Won(5_000 if adjusted else 10_000)] * 4, 100, None)]

    monkeypatch.setattr(charts, "candles", candles)
    address = f"/a/{account.code}/symbols/005930/candles/"
    closes = [viewer.get(f"{address}?adjusted={said}").json()["bars"][0][4] for said in "1010"]
    assert closes == [5_000, 10_000, 5_000, 10_000]


def test_older_bars_end_before_the_oldest_one_known(
    viewer: Person, account: Account, broker: dict[str, Any]
) -> None:
    broker["candles"] = [Candle(DAY - timedelta(days=n), *[Won(10)] * 4, 100, None) for n in (3, 2, 1, 0)]
    address = f"/a/{account.code}/symbols/005930/candles/"

    older = viewer.get(address, {"before": "2026-11-19", "have": "600"}).json()["bars"]

    assert [bar[0] for bar in older] == ["2026-11-17", "2026-11-18"]
    assert viewer.get(address, {"before": "1e999"}).status_code == 404


def test_a_share_that_a_venue_does_not_trade_says_so(
    viewer: Person, account: Account, samsung: Instrument, broker: dict[str, Any]
) -> None:
    broker["quote"] = UnknownSymbol("005930_NX")
    page = viewer.get(f"/a/{account.code}/symbols/005930/?venue=NXT").content.decode()

    assert "NXT에서 거래되지 않는 종목입니다" in page
    assert 'data-symbol="005930@NXT"' in page


def test_old_candles_say_why_they_are_old(viewer: Person, account: Account, broker: dict[str, Any]) -> None:
    broker["candles"] = [Candle(DAY, Won(1), Won(1), Won(1), Won(1), 1, None)]
    address = f"/a/{account.code}/symbols/005930/candles/"
    viewer.get(address)
    broker["candles"] = BrokerDown("")
    Kept.objects.update(at=DAY)
    told = viewer.get(address).json()
    assert len(told["bars"]) == 1
    assert told["trouble"] == BrokerDown.notice


def test_an_unknown_span_is_refused(viewer: Person, account: Account) -> None:
    assert viewer.get(f"/a/{account.code}/symbols/005930/candles/?span=7m").status_code == 404


@pytest.mark.parametrize(
    ("state", "shown"), [("증거금20%|담보대출|신용가능", ""), ("증거금100%|관리종목", "관리종목"), ("", "")]
)
def test_only_a_share_to_be_careful_with_carries_a_warning(account: Account, state: str, shown: str) -> None:
    assert SymbolPage(account, Instrument(symbol="005930", name="삼성전자", state=state), "").warning == shown


def test_the_last_good_book_is_there_when_no_live_one_comes(
    viewer: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/a/{account.code}/symbols/005930/book/"
    monkeypatch.setattr(quotes, "book", raising(BrokerDown("")))
    assert viewer.get(address).status_code == 204
    monkeypatch.setattr(quotes, "book", lambda *_: book(best_ask=72_500, symbol="005930"))
    assert viewer.get(address).json()["asks"][0] == [72_500, 1_000, 0]
    monkeypatch.setattr(quotes, "book", raising(BrokerDown("")))
    Kept.objects.update(at=DAY)
    old = viewer.get(address).json()
    assert old["asks"][0] == [72_500, 1_000, 0]
    assert old["heard"] == DAY.timestamp() * 1000


def raising(trouble: Exception) -> Callable[..., NoReturn]:
    def refuse(*_: Any) -> NoReturn:
        raise trouble

    return refuse


def test_a_moment_in_the_address_is_marked_on_the_chart(
    viewer: Person, account: Account, samsung: Instrument
) -> None:
    page = viewer.get(f"/a/{account.code}/symbols/005930/?span=1m&at=1795656605").content.decode()

    assert 'data-span="1m"' in page
    assert 'data-at="1795656605"' in page


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "1e9", "99999999999", "²", "1"])
def test_a_moment_that_is_none_marks_nothing(
    viewer: Person, account: Account, samsung: Instrument, nonsense: str
) -> None:
    answer = viewer.get(f"/a/{account.code}/symbols/005930/", {"at": nonsense})

    assert answer.status_code == 200
    assert "data-at=" not in answer.content.decode()
