"""The course of a trade worked out by hand: what it was worth bar by bar, with costs, with a split inside."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.inside.excursion import excursion
from portfolio.analytics.inside.shapes import Bar, Resolution
from portfolio.analytics.replay.moves import Move, settled
from portfolio.analytics.replay.running import running, worth
from portfolio.analytics.replay.unsplit import steps_of, unsplit
from portfolio.analytics.trades.costs import Rates

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
MINUTE = timedelta(minutes=1)
#: 0.015 % for each leg, cut to ten won, and 0.20 % of tax.
RATES = Rates(Fraction(15, 100_000), Fraction(200, 100_000))
FREE = Rates(Fraction(0), Fraction(0))


def at(clock: str, day: date = MONDAY) -> datetime:
    return datetime.combine(day, datetime.min.time().fromisoformat(clock), tzinfo=SEOUL)


def bar(clock: str, low: int, high: int, close: int, day: date = MONDAY) -> Bar:
    return Bar(at(clock, day), Decimal(close), Decimal(high), Decimal(low), Decimal(close), 100)


def bought(clock: str, quantity: int, price: int, held: int, cost: int) -> Move:
    return Move(at(clock), MONDAY, quantity, quantity * price, held, cost)


def sold(clock: str, what: str, left: tuple[int, int], gross: int, day: date = MONDAY) -> Move:
    """``what`` is ``30@201500``; ``left`` are the shares held after it and their cost."""
    quantity, price = map(int, what.split("@"))
    return Move(at(clock, day), day, -quantity, quantity * price, *left, gross)


def test_what_it_is_worth_at_the_end_of_every_bar_after_the_costs_of_leaving():
    """30 at 195,000 = 5,850,000; then 32 at 192,500: 62 for 12,010,000, average 193,709.68.

    09:01 closes at 195,000: 5,850,000 - 5,850,000 - (870 + 870) - 11,700 = -13,440
          (0.015 % of 5,850,000 is 877.5, cut to 870, twice; 0.2 % is 11,700).
    09:02 closes at 194,000: 5,820,000 - 5,850,000 - (870 + 870) - 11,640 = -43,380.
    09:03 holds 62 at 193,000 = 11,966,000 - 12,010,000 = -44,000; commission 0.015 % of 11,966,000 is 1,794.9,
          cut to 1,790, of 12,010,000 it is 1,801.5, cut to 1,800; tax 23,932; in all -71,522.
    """
    moves = [
        bought("09:01:20", 30, 195_000, 30, 5_850_000),
        bought("09:03:10", 32, 192_500, 62, 12_010_000),
    ]
    bars = [
        bar("09:00", 1, 1, 194_500),
        bar("09:01", 194_500, 195_500, 195_000),
        bar("09:02", 193_000, 195_000, 194_000),
        bar("09:03", 192_000, 194_000, 193_000),
    ]
    points = running(moves, bars, MINUTE, RATES)
    assert [(point.at, point.pnl, point.held) for point in points] == [
        (at("09:01"), -13_440, 30),
        (at("09:02"), -43_380, 30),
        (at("09:03"), -71_522, 62),
    ]
    assert points[-1].average == Decimal(12_010_000) / 62


def test_the_last_point_of_a_closed_trade_is_its_net_to_the_won():
    """The mock's trade: 62 for 12,010,000, sold 30 at 201,500 and 32 at 203,500 on one day.

    Gross: 6,045,000 - 5,811,290 = 233,710 and 6,512,000 - 6,198,710 = 313,290, together 547,000. The broker's
    net is 518,201: 28,799 of costs over 12,557,000 sold. The first bears 28,799 · 6,045 / 12,557 = 13,863.9
    (rounded by largest remainder to the won), the second the rest: both nets add up to 518,201.
    """
    moves = settled(
        [
            bought("09:00", 62, 0, 62, 12_010_000),
            sold("09:06", "30@201500", (32, 6_198_710), 233_710),
            sold("12:41", "32@203500", (0, 0), 313_290),
        ],
        {MONDAY: 518_201},
    )
    nets = [move.net for move in moves if move.net is not None]
    assert sum(nets) == 518_201
    assert abs(nets[0] - (233_710 - 13_864)) <= 1
    bars = [bar(clock, 200_000, 204_000, 203_000) for clock in ("09:05", "09:06", "12:41", "12:42")]
    points = running(moves, bars, MINUTE, RATES)
    assert points[-1].at == at("12:41")
    assert points[-1].pnl == 518_201


def test_what_a_loan_cost_is_borne_by_the_last_sale():
    moves = settled([bought("09:00", 1, 100, 1, 100), sold("10:00", "1@200", (0, 0), 100)], {MONDAY: 90}, 7)
    assert moves[-1].net == 83


def test_a_sale_of_unknown_cost_leaves_everything_after_it_unknown():
    moves = [bought("09:00", 1, 100, 2, 100), Move(at("10:00"), MONDAY, -1, 200, 1, 100)]
    assert worth(moves[:1], Decimal(150), FREE) == 200
    assert worth(moves, Decimal(150), FREE) is None


def test_a_sale_in_the_evening_of_another_venue_stands_at_its_own_time():
    """The last bar is 15:30; sold at 18:00 for 1,100: 100 won at that moment."""
    moves = settled([bought("15:00", 1, 1000, 1, 1000), sold("18:00", "1@1100", (0, 0), 100)], {MONDAY: 100})
    points = running(moves, [bar("15:00", 1000, 1000, 1000), bar("15:30", 1000, 1050, 1050)], MINUTE, FREE)
    assert [(point.at, point.pnl) for point in points] == [
        (at("15:00"), 0),
        (at("15:30"), 50),
        (at("18:00"), 100),
    ]


SPLIT = Move(at("00:00", TUESDAY), TUESDAY, 40, 0, 50, 500_000, event="split")


def split_inside() -> list[Move]:
    """10 at 50,000 on Monday; 5:1 overnight: 50 for 500,000; sold at 11,000 on Tuesday: +50,000."""
    return [
        bought("09:00", 10, 50_000, 10, 500_000),
        SPLIT,
        sold("10:00", "50@11000", (0, 0), 50_000, TUESDAY),
    ]


def test_a_split_inside_is_no_false_loss():
    """Monday at 52,000: 10 · 52,000 - 500,000 = 20,000. Tuesday at 10,600: 50 · 10,600 - 500,000 = 30,000."""
    moves = settled(split_inside(), {TUESDAY: 50_000})
    bars = [
        bar("09:00", 49_000, 53_000, 52_000),
        bar("09:00", 10_500, 10_700, 10_600, TUESDAY),
        bar("10:00", 10_900, 11_100, 11_000, TUESDAY),
    ]
    assert [point.pnl for point in running(moves, bars, MINUTE, FREE)] == [20_000, 30_000, 50_000]


def test_an_excursion_through_a_split_counts_in_the_shares_of_the_end():
    """Bought 50 at 10,000 in the shares of Tuesday. Monday's 09:01 low of 45,000 is 9,000 then: MAE
    50 · (9,000 - 10,000) = -50,000. Tuesday's high of 11,500 is MFE 75,000."""
    moves = split_inside()
    steps = steps_of(moves)
    assert steps is not None
    assert [(step.quantity, step.price) for step in steps] == [(50, 10_000), (-50, 11_000)]
    bars = [
        bar("09:01", 45_000, 51_000, 50_000),
        bar("09:30", 10_900, 11_500, 11_000, TUESDAY),
    ]
    found = excursion(steps, unsplit(bars, moves), Resolution.MINUTE)
    assert (found.mae, found.mae_at, found.mfe, found.mfe_at) == (
        -50_000,
        at("09:01"),
        75_000,
        at("09:30", TUESDAY),
    )


def test_a_spin_off_leaves_no_steps_to_measure():
    parted = Move(at("00:00", TUESDAY), TUESDAY, 0, -3_000, 10, 7_000, event="spin_off")
    assert steps_of([bought("09:00", 10, 1_000, 10, 10_000), parted]) is None


def test_the_extremes_of_a_bar_with_a_fill_do_not_count():
    """The minute of the entry went down to 90, nobody knows whether before the fill: MAE is the next one's."""
    moves = [bought("09:00:30", 10, 100, 10, 1_000), sold("09:02:30", "10@105", (0, 0), 50)]
    steps = steps_of(moves) or []
    bars = [bar("09:00", 90, 101, 100), bar("09:01", 98, 104, 103), bar("09:02", 103, 120, 105)]
    found = excursion(steps, bars, Resolution.MINUTE)
    assert (found.mae, found.mfe, found.bars) == (-20, 50, 1)
