"""Golden cases of E1 to E8: each says the arithmetic it was computed with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from portfolio.analytics.proof import DayFacts, Line, Reason, Verdict, proved
from portfolio.analytics.proof.cutting import commission, hidden_in_average, hidden_in_cuts
from portfolio.analytics.proof.facts import (
    Booked,
    CashDay,
    DiaryFact,
    DiaryStock,
    Hidden,
    Ordered,
    SaleFact,
    Slice,
    Span,
    Totals,
    Traded,
)
from portfolio.analytics.proof.rates import Charge, learned
from portfolio.analytics.proof.shares import ratio_of
from portfolio.analytics.trades.changes import Change, Kind

DAY = date(2026, 11, 20)
ONLINE = Fraction(15, 100_000)
SAMPLE_RATE = Fraction(2, 1000)


def line_of(facts: DayFacts, key: str, symbol: str = "") -> Line:
    return next(line for line in proved(facts) if (line.key, line.symbol) == (key, symbol))


def keys_of(facts: DayFacts) -> set[str]:
    return {line.key for line in proved(facts)}


def day(**known: object) -> DayFacts:
    return DayFacts(day=DAY, **{"totals_read": True, "orders_read": True, **known})


def sale(**told: object) -> SaleFact:
    """The broker's own sample: one share bought at 97,602.96 and sold at 158,200, at 0.20 % and 0.18 % tax."""
    sample = {
        "symbol": "005930",
        "lot": "",
        "quantity": 1,
        "buy_price": Decimal("97602.96"),
        "sell_price": Decimal(158_200),
        "realised": 59_813,
        "commission": 500,
        "tax": 284,
    }
    return SaleFact(**{**sample, **told})


THREE_SALES = (sale(), sale(), sale())
SAMPLE_DAY = Totals(bought=0, sold=474_600, realised=179_419, commission=940, tax=852)


# cutting


@pytest.mark.parametrize(
    ("amount", "rate", "charged"),
    [
        (373_500, ONLINE, 50),  # 56.02
        (1_673_430, ONLINE, 250),  # 251.01
        (177_000, ONLINE, 20),  # 26.55
        (250_250, Fraction(35, 10_000), 870),  # 875.87
        (158_200, SAMPLE_RATE, 310),  # 316.4
        (474_600, SAMPLE_RATE, 940),  # 949.2
    ],
)
def test_commissions_are_cut_to_ten_won(amount: int, rate: Fraction, charged: int) -> None:
    """Every charge of the broker's own samples."""
    assert commission(amount, rate) == charged


def test_what_cuts_and_averages_may_hide() -> None:
    """3 cuts against 1 miss at most 2 x 10 won; 10 shares at a cut average at most 9 won, 1 share none."""
    assert (hidden_in_cuts(3), hidden_in_cuts(1), hidden_in_cuts(6, 2)) == (20, 0, 40)
    assert hidden_in_average(10, Decimal(98_000)) == 9
    assert hidden_in_average(1, Decimal(98_000)) == 0
    assert hidden_in_average(10, Decimal("98000.5000")) == 1


# E1


def test_fills_agree_with_the_total_to_the_won() -> None:
    """3 x 158,200 = 474,600."""
    fills = tuple(Traded("005930", is_sell=True, quantity=1, amount=158_200) for _ in range(3))
    facts = day(fills=fills, totals=SAMPLE_DAY, sales=THREE_SALES, sales_read=True)
    assert line_of(facts, "sold.total").verdict is Verdict.SAME
    assert line_of(facts, "quantity.sales").verdict is Verdict.SAME


def test_a_cut_average_may_hide_less_than_a_won_a_share_and_no_more() -> None:
    """10 shares for 1,000,007 are told as 10 at 100,000: 7 won are hidden. 10 won cannot be: 10 x 1 > 9."""
    fill = Traded("005930", is_sell=False, quantity=10, amount=1_000_000, loose=9)
    near = day(fills=(fill,), totals=Totals(1_000_007, 1, 0, 0, 0))
    far = day(fills=(fill,), totals=Totals(1_000_010, 1, 0, 0, 0))
    assert line_of(near, "bought.total").verdict is Verdict.ROUNDING
    assert line_of(near, "bought.total").difference == -7
    assert line_of(far, "bought.total").verdict is Verdict.DIFFERENT


