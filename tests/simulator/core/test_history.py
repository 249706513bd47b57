"""Real daily bars from a file, with the flaws real data has."""

from datetime import date, timedelta

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.history import HistoryUnreadable, read_history
from tests.simulator.core.conftest import at

#: Two weeks of December 2024; the 25th is a holiday, the 31st the exchange is closed.
DAYS = [date(2024, 12, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 26, 27, 30)]


def line(code: str, day: date, *bar: int) -> str:
    """``bar`` is open, high, low, close, volume."""
    return ",".join(map(str, (code, day, *bar)))


@pytest.fixture
def flawed(bars_in):
    """삼성전자 is whole, 카카오 was halted and re-based, NAVER lies off the tick, a stranger has a hole."""
    lines = []
    for n, day in enumerate(DAYS):
        lines.append(
            line("005930", day, 54_000 + 100 * n, 55_000 + 100 * n, 53_500, 54_500 + 100 * n, 9_000_000)
        )
        lines.append(line("035420", day, 201_333, 203_777, 199_111, 202_345, 800_000))
        kakao = (0, 0, 0, 40_000, 0) if n == 5 else (40_000, 40_500, 39_500, 40_000, 700_000)
        lines.append(line("035720", day, *(kakao if n < 12 else (400_000, 405_000, 395_000, 401_000, 60_000))))
        if n != 7:
            lines.append(line("999990", day, 1_000, 1_010, 990, 1_005, 5_000))
    return bars_in(*lines)


@pytest.fixture
def replayed(flawed) -> Exchange:
    return Exchange.opened(history=flawed, trader=False, now=at("10:30:00", DAYS[-1]))


def test_today_is_the_last_day_of_the_file(flawed):
    exchange = Exchange.opened(history=flawed, trader=False)
    assert exchange.now().date() == DAYS[-1]
    assert timedelta(0) <= exchange.now() - at("10:30:00", DAYS[-1]) < timedelta(minutes=5)


def test_past_bars_are_the_files_own(replayed):
    bars = replayed.bars("005930", "day", 100)
    assert [bar.day for bar in bars] == DAYS[::-1]
    first = bars[-1]
    assert (first.open, first.high, first.low, first.close, first.volume) == (
        54_000,
        55_000,
        53_500,
        54_500,
        9_000_000,
    )


def test_today_is_played_towards_the_files_bar(replayed):
    replayed.jump(at("15:31:00", DAYS[-1]))
    for code in ("005930", "035420", "035720", "999990"):
        today, minutes = replayed.bars(code, "day", 1)[0], replayed.minutes(code, 1, 400)
        assert today.volume == sum(bar.volume for bar in minutes if bar.day == DAYS[-1])
        assert today.high == max(bar.high for bar in minutes if bar.day == DAYS[-1])
    assert replayed.quote("035420").price == 202_345


def test_names_come_from_the_list_and_strangers_keep_their_code(replayed):
    assert replayed.instrument("005930").name == "삼성전자"
    assert replayed.instrument("999990").name == "999990"
    assert replayed.instrument("000660") is None


def test_a_day_without_volume_is_a_halt(flawed):
    halted = Exchange.opened(history=flawed, trader=False, now=at("11:00:00", DAYS[5]))
    quote = halted.quote("035720")
    assert quote.halted
    assert (quote.price, quote.volume) == (40_000, 0)
    assert halted.depth("035720").total_asks == 0
    with pytest.raises(OrderRefused, match="매매거래정지"):
        halted.place(Side.BUY, "035720", 1, 40_000)


def test_a_tenfold_price_is_kept_and_re_based(flawed):
    split = Exchange.opened(history=flawed, trader=False, now=at("11:00:00", DAYS[12]))
    quote = split.quote("035720")
    assert (quote.previous_close, quote.base_price) == (40_000, 400_000)
    assert quote.lower_limit < 395_000
    assert quote.upper_limit > 405_000


def test_a_missing_day_is_missing_and_not_invented(replayed, flawed):
    assert DAYS[7] not in [bar.day for bar in replayed.bars("999990", "day", 100)]
    gap = Exchange.opened(history=flawed, trader=False, now=at("11:00:00", DAYS[7]))
    assert gap.quote("999990").halted
    assert gap.quote("999990").price == 1_005


def test_the_files_days_are_the_trading_days(replayed, bars_in):
    assert not replayed.is_trading_day(date(2024, 12, 25))
    monday, saturday = date(2024, 12, 9), date(2024, 12, 14)
    odd = bars_in(*(line("005930", day, 1, 1, 1, 1, 9) for day in (monday, saturday)))
    calendar = read_history(odd).overrides
    assert saturday in calendar.opened
    assert date(2024, 12, 11) in calendar.closed


def test_after_the_files_end_life_goes_on(replayed):
    replayed.jump(at("10:30:00", date(2025, 1, 3)))
    bars = replayed.bars("005930", "day", 3)
    assert [bar.day for bar in bars] == [date(2025, 1, 3), date(2025, 1, 2), DAYS[-1]]
    assert 0.7 < bars[1].close / bars[2].close < 1.3


def test_decimals_blank_cells_and_disorder_are_read(bars_in):
    file = bars_in(
        "005930,2024-12-10,54100.0,55000,53500.00,54500,9000000",
        "005930,2024-12-09,,,,54000,0",
        "005930,2024-12-10,54200,55000,53500,54500,9000001",
    )
    series = read_history(file).series["005930"]
    assert series.days == [date(2024, 12, 9), date(2024, 12, 10)]
    assert series[0].halted
    assert series[1].open == 54_200


@pytest.mark.parametrize(
    ("lines", "header", "said"),
    [
        (["005930,2024-12-10,1,1,1,1,1"], "code,date,open,high,low,close", "volume"),
        (["005930,yesterday,1,1,1,1,1"], None, "line 2"),
        (["005930,2024-12-10,1,1,1,1,1", "005930,2024-12-11,1,1"], None, "line 3"),
        (["005930,2024-12-10,1,1,1,dear,1"], None, "line 2"),
        ([], None, "no bars"),
    ],
)
def test_a_file_that_is_no_history_is_refused_with_its_line(bars_in, lines, header, said):
    file = bars_in(*lines, header=header) if header else bars_in(*lines)
    with pytest.raises(HistoryUnreadable, match=said):
        read_history(file)


def test_two_weeks_of_file_are_enough_for_the_demo_person(flawed):
    demo = Exchange.opened(history=flawed, now=at("15:00:00", DAYS[-1]))
    assert demo.opened_on == DAYS[-1]
    assert demo.executions_on(DAYS[-1])


@pytest.mark.parametrize(("name", "content"), [("bars.csv.gz", b"no gzip"), ("bars.csv", b"\xff\xfe\x00code")])
def test_a_file_that_is_no_text_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HistoryUnreadable, match=name):
        read_history(tmp_path / name)
