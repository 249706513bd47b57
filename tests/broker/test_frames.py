"""Realtime frames: from the broker's text to events in the trader's words."""

import json
from datetime import datetime
from decimal import Decimal

import pytest

from kiwoomweb.broker import frames
from kiwoomweb.broker.domain import SEOUL, BalanceChange, BookLevel, IndexTick, OrderEvent, Side, Tick, Venue
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.stream_events import Unrecognised
from kiwoomweb.broker.trades import Trades

NOW = datetime(2026, 9, 14, 15, 0, tzinfo=SEOUL)

TICK = {
    "20": "145208",
    "10": "-20800",
    "11": "-50",
    "12": "-0.24",
    "27": "-20800",
    "28": "-20750",
    "15": "+82",
    "13": "30379732",
    "14": "632640",
    "16": "20850",
    "17": "+21150",
    "18": "-20450",
    "25": "5",
    "228": "74.75",
    "9081": "1",
}
ORDER = {
    "9201": "1111111111",
    "9203": "0000018",
    "9001": "005930",
    "912": "JJ",
    "913": "체결",
    "302": "삼성전자",
    "900": "3",
    "901": "84500",
    "902": "1",
    "903": "169000",
    "904": "0000000",
    "905": "+매수",
    "906": "보통",
    "907": "2",
    "908": "094022",
    "909": "1234567",
    "910": "84500",
    "911": "2",
    "914": "84500",
    "915": "2",
    "938": "20",
    "939": "0",
    "919": "0",
    "2134": "1",
    "2135": "KRX",
    "2136": "Y",
}
BALANCE = {
    "9001": "A005930",
    "302": "삼성전자",
    "10": "-60150",
    "930": "102",
    "931": "154116",
    "933": "101",
    "990": "-12300",
}


def entry(kind, values, item="005930"):
    return {"values": values, "type": kind, "name": "이름", "item": item}


def frame(*entries):
    return json.dumps({"trnm": "REAL", "data": list(entries)}, ensure_ascii=False)


def one(kind, values, item="005930"):
    (event,) = frames.decode(frame(entry(kind, values, item)), NOW)
    return event


def test_a_tick():
    assert one("0B", TICK) == Tick(
        symbol="005930",
        at=datetime(2026, 9, 14, 14, 52, 8, tzinfo=SEOUL),
        price=20800,
        change=-50,
        change_rate=Decimal("-0.24"),
        size=82,
        side=Side.BUY,
        volume=30379732,
        turnover=632_640_000_000,
        open=20850,
        high=21150,
        low=20450,
        best_ask=20800,
        best_bid=20750,
        strength=Decimal("74.75"),
    )


def test_bytes_are_read_like_text():
    raw = frame(entry("0B", TICK))
    assert frames.decode(raw.encode(), NOW) == frames.decode(raw, NOW)


def test_a_tick_keeps_the_venue_of_its_item():
    assert one("0B", TICK, "005930_NX").symbol == "005930_NX"


def test_what_a_tick_does_not_say_is_unknown():
    tick = one("0B", {**TICK, "27": "", "28": "", "14": "", "228": "", "15": "5"})
    assert (tick.best_ask, tick.best_bid, tick.turnover, tick.strength, tick.side) == (None,) * 5


def test_odd_numbers_are_read_as_everywhere_else():
    tick = one("0B", {**TICK, "11": "--50", "13": "0030379732", "10": "+20,800"})
    assert (tick.change, tick.volume, tick.price) == (-50, 30379732, 20800)


def test_a_tick_after_midnight_may_belong_to_the_day_before():
    (tick,) = frames.decode(
        frame(entry("0B", {**TICK, "20": "235959"})), datetime(2026, 9, 15, 0, 0, 1, tzinfo=SEOUL)
    )
    assert tick.at == datetime(2026, 9, 14, 23, 59, 59, tzinfo=SEOUL)


def test_a_book_leaves_empty_levels_out():
    values = {"21": "145300", "121": "30", "125": "12", "23": "0", "24": ""}
    values |= {
        "41": "+84600",
        "61": "10",
        "81": "-5",
        "42": "+84700",
        "62": "20",
        "82": "",
        "43": "0",
        "63": "0",
    }
    values |= {"51": "84500", "71": "12", "91": "+12", "52": "", "72": ""}
    book = one("0D", values)
    assert book.asks == (BookLevel(84600, 10, -5), BookLevel(84700, 20, 0))
    assert book.bids == (BookLevel(84500, 12, 12),)
    assert (book.total_asks, book.total_bids) == (30, 12)
    assert (book.expected_price, book.expected_size) == (0, None)


