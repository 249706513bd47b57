"""The gold account's books: whatever is ordered, every gram and every won is explained, a restart included."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.account_facts import CashKind
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.journal import Journal
from kiwoomweb.simulator.order_facts import OrderState
from kiwoomweb.simulator.products.gold_costs import GOLD_COSTS
from tests.simulator.core.conftest import FRIDAY, at

CODES = ("M04020000", "M04020100")
START = at("09:01:00", date(2026, 11, 16))

steps = st.lists(
    st.tuples(
        st.sampled_from(("buy", "sell", "modify", "cancel", "wait", "sleep")),
        st.sampled_from(CODES),
        st.integers(1, 25),
        st.sampled_from(("0", "10", "20")),
        st.integers(-10, 10),
    ),
    min_size=4,
    max_size=25,
)


def play(exchange: Exchange, step: tuple[str, str, int, str, int]) -> None:
    """Try one step; a refusal is an answer too."""
    verb, code, size, kind, away = step
    gold, now = exchange.products.gold, exchange.now()
    if verb == "wait":
        exchange.jump(now + timedelta(minutes=7 * size))
    elif verb == "sleep":
        exchange.jump(at("09:02:00", exchange.trading_day_after(now.date(), 1)))
    elif verb in ("buy", "sell"):
        gold.place(Side(verb), code, size, gold.quote(code).price + 10 * away, kind)
    elif waiting := [order for order in gold.orders_on(now.date()) if order.is_open]:
        order = waiting[size % len(waiting)]
        if verb == "modify":
            gold.modify(order.number, order.code, size % 3, gold.quote(order.code).price + 10 * away)
        else:
            gold.cancel(order.number, order.code, size % 3)


def played(history: list[tuple[str, str, int, str, int]]) -> Exchange:
    exchange = Exchange.opened(trader=False, now=START)
    for step in history:
        try:
            play(exchange, step)
        except OrderRefused as no:
            assert no.text
        sound(exchange)
    return exchange


def sound(exchange: Exchange) -> None:
    gold = exchange.products.gold
    ledger = gold.ledger
    assert ledger.cash >= 0
    assert ledger.d2 >= gold.reserved
    assert gold.buying_power == ledger.d2 - gold.reserved
    assert ledger.d2 - ledger.cash == ledger.pending(Side.SELL) - ledger.pending(Side.BUY)
    for one in gold.holdings():
        assert 0 <= one.sellable <= one.quantity
        assert one.quantity == one.settled + _unsettled(ledger, one.code)


def _unsettled(ledger, code: str) -> int:
    deals = [deal for day in ledger.unsettled for deal in ledger.deals[day] if deal.code == code]
    return sum(deal.quantity if deal.side is Side.BUY else -deal.quantity for deal in deals)


def audited(exchange: Exchange) -> None:
    """Cash, grams and costs added up again from the orders' executions alone."""
    ledger = exchange.products.gold.ledger
    amounts: dict[tuple[object, ...], int] = defaultdict(int)
    held: dict[str, tuple[int, Fraction]] = defaultdict(lambda: (0, Fraction(0)))
    fills = sorted(
        ((fill, order) for day in ledger.orders.values() for order in day.values() for fill in order.fills),
        key=lambda pair: (pair[0].at, pair[0].number),
    )
    for fill, order in fills:
        amounts[fill.day, fill.code, fill.side, order.channel] += fill.amount
        quantity, cost = held[fill.code]
        if fill.side is Side.BUY:
            held[fill.code] = (quantity + fill.quantity, cost + fill.amount)
        else:
            held[fill.code] = (quantity - fill.quantity, cost - cost * fill.quantity / quantity)
    deposits = sum(row.amount for row in ledger.rows if row.kind is CashKind.DEPOSIT)
    cash = deposits
    for (_, _, side, _), amount in amounts.items():
        commission = amount * 3 // 1_000 // 10 * 10
        charged = commission + commission // 10
        cash += amount - charged if side is Side.SELL else -amount - charged
    assert ledger.d2 == cash
    assert {code: (h.quantity, h.cost) for code, h in ledger.holdings.items()} == {
        code: pair for code, pair in held.items() if pair[0]
    }


