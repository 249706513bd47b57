"""손익: won-exact sums over a period, by day or by symbol, in the order of the address."""

import re

import pytest

from kiwoomweb.ui.templatetags.money import won
from portfolio.models import RealisedDay, Sale
from portfolio.presenting.pnl import PnlPage


def opened(person, account, query: str = "") -> str:
    answer = person.get(f"/a/{account.code}/pnl/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def names_in(page: str) -> list[str]:
    return re.findall(r"<b>([^<▲▼]+)</b><small", page)


def test_the_days_sum_to_the_won(viewer, full_account):
    total = sum(RealisedDay.objects.values_list("realised", flat=True))
    costs = sum(row.commission + row.tax for row in RealisedDay.objects.all())

    page = opened(viewer, full_account, "?period=all")

    assert won(abs(total)) in page
    assert won(costs) in page


def test_days_and_symbols_sum_to_the_same_won(full_account):
    by_day, by_symbol = (PnlPage(full_account, {"by": by, "period": "all"}).sums for by in ("day", "symbol"))

    assert by_day.realised == by_symbol.realised == sum(Sale.objects.values_list("realised", flat=True))
    assert by_day.costs == by_symbol.costs


def test_every_row_of_hundreds_is_there(viewer, full_account):
    page = opened(viewer, full_account, "?period=all")

    assert len(names_in(page)) == RealisedDay.objects.count() > 150


def test_a_period_leaves_out_what_is_older(full_account, today):
    page = PnlPage(full_account, {"period": "1m"})

    assert page.results
    assert all((today - result.day).days <= 31 for result in page.results)


@pytest.mark.parametrize("by", ["day", "symbol"])
def test_every_column_orders_both_ways(viewer, full_account, by):
    page = PnlPage(full_account, {"by": by, "period": "all"})
    for column in page.columns:
        if column.is_fixed:
            continue
        up = names_in(opened(viewer, full_account, f"?by={by}&period=all&sort={column.key}"))
        down = names_in(opened(viewer, full_account, f"?by={by}&period=all&sort=-{column.key}"))
        assert sorted(up) == sorted(down)
        assert up != down


def test_the_header_says_how_the_table_is_ordered(viewer, full_account):
    assert 'aria-sort="descending"' in opened(viewer, full_account)
    assert 'aria-sort="ascending"' in opened(viewer, full_account, "?sort=realised")


@pytest.mark.parametrize("nonsense", ["?sort=__class__", "?by=x&sort=", "?period=x", "?sort=sum", "?sort=-"])
def test_nonsense_in_the_address_is_the_usual_table(viewer, full_account, nonsense):
    assert 'aria-sort="descending"' in opened(viewer, full_account, nonsense)


def test_the_running_sum_follows_the_calendar_whatever_the_order(full_account):
    page = PnlPage(full_account, {"period": "all", "sort": "realised"})

    last = max(page.running)
    assert page.running[last] == page.sums.realised


def test_a_period_without_results_says_so(viewer, connected):
    assert "이 기간에는 실현한 손익이 없습니다" in opened(viewer, connected)