def test_a_missing_fill_is_caught_by_shares_and_named_by_its_stock() -> None:
    """The diary knows 20 shares of one stock, the fills 10: 10 shares and 980,000 won are missing."""
    fill = Traded("005930", is_sell=False, quantity=10, amount=980_000)
    stock = DiaryStock("005930", 20, 1_960_000, 0, 0, 290, 0)
    diary = DiaryFact(1_960_000, 0, 290, -1_960_290, 0)
    facts = day(fills=(fill,), diary=diary, diary_stocks=(stock,), diary_read=True)
    found = line_of(facts, "quantity.bought", "005930")
    assert (found.ours, found.theirs, found.verdict, found.reason) == (
        10,
        20,
        Verdict.DIFFERENT,
        Reason.MISSING,
    )
    assert line_of(facts, "bought.diary").difference == -980_000


def test_a_day_with_buys_only_is_neither_a_zero_nor_a_gap() -> None:
    """ka10074 has no row; the header of the day's own reading and the diary both tell 980,000 bought."""
    fill = Traded("005930", is_sell=False, quantity=10, amount=980_000)
    span = Span(DAY, DAY, Totals(980_000, 0, 0, 140, 0), Totals(0, 0, 0, 0, 0))
    stock = DiaryStock("005930", 10, 980_000, 0, 0, 140, 0)
    diary = DiaryFact(980_000, 0, 140, -980_140, 0)
    facts = day(fills=(fill,), spans=(span,), diary=diary, diary_stocks=(stock,), diary_read=True)
    assert line_of(facts, "sold.total").reason is Reason.NO_SALE
    assert line_of(facts, "sold.total").ours is None
    assert line_of(facts, "bought.header").verdict is Verdict.SAME
    assert line_of(facts, "bought.diary").verdict is Verdict.SAME
    assert line_of(facts, "costs.diary").verdict is Verdict.SAME
    assert all(line.holds for line in proved(facts))


def test_a_buy_only_day_nobody_else_tells_of_is_missing() -> None:
    facts = DayFacts(DAY, totals_read=True)
    assert line_of(facts, "bought.total").reason is Reason.MISSING
    assert not line_of(facts, "bought.total").holds


def test_a_sale_the_total_does_not_know_is_a_difference() -> None:
    fill = Traded("005930", is_sell=True, quantity=1, amount=98_000)
    found = line_of(day(fills=(fill,)), "sold.total")
    assert (found.theirs, found.verdict, found.reason) == (0, Verdict.DIFFERENT, Reason.MISSING)


def test_a_day_of_nothing_holds_whether_the_diary_is_one_blank_row_or_too_old() -> None:
    """A blank row reads as a diary of zeros without lines."""
    blank = day(diary=DiaryFact(0, 0, 0, 0, 0), diary_read=True, placed_filled=0)
    old = day(hidden=Hidden(diary=True), placed_filled=0)
    assert all(line.holds for facts in (blank, old) for line in proved(facts))


# E2


def test_the_rate_is_learnt_from_the_broker_s_own_rows() -> None:
    """373,500 -> 50 says [0.01339 %, 0.01606 %), 1,673,430 -> 250 says [0.01494, 0.01554), 177,000 -> 20 says
    [0.01130, 0.01695): they share [0.01494, 0.01554), and the shortest decimal in it is 0.015 %."""
    told = [(373_500, 50), (1_673_430, 250), (177_000, 20)]
    (rate,) = learned(Charge(Fraction(amount), Fraction(amount), charged) for amount, charged in told)
    assert (rate.rate, rate.rows, rate.fitting) == (ONLINE, 3, 3)


def test_a_doubled_fee_among_the_rows_does_not_spoil_the_rate() -> None:
    rows = [(amount, commission(amount, ONLINE)) for amount in range(1_000_000, 3_000_000, 100_000)]
    charges = [Charge(Fraction(a), Fraction(a), c) for a, c in rows]
    doubled = Charge(Fraction(2_000_000), Fraction(2_000_000), 600)
    (rate,) = learned([*charges, doubled])
    assert (rate.rate, rate.fitting) == (ONLINE, 20)


def test_two_venues_may_charge_two_rates() -> None:
    """0.015 % on one, 0.0145 % on the other."""
    other = Fraction(145, 1_000_000)
    amounts = range(10_000_000, 20_000_000, 1_000_000)
    charges = [
        Charge(Fraction(a), Fraction(a), commission(a, rate)) for a in amounts for rate in (ONLINE, other)
    ]
    assert {rate.rate for rate in learned(charges)} == {ONLINE, other}