@settings(max_examples=20)
@given(steps)
def test_any_history_of_gold_orders_leaves_sound_books(history):
    exchange = played(history)
    audited(exchange)
    before = exchange.products.gold.ledger.d2
    exchange.jump(at("16:01:00", exchange.now().date()))
    ledger = exchange.products.gold.ledger
    assert ledger.cash == ledger.d2
    assert before == ledger.d2 or exchange.products.gold.orders_on(exchange.now().date())
    assert ledger.rows[-1].cash == ledger.cash
    assert exchange.products.gold.reserved == 0
    audited(exchange)


@settings(max_examples=8)
@given(steps)
def test_a_restart_plays_gold_to_the_same_state(tmp_path_factory, history):
    state = tmp_path_factory.mktemp("gold")
    before = Exchange.opened(state, trader=False, now=START)
    for step in history:
        try:
            play(before, step)
        except OrderRefused:
            continue
    after = Exchange.opened(state, trader=False, now=START)
    assert whole(after) == whole(before)


def whole(exchange: Exchange) -> tuple[object, ...]:
    gold = exchange.products.gold
    ledger = gold.ledger
    orders = {day: dict(of_day) for day, of_day in ledger.orders.items() if of_day}
    return orders, ledger.rows, ledger.cash, ledger.d2, gold.holdings(), gold.reserved


def test_gold_and_shares_never_touch_each_others_money(quiet: Exchange):
    stocks, gold = quiet.deposit(), quiet.products.gold
    before = gold.ledger.cash
    gold.place(Side.BUY, "M04020000", 3, gold.quote("M04020000").best_ask, "0")
    quiet.jump(at("10:31:00"))
    assert gold.ledger.d2 < before
    assert quiet.deposit() == stocks
    quiet.place(Side.BUY, "005930", 1, kind="3")
    after = gold.ledger.d2
    quiet.jump(at("10:35:00"))
    assert quiet.deposit().d2 < stocks.d2
    assert gold.ledger.d2 == after
    assert quiet.open_orders() == []
    assert [order.code for order in quiet.orders_on(FRIDAY)] == ["005930"]


def test_gold_commands_say_whose_they_are_and_old_lines_are_shares(tmp_path):
    exchange = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    gold = exchange.products.gold
    gold.place(Side.BUY, "M04020100", 1, gold.quote("M04020100").lower_limit, "0")
    exchange.place(Side.BUY, "005930", 1, exchange.quote("005930").lower_limit)
    first, second = Journal(tmp_path).commands()
    assert (first.book, second.book) == ("gold", "stocks")
    assert '"book"' not in second.as_line()


def test_the_guides_sample_of_costs():
    commission = GOLD_COSTS.commission(1_274_320)
    assert (commission, GOLD_COSTS.vat(commission)) == (3_820, 382)
    assert 1_274_320 + commission + GOLD_COSTS.vat(commission) == 1_278_522
    assert GOLD_COSTS.hold(1_274_320) >= 1_278_522


def test_gold_settles_at_four_on_the_trade_day(quiet: Exchange):
    gold = quiet.products.gold
    gold.place(Side.BUY, "M04020000", 2, gold.quote("M04020000").best_ask, "0")
    quiet.jump(at("15:59:59"))
    assert gold.ledger.cash == 10_000_000 > gold.ledger.d2
    assert gold.holdings()[0].settled == 0
    quiet.jump(at("16:00:00"))
    assert gold.ledger.cash == gold.ledger.d2 < 10_000_000
    assert gold.holdings()[0].settled == 2
    assert gold.ledger.rows[-1].grams == 2


def test_a_deal_of_several_executions_is_charged_once_on_its_last_row(quiet: Exchange):
    gold = quiet.products.gold
    ask = gold.quote("M04020100").best_ask
    for price in (ask + 100, ask + 200):
        gold.place(Side.BUY, "M04020100", 17, price, "0")
    quiet.jump(at("16:00:00"))
    rows = [row for row in gold.ledger.rows if row.code]
    assert len(rows) > 1
    amount = sum(row.price * row.quantity for row in rows)
    assert [row.commission for row in rows[:-1]] == [row.settled for row in rows[:-1]] == [0] * (len(rows) - 1)
    assert rows[-1].commission == GOLD_COSTS.commission(amount)
    assert rows[-1].settled == amount + rows[-1].commission + rows[-1].vat
    assert rows[-1].cash == gold.ledger.cash == 10_000_000 - rows[-1].settled