def test_all_ten_levels_are_found():
    values = {"21": "145300", "121": "0", "125": "0"}
    for n in range(10):
        values |= {f"{41 + n}": f"{100 + n}", f"{61 + n}": f"{n}", f"{81 + n}": f"{-n}"}
        values |= {f"{51 + n}": f"{99 - n}", f"{71 + n}": f"{n}", f"{91 + n}": f"{n}"}
    book = one("0D", values)
    assert [level.price for level in book.asks] == list(range(100, 110))
    assert [level.price for level in book.bids] == list(range(99, 89, -1))
    assert book.asks[9] == BookLevel(109, 9, -9)


def test_an_index():
    event = one("0J", {"20": "145300", "10": "-2650.12", "11": "-1.20", "12": "-0.05"}, "001")
    assert event == IndexTick(
        "001",
        datetime(2026, 9, 14, 14, 53, tzinfo=SEOUL),
        Decimal("2650.12"),
        Decimal("-1.20"),
        Decimal("-0.05"),
    )


def test_a_session_event():
    event = one("0s", {"215": "b", "20": "160000", "214": "000000"}, "")
    assert (event.code, event.remaining) == ("b", "000000")
    assert event.at == datetime(2026, 9, 14, 16, 0, tzinfo=SEOUL)


def test_an_execution_of_an_own_order():
    event = one("00", ORDER)
    assert isinstance(event, OrderEvent)
    assert (event.order_no, event.original_order_no, event.fill_no) == ("0000018", "", "1234567")
    assert (event.side, event.status, event.label, event.kind) == (Side.BUY, "체결", "+매수", "보통")
    assert (event.quantity, event.remaining, event.filled, event.unit_size, event.unit_price) == (
        3,
        1,
        2,
        2,
        84500,
    )
    assert (event.commission, event.tax, event.reason) == (20, 0, "")
    assert (event.venue, event.routed) == (Venue.KRX, True)
    assert event.at == datetime(2026, 9, 14, 9, 40, 22, tzinfo=SEOUL)


def test_an_order_just_taken_in_has_no_execution_yet():
    blank = dict.fromkeys(("909", "910", "911", "914", "915", "938", "939"), "")
    event = one("00", {**ORDER, **blank, "913": "접수", "9001": "A005930"})
    assert (event.symbol, event.fill_no) == ("005930", "")
    assert (event.filled, event.unit_price, event.unit_size, event.commission, event.tax) == (None,) * 5


def test_a_refused_order_says_why():
    assert one("00", {**ORDER, "913": "거부", "919": "매수증거금 부족"}).reason == "매수증거금 부족"


def test_the_side_comes_from_the_label_when_its_number_is_missing():
    assert one("00", {**ORDER, "907": "", "905": "-매도정정"}).side is Side.SELL


def test_a_changed_balance():
    assert one("04", BALANCE) == BalanceChange("005930", "삼성전자", 102, 101, 154116, 60150, -12300)


def test_several_entries_keep_their_order():
    told = frames.decode(frame(entry("00", ORDER), entry("04", BALANCE), entry("0B", TICK)), NOW)
    assert [type(event).__name__ for event in told] == ["OrderEvent", "BalanceChange", "Tick"]


def test_an_unknown_type_is_told_and_costs_the_others_nothing():
    told = frames.decode(frame(entry("0B", TICK), entry("0Z", {"9068": "1"}, ""), entry("04", BALANCE)), NOW)
    assert isinstance(told[0], Tick)
    assert told[1] == Unrecognised("0Z", "", "type")
    assert isinstance(told[2], BalanceChange)


@pytest.mark.parametrize(("fid", "text"), [("10", ""), ("10", "?"), ("13", "1.5"), ("20", "noon"), ("15", "")])
def test_a_broken_entry_names_its_fid_and_is_no_event(fid, text):
    told = frames.decode(frame(entry("0B", {**TICK, fid: text}), entry("04", BALANCE)), NOW)
    assert told[0].type == "0B"
    assert told[0].why.startswith(f"{fid}: ")
    assert isinstance(told[1], BalanceChange)


