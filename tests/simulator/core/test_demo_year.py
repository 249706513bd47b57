"""The demo's year: a believable person, and books that add up to the won."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.account_facts import CashKind, DiaryKind
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.order_facts import Action, OrderState
from tests.simulator.core.books import account_reconciles, executions
from tests.simulator.core.conftest import FRIDAY, at


def all_orders(demo: Exchange):
    days = (demo.opened_on + timedelta(days=n) for n in range((FRIDAY - demo.opened_on).days + 1))
    return [order for day in days for order in demo.orders_on(day)]


def test_the_account_reconciles_to_0_won_over_the_year(demo):
    account_reconciles(demo)


def test_the_mock_hosts_account_has_its_dearer_costs():
    mock = Exchange.opened(profile="mock", now=at("10:30:00"))
    day = mock.realised_days(mock.opened_on, FRIDAY)[0]
    assert day.commission >= (day.bought + day.sold) * 0.0035 - 10 * 2 * len(mock.diary(day.day).lines)


def test_it_is_a_year_of_six_hundred_to_twelve_hundred_fills(demo):
    assert 600 <= len(executions(demo)) <= 1_200
    traded = {fill.day for fill in executions(demo)}
    assert 170 <= len(traded) <= 246
    assert 350 <= (FRIDAY - demo.opened_on).days <= 380


def test_good_months_and_bad_ones(demo):
    months = defaultdict(int)
    for day in demo.realised_days(demo.opened_on, FRIDAY):
        months[day.day.year, day.day.month] += day.realised
    assert sum(result > 300_000 for result in months.values()) >= 3
    assert sum(result < -300_000 for result in months.values()) >= 2


def test_day_trades_swings_partial_exits_and_averaging_down(demo):
    held: dict[str, list] = defaultdict(list)
    seen = Counter()
    for fill in executions(demo):
        lots = held[fill.code]
        if fill.side is Side.BUY:
            average = sum(f.amount for f in lots) / max(sum(f.quantity for f in lots), 1)
            seen["물타기"] += bool(lots) and fill.price < average * 0.97
            seen["불타기"] += bool(lots) and fill.price > average
            lots.append(fill)
            continue
        seen["당일"] += bool(lots) and lots[0].day == fill.day
        seen["스윙"] += bool(lots) and (fill.day - lots[0].day).days >= 3
        quantity = sum(f.quantity for f in lots)
        seen["일부"] += fill.quantity < quantity
        if fill.quantity >= quantity:
            lots.clear()
    assert all(seen[way] >= 10 for way in ("당일", "스윙", "일부", "물타기", "불타기")), seen


def test_orders_are_also_cancelled_modified_and_left_unfilled(demo):
    orders = all_orders(demo)
    actions = Counter(order.action for order in orders)
    assert actions[Action.CANCEL] >= 5
    assert actions[Action.MODIFY] >= 5
    assert any(len(order.fills) > 1 for order in orders)
    assert sum(0 < order.filled < order.quantity for order in orders) >= 2
    assert any(order.state is OrderState.EXPIRED for order in orders)


def test_there_are_idle_weeks_deposits_and_one_withdrawal(demo):
    days = sorted({fill.day for fill in executions(demo)})
    assert sum((later - earlier).days >= 7 for earlier, later in pairwise(days)) >= 2
    kinds = Counter(row.kind for row in demo.cash_ledger(demo.opened_on, FRIDAY) if not row.code)
    assert kinds[CashKind.DEPOSIT] >= 4
    assert kinds[CashKind.WITHDRAWAL] == 1


def test_assets_fall_and_partly_come_back(demo):
    """Profit above the money paid in: a drawdown that hurts, and a recovery of a good part of it."""
    rows = [row for row in demo.cash_ledger(demo.opened_on, FRIDAY) if not row.code]
    profits = []
    for n in range((FRIDAY - demo.opened_on).days + 1):
        day = demo.opened_on + timedelta(days=n)
        paid = sum(row.settled if row.is_credit else -row.settled for row in rows if row.day <= day)
        profits.append(demo.day_snapshot(day).estimated_assets - paid)
    depth = [profit - max(profits[: n + 1]) for n, profit in enumerate(profits)]
    worst = depth.index(min(depth))
    assert depth[worst] < -1_500_000
    assert max(profits[worst:]) - profits[worst] > -depth[worst] / 4
    assert abs(profits[-1]) < 15_000_000


def test_the_day_on_show_has_begun_and_goes_on(demo):
    holdings = [position for position in demo.positions() if position.quantity]
    assert 4 <= len(holdings) <= 11
    assert len(demo.executions_on(FRIDAY)) >= 5
    assert demo.open_orders()


def test_a_viewer_sees_an_order_event_within_minutes():
    show = Exchange.opened(now=at("10:30:00"))
    since, quiet_minutes, longest = show.sequence, 0, 0
    for _ in range(180):
        show.jump(show.now() + timedelta(minutes=1))
        quiet_minutes = 0 if show.events(since) else quiet_minutes + 1
        longest, since = max(longest, quiet_minutes), show.sequence
    assert longest <= 20
    assert since > 60


def test_a_diary_of_day_trades_matches_bought_with_sold(demo):
    for day in demo.realised_days(demo.opened_on, FRIDAY):
        diary = demo.diary(day.day, DiaryKind.DAY_TRADES)
        for line in diary.lines:
            assert line.bought_quantity == line.sold_quantity > 0
            assert line.realised == line.sold - line.bought - line.costs
        assert diary.realised == sum(line.realised for line in diary.lines)


def test_a_snapshot_of_a_weekend_repeats_friday(demo):
    friday, sunday = (demo.day_snapshot(FRIDAY - timedelta(days=n)) for n in (7, 5))
    assert (sunday.holdings, sunday.cash, sunday.estimated_assets) == (
        friday.holdings,
        friday.cash,
        friday.estimated_assets,
    )
    assert demo.day_snapshot(demo.opened_on - timedelta(days=1)) is None
    assert demo.day_snapshot(FRIDAY + timedelta(days=1)) is None


def test_todays_snapshot_is_what_the_account_says_now(demo):
    today, money = demo.day_snapshot(FRIDAY), demo.deposit()
    held = [position for position in demo.positions() if position.quantity]
    assert (today.cash, today.d2, today.estimated_assets) == (money.cash, money.d2, money.estimated_assets)
    assert today.profit == sum(position.profit for position in held)
    assert today.value == sum(position.value for position in held)