def test_charges_that_agree_on_nothing_teach_nothing() -> None:
    charges = [Charge(Fraction(1_000_000), Fraction(1_000_000), 100 * n) for n in range(1, 9)]
    assert learned(charges) == ()
    assert learned([]) == ()


def test_each_sale_is_charged_for_both_legs() -> None:
    """158,200 x 0.2 % = 316.4 -> 310; 97,602.96 x 0.2 % = 195.2 -> 190; together 500."""
    facts = day(totals=SAMPLE_DAY, sales=THREE_SALES, sales_read=True, rates=(SAMPLE_RATE,))
    found = line_of(facts, "commission.sales")
    assert (found.ours, found.theirs, found.verdict) == (1_500, 1_500, Verdict.SAME)


def test_a_doubled_fee_is_caught_and_called_by_its_reason() -> None:
    """The second sale was charged 1,000 instead of 500."""
    sales = (sale(), sale(symbol="000660", commission=1_000, realised=59_313))
    facts = day(totals=SAMPLE_DAY, sales=sales, sales_read=True, rates=(SAMPLE_RATE,))
    found = line_of(facts, "commission.sale", "000660")
    assert (found.ours, found.theirs, found.verdict, found.reason) == (
        500,
        1_000,
        Verdict.DIFFERENT,
        Reason.RATE,
    )


def test_a_doubled_fee_of_the_day_is_caught_by_the_rate() -> None:
    """474,600 x 0.2 % = 949.2 -> 940, told 1,880."""
    fills = (Traded("005930", is_sell=True, quantity=3, amount=474_600),)
    facts = day(fills=fills, totals=Totals(0, 474_600, 178_479, 1_880, 852), rates=(SAMPLE_RATE,))
    found = line_of(facts, "commission.rate")
    assert (found.ours, found.theirs, found.verdict, found.reason) == (
        940,
        1_880,
        Verdict.DIFFERENT,
        Reason.RATE,
    )


def test_orders_are_cut_apart_and_the_day_once() -> None:
    """3 orders of 158,200: 3 x 310 = 930 against 940 for 474,600. Two further cuts explain at most 20 won."""
    orders = tuple(Ordered(str(n), "005930", True, 1, 158_200, 0, 310, 284) for n in range(3))
    fills = tuple(Traded("005930", is_sell=True, quantity=1, amount=158_200) for _ in range(3))
    facts = day(fills=fills, orders=orders, totals=SAMPLE_DAY)
    found = line_of(facts, "commission.orders")
    assert (found.difference, found.tolerance, found.verdict) == (-10, 20, Verdict.ROUNDING)
    assert line_of(facts, "tax.orders").verdict is Verdict.SAME


def test_a_tax_is_never_rounded_away() -> None:
    facts = day(totals=Totals(0, 474_600, 179_418, 940, 853), sales=THREE_SALES, sales_read=True)
    assert line_of(facts, "tax.sales").verdict is Verdict.DIFFERENT


# E3


def test_the_broker_s_own_day_and_rows_differ_by_twenty_won() -> None:
    """474,600 - 292,808.87 - (940 + 580) - 852 = 179,419; 3 x (158,200 - 97,602.96 - 500 - 284) = 179,439."""
    found = line_of(day(totals=SAMPLE_DAY, sales=THREE_SALES, sales_read=True), "realised.sales")
    assert (found.difference, found.verdict) == (20, Verdict.ROUNDING)
    assert (
        found.tolerance == 2 * 2 * 10 + 1 + 1
    )  # two further cuts of two legs; three rows rounded, one day cut


def test_our_moving_average_comes_to_the_broker_s_result() -> None:
    """474,600 - 292,809 - 940 - 580 - 852 = 179,419."""
    facts = day(
        totals=SAMPLE_DAY,
        slices=(Slice("005930", "", 3, 474_600, 292_809, 0),),
        rates=(SAMPLE_RATE,),
    )
    found = line_of(facts, "realised.own")
    assert (found.ours, found.verdict) == (179_419, Verdict.SAME)


def test_shares_never_seen_bought_have_no_result_of_ours() -> None:
    facts = day(totals=SAMPLE_DAY, slices=(Slice("005930", "", 3, 474_600, None, 0),), rates=(SAMPLE_RATE,))
    assert line_of(facts, "realised.own").holds
    assert line_of(facts, "realised.own").ours is None