def test_an_entry_of_another_shape_is_told():
    told = frames.decode(frame(entry("0B", {**TICK, "10": 20800}), entry("0B", TICK)), NOW)
    assert isinstance(told[0], Unrecognised)
    assert isinstance(told[1], Tick)
    (event,) = frames.decode('{"trnm":"REAL","data":{"type":"0B"}}', NOW)
    assert isinstance(event, Unrecognised)


def test_the_type_may_come_after_the_values_or_before():
    values = json.dumps(TICK)
    before = f'{{"data":[{{"type":"0B","item":"005930","values":{values}}}],"trnm":"REAL"}}'
    after = f'{{"trnm":"REAL","data":[{{"item":"005930","values":{values},"type":"0B"}}]}}'
    assert frames.decode(before, NOW) == frames.decode(after, NOW)


@pytest.mark.parametrize("raw", ['{"trnm":"PING"}', '{"trnm":"REG","return_code":0,"return_msg":""}', "{}"])
def test_other_messages_hold_no_event(raw):
    assert frames.decode(raw, NOW) == []


@pytest.mark.parametrize("raw", ["", "PING", "<html>", '{"trnm":"REAL","data":[', "[]", '{"trnm":5}'])
def test_what_is_no_message_is_an_error(raw):
    with pytest.raises(Unreadable):
        frames.decode(raw, NOW)


def test_acks_and_system_messages_are_read():
    ack = frames.read('{"trnm":"LOGIN","return_code":805004,"return_msg":"[CODE=8005, MESSAGE=x]"}')
    assert (ack.trnm, ack.return_code) == ("LOGIN", 805004)
    system = frames.read('{"trnm":"SYSTEM","code":"R10001","message":"동일한 App key로 접속이 되었습니다"}')
    assert (system.code, system.message) == ("R10001", "동일한 App key로 접속이 되었습니다")


def test_a_frame_cut_off_behind_a_broken_entry_is_no_message():
    whole = frame(entry("0B", {**TICK, "10": 20800}), entry("04", BALANCE))
    with pytest.raises(Unreadable):
        frames.decode(whole[:-5], NOW)


def told(*values: dict[str, str]) -> bytes:
    """A frame of trades as the broker writes it."""
    entries = [{"type": "0B", "name": "주식체결", "item": "005930", "values": TICK | value} for value in values]
    text = json.dumps({"trnm": "REAL", "data": entries}, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def sorted_out(*raws: bytes) -> list[object]:
    """What goes on together, and what goes on by itself."""
    return [found.raws if isinstance(found, Trades) else found for found in frames.hear(raws)]


def test_trades_side_by_side_go_on_together_and_nothing_overtakes_anything():
    one, two, three = (told({"13": str(volume)}) for volume in (1, 2, 3))
    ping = b'{"trnm":"PING"}'
    assert sorted_out(one, two, ping, three) == [[one, two], ping, [three]]
    assert sorted_out(b"", b"PING") == [b"", b"PING"]
    assert sorted_out() == []
    (trades,) = frames.hear([one, told({"13": "4"}, {"13": "5"})])
    assert [[entry.values.volume for entry in frame.data] for frame in trades.frames] == [[1], [4, 5]]
    trades.now = NOW
    assert trades.tick(trades.raws[1], 0).volume == 4


@pytest.mark.parametrize(
    "broken",
    [told({"13": "many"}), told({})[:-9], told({}) + b"," + told({}), told({}).replace(b"REAL", b"REEL")],
    ids=["no figure", "cut off", "two in one", "no REAL"],
)
def test_a_broken_frame_among_trades_goes_by_itself_and_costs_the_others_nothing(broken: bytes):
    one, two = told({"13": "1"}), told({"13": "2"})
    assert sorted_out(one, broken, two) == [[one], broken, [two]]


def test_two_halves_do_not_make_a_frame():
    whole = told({}, {})
    cut = whole.index(b',{"type":"0B","name"', 60)
    halves = (whole[:cut], whole[: len(whole) - len(whole[cut + 1 :])] + b"x")
    assert sorted_out(*halves) == list(halves)
