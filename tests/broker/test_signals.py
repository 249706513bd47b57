"""The realtime types that come less often, from the broker's text to a trader's words."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from kiwoomweb.broker import frames
from kiwoomweb.broker.catalogue import all_trs
from kiwoomweb.broker.domain import (
    SEOUL,
    AfterHoursBook,
    BestQuote,
    Breadth,
    ElwFigures,
    ElwTheory,
    EtfNav,
    ExpectedTrade,
    GoldRate,
    Halt,
    Indication,
    Member,
    Members,
    ProgramTrade,
    ShareFacts,
    Side,
)
from kiwoomweb.broker.stream_events import Unrecognised

NOW = datetime(2026, 9, 14, 15, 0, tzinfo=SEOUL)


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 9, 14, hour, minute, second, tzinfo=SEOUL)


PRICE = {"10": "-20800", "11": "-50", "12": "-0.24"}

SAMPLES: dict[str, tuple[str, dict[str, str], Any]] = {
    "0A": (
        "005930",
        {**PRICE, "27": "-20800", "28": "-20750", "13": "30379732", "14": "632640", "16": "20850"}
        | {"17": "+21150", "18": "-20450", "25": "5", "311": "9411", "567": "000000", "568": "000000"},
        Indication(
            symbol="005930",
            price=20800,
            change=-50,
            change_rate=Decimal("-0.24"),
            best_ask=20800,
            best_bid=20750,
            volume=30379732,
            turnover=632_640_000_000,
            open=20850,
            high=21150,
            low=20450,
            market_cap=941_100_000_000,
        ),
    ),
    "0C": ("005930_AL", {"27": "+60200", "28": "-60100"}, BestQuote("005930_AL", 60200, 60100)),
    "0E": (
        "005930",
        {"21": "154000", "131": "1500", "132": "-20", "135": "300", "136": ""},
        AfterHoursBook("005930", at(15, 40), 1500, -20, 300, None),
    ),
    "0F": (
        "005930",
        {"141": "키움증권", "161": "7000", "166": "+100", "146": "050", "271": "0", "142": ""}
        | {"151": "미래에셋", "171": "12", "176": "", "156": "005", "281": "1"}
        | {"261": "10", "262": "1", "263": "15", "264": "2", "267": "+5", "268": "1", "337": "1"},
        Members(
            symbol="005930",
            sellers=(Member("키움증권", "050", 7000, 100, foreign=False),),
            buyers=(Member("미래에셋", "005", 12, None, foreign=True),),
            foreign_sold=10,
            foreign_bought=15,
            foreign_net=5,
        ),
    ),
    "0G": (
        "069500",
        {**PRICE, "36": "+20811.52", "37": "-39.44", "38": "-0.19", "39": "0.31", "20": "145208", "13": "7"}
        | {"265": "0.05", "266": "-0.06", "667": "", "668": "", "669": ""},
        EtfNav(
            symbol="069500",
            at=at(14, 52, 8),
            nav=Decimal("20811.52"),
            nav_change=Decimal("-39.44"),
            nav_rate=Decimal("-0.19"),
            tracking_error=Decimal("0.31"),
            price=20800,
            change=-50,
            change_rate=Decimal("-0.24"),
            volume=7,
            gap=Decimal("0.05"),
            premium=Decimal("-0.06"),
        ),
    ),
    "0H": (
        "005930",
        {**PRICE, "20": "085901", "15": "-1200", "13": "0", "25": "5"},
        ExpectedTrade("005930", at(8, 59, 1), 20800, -50, Decimal("-0.24"), 1200, Side.SELL, 0),
    ),
    "0I": (
        "MGD",
        {"10": "+194180.52", "25": "2", "11": "+100.52", "12": "+0.05"},
        GoldRate("MGD", Decimal("194180.52"), Decimal("100.52"), Decimal("0.05")),
    ),
    "0U": (
        "001",
        {"20": "145208", "252": "398", "251": "3", "253": "65", "255": "445", "254": "0", "13": "571"}
        | {"14": "4231", "10": "-2394.49", "11": "-2.51", "12": "-0.10", "256": "911", "257": "96.40"},
        Breadth(
            sector="001",
            at=at(14, 52, 8),
            level=Decimal("2394.49"),
            change=Decimal("-2.51"),
            change_rate=Decimal("-0.10"),
            at_upper_limit=3,
            rising=398,
            unchanged=65,
            falling=445,
            at_lower_limit=0,
            traded=911,
            traded_rate=Decimal("96.40"),
            volume=571,
            turnover=4_231_000_000,
        ),
    ),
    "0g": (
        "005930",
        {"297": "0", "305": "+27100", "306": "-14600", "307": "20850", "382": "20", "370": "정상"},
        ShareFacts("005930", 27100, 14600, 20850, "0", "20", "정상"),
    ),
    "0m": (
        "57JBHH",
        {"20": "145208", "10": "-125", "670": "131.20", "671": "24.15", "672": "0.4412", "673": "0.0021"}
        | {"674": "-0.0310", "675": "0.1120", "676": "0.0044", "706": ""},
        ElwTheory(
            symbol="57JBHH",
            at=at(14, 52, 8),
            price=125,
            theory=Decimal("131.20"),
            volatility=Decimal("24.15"),
            delta=Decimal("0.4412"),
            gamma=Decimal("0.0021"),
            theta=Decimal("-0.0310"),
            vega=Decimal("0.1120"),
            rho=Decimal("0.0044"),
            lp_volatility=None,
        ),
    ),
    "0u": (
        "57JBHH",
        {"20": "145208", "666": "98.10", "1211": "4.21", "667": "11.5", "668": "6.30", "669": "2.10"},
        ElwFigures(
            symbol="57JBHH",
            at=at(14, 52, 8),
            parity=Decimal("98.10"),
            premium=Decimal("4.21"),
            gearing=Decimal("11.5"),
            break_even=Decimal("6.30"),
            capital_support=Decimal("2.10"),
        ),
    ),
    "0w": (
        "005930",
        {**PRICE, "20": "145208", "202": "100", "204": "2080000", "206": "40", "208": "832000"}
        | {"210": "-60", "211": "--5", "212": "-1248000", "213": "", "214": "0", "215": "0", "216": ""},
        ProgramTrade("005930", at(14, 52, 8), 20800, 100, 2_080_000, 40, 832_000, -60, -1_248_000, -5),
    ),
    "1h": (
        "005930",
        {"9001": "005930", "302": "삼성전자", "9068": "1", "9008": "101", "1221": "22900", "1223": "145208"}
        | {"1224": "000000", "1225": "정적", "1236": "20850", "1237": "0", "1489": "+10.00", "1490": "1"}
        | {"9069": "1", "1238": "+9.83", "1239": "", "9075": "0", "1279": "", "13": "1", "14": "2"},
        Halt(
            symbol="005930",
            name="삼성전자",
            code="1",
            kind="정적",
            market="101",
            price=22900,
            rate=Decimal("10.00"),
            at=at(14, 52, 8),
            released_at=None,
            static_base=20850,
            dynamic_base=0,
            count=1,
            up=True,
        ),
    ),
}


def one(kind: str, values: dict[str, str], item: str) -> Any:
    entry = {"type": kind, "name": "이름", "item": item, "values": values}
    (event,) = frames.decode(json.dumps({"trnm": "REAL", "data": [entry]}), NOW)
    return event


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_type_says_what_the_broker_meant(kind: str) -> None:
    item, values, event = SAMPLES[kind]
    assert one(kind, values, item) == event


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_figure_that_is_none_is_told_with_its_number(kind: str) -> None:
    item, values, _ = SAMPLES[kind]
    for fid in set(values) & set(frames.MEANINGS[kind][0].__struct_encode_fields__):
        event = one(kind, values | {fid: "?!"}, item)
        if isinstance(event, Unrecognised):
            assert event.why.startswith(f"{fid}:")
            assert event.type == kind


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_blank_is_unknown_and_never_zero(kind: str) -> None:
    item, values, whole = SAMPLES[kind]
    for fid in values:
        event = one(kind, values | {fid: ""}, item)
        if not isinstance(event, Unrecognised):
            named = type(whole).__dataclass_fields__
            fresh = [name for name in named if getattr(event, name) == 0 != getattr(whole, name)]
            assert not fresh, (fid, fresh)


def test_the_end_of_a_halt_is_told_from_its_beginning() -> None:
    item, values, _ = SAMPLES["1h"]
    over = one("1h", values | {"1224": "145413", "9068": "2"}, item)
    assert over.released
    assert over.released_at == at(14, 54, 13)


def test_every_realtime_type_of_the_catalogue_has_a_decoder() -> None:
    realtime = {tr.id for tr in all_trs() if tr.transport == "websocket" and len(tr.id) == 2}
    assert len(realtime) == 19
    assert set(frames.MEANINGS) == realtime | {"02"}