def test_a_day_whose_orders_have_no_sequence_says_nothing_of_our_average() -> None:
    """Bought and sold within the day, told as totals of orders: either order gives another average."""
    slices = (Slice("005930", "", 10, 1_100_000, 900_000, 9, is_unsure=True),)
    totals = Totals(1_000_000, 1_100_000, 97_000, 310, 2_200)
    found = line_of(day(totals=totals, slices=slices, rates=(ONLINE,)), "realised.own")
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, Reason.SEQUENCE)


# E4


def test_a_header_is_the_sum_of_its_rows() -> None:
    """Header 179,419 and rows of 179,419; then a row of 1,000 is missing. Buys are no part of it."""
    first = date(2026, 9, 1)
    right = Span(first, DAY, SAMPLE_DAY, Totals(5, 474_600, 179_419, 930, 852))
    wrong = Span(first, DAY, SAMPLE_DAY, Totals(0, 474_600, 178_419, 940, 852))
    of = f"{first}..{DAY}"
    assert line_of(day(totals=SAMPLE_DAY, spans=(right,)), "realised", of).verdict is Verdict.SAME
    assert line_of(day(totals=SAMPLE_DAY, spans=(wrong,)), "realised", of).difference == -1_000


# E5


def test_shares_are_yesterday_s_plus_buys_minus_sells() -> None:
    """10 + 5 - 3 = 12 of one, 7 - 7 = 0 of another, which has left the list."""
    fills = (
        Traded("005930", is_sell=False, quantity=5, amount=1),
        Traded("005930", is_sell=True, quantity=3, amount=1),
        Traded("000660", is_sell=True, quantity=7, amount=1),
    )
    facts = day(fills=fills, held_before={"005930": 10, "000660": 7}, held={"005930": 12})
    assert line_of(facts, "held").verdict is Verdict.SAME


def test_a_split_is_proposed_and_holds_once_confirmed() -> None:
    """13 shares become 65: five for one."""
    before, after = {"005930": 13}, {"005930": 65}
    found = line_of(day(held_before=before, held=after), "held.stock", "005930")
    assert (found.verdict, found.reason, found.ratio) == (Verdict.DIFFERENT, Reason.RIGHTS, (5, 1))
    confirmed = day(
        held_before=before, held=after, events=(Change(DAY, Kind.SPLIT, "005930", ratio=Fraction(5)),)
    )
    assert line_of(confirmed, "held").verdict is Verdict.SAME


def test_a_day_read_backwards_is_proved_by_its_close_and_waits_for_it_while_it_is_to_come() -> None:
    """10 + 5 = 15 by ka01690; where it is still to be read, and where nobody tells it."""
    fills = (Traded("005930", is_sell=False, quantity=5, amount=1),)
    closed = day(fills=fills, held_before={"005930": 10}, held={"005930": 15}, held_at_close=True)
    assert line_of(closed, "close").verdict is Verdict.SAME
    wrong = replace(closed, held={"005930": 14})
    assert line_of(wrong, "close.stock", "005930").difference == 1
    waits = day(hidden=Hidden(close_awaited=True))
    assert line_of(waits, "held").reason is Reason.AWAITED
    assert line_of(day(), "held").reason is Reason.NOT_SERVED


def test_booked_cash_is_held_against_the_close_where_the_worth_of_the_day_is_not_told() -> None:
    """1,000,000 + 50,000 - 20,000 = 1,030,000."""
    rows = (Booked("deposit", None, 50_000, 0, 0, 50_000), Booked("fee", None, 20_000, 0, 0, -20_000))
    facts = day(booked=rows, cash=CashDay(1_030_000, is_close=True), cash_before=CashDay(1_000_000))
    assert line_of(facts, "cash.close").verdict is Verdict.SAME
    off = replace(facts, cash=CashDay(1_030_001, is_close=True))
    assert line_of(off, "cash.close").verdict is Verdict.DIFFERENT


def test_a_split_shows_its_ratio_through_what_was_traded_on_its_day() -> None:
    """13 become 65, 5 bought, 20 sold: 50 left, and 50 - 5 + 20 = 65 = 13 x 5. All 65 sold: 0 + 65 = 13 x 5."""
    bought = Traded("005930", is_sell=False, quantity=5, amount=1)
    sold, all_sold = (Traded("005930", is_sell=True, quantity=n, amount=1) for n in (20, 65))
    some = day(fills=(bought, sold), held_before={"005930": 13}, held={"005930": 50})
    rest = day(fills=(all_sold,), held_before={"005930": 13}, held={})
    for facts in (some, rest):
        found = line_of(facts, "held.stock", "005930")
        assert (found.reason, found.ratio) == (Reason.RIGHTS, (5, 1))
    split = Change(DAY, Kind.SPLIT, "005930", ratio=Fraction(5))
    assert line_of(replace(some, events=(split,)), "held").verdict is Verdict.SAME


