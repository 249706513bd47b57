"""Results from rollups are the results of the rows, to the won, whatever the period cuts through."""

from datetime import date, timedelta

import pytest
from django.db.models import Sum

from portfolio.models import Rollup, Trade, TradeSlice
from portfolio.models.deciding import WON
from portfolio.selectors.rollups import equity_of, results_by_day, results_by_symbol, results_by_tag
from tests.portfolio.stats.making import MONDAY, trades

SPANS = [
    (None, None),
    (MONDAY, MONDAY),
    (MONDAY + timedelta(days=1), MONDAY + timedelta(days=40)),
    (date(2026, 9, 1), date(2026, 10, 31)),
    (date(2026, 9, 20), date(2026, 9, 25)),
    (None, date(2026, 10, 5)),
    (date(2026, 10, 1), None),
    (date(2020, 1, 1), date(2020, 2, 1)),
]


@pytest.fixture
def traded(account):
    """Four trades over three months: two won, one lost, one closed only in the third month."""
    trades(
        account,
        "0 09:05-09:35 005930 10@10000-11000",
        "1 09:05-09:35 000660 10@20000-19000",
        "23 09:05-09:35/24 005930 10@10000-10500",
        "30 09:05-09:35/60 035420 5@40000-44000",
    )
    return account


def of_slices(account, first, last, **more):
    rows = TradeSlice.objects.filter(account=account, **more)
    rows = rows.filter(day__gte=first) if first else rows
    return rows.filter(day__lte=last) if last else rows


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_days_are_the_slices_of_their_day(traded, first, last):
    found = results_by_day(traded, first, last)

    assert sum(day.net for day in found) == (of_slices(traded, first, last).aggregate(n=Sum("net"))["n"] or 0)
    assert [day.day for day in found] == sorted(day.day for day in found)


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_symbols_are_the_slices_of_their_symbol_also_in_part_of_a_month(traded, first, last):
    found = {line.key: line.net for line in results_by_symbol(traded, first, last)}

    rows = of_slices(traded, first, last).order_by().values("symbol").annotate(n=Sum("net"))
    assert found == {row["symbol"]: row["n"] for row in rows}


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_trades_are_counted_where_they_closed(traded, first, last):
    closed = Trade.objects.filter(account=traded, state="closed")
    closed = closed.filter(closed_day__gte=first) if first else closed
    closed = closed.filter(closed_day__lte=last) if last else closed

    lines = results_by_symbol(traded, first, last)
    assert sum(line.trades for line in lines) == closed.count()
    assert sum(line.wins for line in lines) == closed.filter(WON).count()


def test_the_curve_ends_at_the_sum_and_knows_its_fall(traded):
    """+ on Monday, − on Tuesday: the fall is Tuesday's loss."""
    curve = equity_of(traded)

    nets = dict(of_slices(traded, None, None).values_list("day", "net"))
    assert curve.total == sum(nets.values())
    assert [point.day for point in curve.points] == sorted(nets)
    assert curve.fall.depth == nets[MONDAY + timedelta(days=1)]


def test_a_day_with_buys_only_is_no_point_of_the_curve(traded):
    day = MONDAY + timedelta(days=9)
    Rollup.objects.create(account=traded, kind="all", span="day", start=day, fills=1, bought=400_000)

    assert day in {result.day for result in results_by_day(traded)}
    assert day not in {point.day for point in equity_of(traded).points}


def test_tags_come_from_their_rollups_best_first(traded):
    for key, start, net in (("1", 9, 500), ("2", 9, 900), ("1", 10, 700)):
        Rollup.objects.create(
            account=traded, kind="tag", span="month", start=date(2026, start, 1), key=key, trades=1, net=net
        )

    assert [(line.key, line.net) for line in results_by_tag(traded)] == [("1", 1_200), ("2", 900)]
    assert [line.key for line in results_by_tag(traded, date(2026, 10, 5))] == ["1"]


def test_an_account_without_trades_has_no_results(account):
    assert results_by_day(account) == results_by_symbol(account) == results_by_tag(account) == ()
    assert equity_of(account).points == ()


def test_another_teams_account_sees_none_of_it(traded, strangers_account):
    assert results_by_symbol(strangers_account) == ()


def test_each_question_is_a_query_or_a_handful(traded, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        results_by_day(traded)
    with django_assert_max_num_queries(1):
        equity_of(traded)
    with django_assert_max_num_queries(6):
        results_by_symbol(traded, *SPANS[2])