def test_selling_everything_now_would_bring_what_the_holding_is_worth(quiet: Exchange):
    gold = quiet.products.gold
    gold.place(Side.BUY, "M04020000", 10, gold.quote("M04020000").best_ask, "0")
    quiet.jump(at("10:35:00"))
    (one,) = gold.holdings()
    value = one.price * 10
    assert one.worth == value - one.commission - one.vat == value - GOLD_COSTS.charged(value)
    at_even = one.break_even * 10
    assert at_even - GOLD_COSTS.charged(at_even) >= one.cost
    below = (one.break_even - 1) * 10
    assert below - GOLD_COSTS.charged(below) < one.cost


def test_an_immediate_order_takes_what_is_there_or_all_or_nothing(quiet: Exchange):
    gold = quiet.products.gold
    offered = gold.depth("M04020100").asks[0]
    part = gold.place(Side.BUY, "M04020100", offered.size + 3, offered.price, "10")
    whole_or_none = gold.place(Side.BUY, "M04020100", offered.size + 4, offered.price, "20")
    quiet.jump(at("10:31:00"))
    orders = quiet.products.gold.ledger.orders[FRIDAY]
    assert 0 < orders[part.number].filled < part.quantity
    assert orders[part.number].state is OrderState.CANCELLED
    assert orders[whole_or_none.number].filled == 0


@pytest.mark.parametrize(
    ("quantity", "away", "code"),
    [(1, 5, "571557"), (1, 40_000, ""), (1, -40_000, ""), (1_000, 0, "855056"), (0, 0, "")],
)
def test_gold_refusals(quiet: Exchange, quantity: int, away: int, code: str):
    gold = quiet.products.gold
    with pytest.raises(OrderRefused) as no:
        gold.place(Side.BUY, "M04020000", quantity, gold.quote("M04020000").best_ask + away, "0")
    assert no.value.code == code


@pytest.mark.parametrize("clock", ["08:20:00", "15:30:01", "17:00:00"])
def test_gold_is_ordered_in_its_hours_alone(quiet: Exchange, clock: str):
    quiet.jump(at(clock, FRIDAY + timedelta(days=3)))
    gold = quiet.products.gold
    with pytest.raises(OrderRefused, match="521790"):
        gold.place(Side.BUY, "M04020000", 1, gold.quote("M04020000").price, "0")
    assert gold.orders_on(quiet.now().date()) == []


def test_an_order_before_the_open_meets_the_auction(quiet: Exchange):
    quiet.jump(at("08:40:00", FRIDAY + timedelta(days=3)))
    gold = quiet.products.gold
    placed = gold.place(Side.BUY, "M04020000", 1, gold.quote("M04020000").upper_limit, "0")
    quiet.jump(at("09:00:01", FRIDAY + timedelta(days=3)))
    (order,) = gold.orders_on(quiet.now().date())
    assert (order.number, order.filled) == (placed.number, 1)
    today = quiet.now().date()
    assert order.fills[0].price == gold.market.daily.series("M04020000", today).on(today).open


def test_part_of_an_order_moves_and_the_chain_keeps_its_root(quiet: Exchange):
    gold = quiet.products.gold
    low = gold.quote("M04020000").lower_limit
    first = gold.place(Side.BUY, "M04020000", 9, low, "0")
    second = gold.modify(first.number, "M04020000", 4, low + 10)
    third = gold.cancel(second.number, "M04020000", 0)
    left = {order.number: order.remaining for order in gold.orders_on(FRIDAY)}
    assert left == {first.number: 5, second.number: 0, third.number: 0}
    assert {second.root, third.root} == {first.number}
    assert first.number < second.number < third.number
    with pytest.raises(OrderRefused, match="571435"):
        gold.cancel(third.number, "M04020000", 0)
    with pytest.raises(OrderRefused, match="506550"):
        gold.cancel(second.number, "M04020000", 0)


def test_the_demo_person_saves_in_gold_over_the_year(demo: Exchange):
    gold = demo.products.gold
    rows = gold.rows(demo.opened_on, FRIDAY)
    kinds = [row.kind for row in rows]
    assert kinds.count(CashKind.BUY) >= 10
    assert kinds.count(CashKind.SELL) >= 1
    assert kinds.count(CashKind.DEPOSIT) >= 10
    assert gold.ledger.cash > 500_000
    assert gold.holdings()
    assert gold.orders_on(FRIDAY)
    audited(demo)