@pytest.mark.parametrize(
    ("before", "after", "ratio"),
    [(13, 65, (5, 1)), (103, 10, (1, 10)), (100, 110, (11, 10)), (10, 13, (13, 10)), (10, 11, (11, 10))],
)
def test_ratios_drop_fractions_of_a_share(before: int, after: int, ratio: tuple[int, int]) -> None:
    """103 / 10 = 10.3 -> 10; 10 x 1.3 = 13."""
    assert ratio_of(before, after) == ratio


def test_a_difference_of_no_ratio_is_missing_and_not_a_split() -> None:
    found = line_of(day(held_before={"005930": 100}, held={"005930": 93}), "held.stock", "005930")
    assert (found.reason, found.ratio) == (Reason.MISSING, None)
    assert ratio_of(0, 5) is None


def test_the_first_holdings_are_the_fills_replayed_or_from_before() -> None:
    known = day(held={"005930": 10}, replayed={"005930": 10})
    older = day(held={"005930": 25}, replayed={"005930": 10})
    assert line_of(known, "held.first").verdict is Verdict.SAME
    assert line_of(older, "held.first").reason is Reason.OPENING
    assert line_of(older, "held.first").holds


# E6, E7, E8


def test_cash_grows_by_the_settlement_and_the_ledger() -> None:
    """10,000,000 + (474,600 - 940 - 852) + 1,000,000 paid in = 11,472,808."""
    deposit = Booked("deposit", None, 1_000_000, 0, 0, 1_000_000)
    facts = day(
        totals=SAMPLE_DAY,
        cash_before=CashDay(None, 10_000_000),
        cash=CashDay(None, 11_472_808),
        booked=(deposit,),
    )
    assert line_of(facts, "cash.d2").verdict is Verdict.SAME


def test_cash_as_booked_grows_by_every_row_of_the_day() -> None:
    """500,000 + 472,808 - 100,000 = 872,808, one won more is told."""
    rows = (
        Booked("sell", True, 474_600, 940, 852, 472_808),
        Booked("withdrawal", None, 100_000, 0, 0, -100_000),
    )
    facts = day(cash_before=CashDay(500_000), cash=CashDay(872_809), booked=rows)
    assert line_of(facts, "cash.booked").difference == -1
    assert line_of(facts, "cash.booked").verdict is Verdict.DIFFERENT


def test_without_a_ledger_nobody_can_tell_deposits() -> None:
    facts = day(
        cash_before=CashDay(None, 10), cash=CashDay(None, 999), placed_filled=0, hidden=Hidden(ledger=False)
    )
    assert line_of(facts, "cash.d2").reason is Reason.NOT_SERVED


def test_a_settlement_not_booked_yet_is_awaited() -> None:
    facts = day(
        fills=(Traded("005930", is_sell=False, quantity=1, amount=98_000),),
        cash_before=CashDay(None, 10),
        cash=CashDay(None, 999),
        booked=(),
        hidden=Hidden(ledger_awaited=True),
    )
    assert line_of(facts, "cash.d2").reason is Reason.AWAITED


def test_an_open_order_nobody_knows_is_named() -> None:
    facts = day(open_ours=frozenset({"0000001"}), open_theirs=frozenset({"0000001", "0000002"}))
    assert line_of(facts, "open").verdict is Verdict.DIFFERENT
    assert line_of(facts, "open.order", "0000002").ours == 0


def test_every_ledger_row_is_classified_or_queued() -> None:
    known = Booked("dividend", None, 1, 0, 0, 1)
    queued = Booked("", None, 1, 0, 0, 1, is_queued=True)
    lost = Booked("", None, 1, 0, 0, 1)
    assert line_of(day(booked=(known, queued)), "rows").verdict is Verdict.SAME
    assert line_of(day(booked=(known, lost)), "rows").difference == -1


def test_a_line_survives_being_kept() -> None:
    lines = proved(day(held_before={"005930": 13}, held={"005930": 65}, totals=SAMPLE_DAY))
    assert tuple(Line.of(line.plain()) for line in lines) == lines
