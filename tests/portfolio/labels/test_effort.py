"""How often a page asks the database: as often for ten times the trades, and nobody adds a question unseen."""

import pytest
from django.urls import reverse

from kiwoomweb.access.models import Account
from portfolio.presenting.written_rows import forget_rows
from tests.people import Person
from tests.portfolio.labels.trading import carry, label, trade

#: Session, person, accounts; the account's newest event; what is halted (2); its tasks and how they fare; what
#: is kept for good.
SHELL = 9
#: The shell's, the calendar, what waits, the version of what is written.
TRADES = 12
#: Trades, their rows, labels (2) and sums (2) besides, when something has changed; the second line asks whose
#: the trades are, and whose those of the labels (2).
TRADES_ANEW = TRADES + 8
#: Of the part alone, without a shell.
TRADES_TURNED = 5


def test_the_shell_asks_as_little_as_it_can(trader: Person, account: Account, django_assert_max_num_queries):
    trader.get(reverse("settings"))
    with django_assert_max_num_queries(SHELL):
        trader.get(reverse("settings"))


@pytest.mark.parametrize("count", [3, 30])
def test_a_list_of_many_trades_asks_as_little_as_one_of_few(
    trader: Person, account: Account, count: int, django_assert_max_num_queries
):
    tag = label(account, "돌파")
    for number in range(count):
        carry(trade(account, number % 5, 1_000 * number), tag)
    page = reverse("portfolio:trades", args=[account.code]) + "?rows=200"
    trader.get(page)
    forget_rows()
    with django_assert_max_num_queries(TRADES_ANEW):
        assert trader.get(page).content.count(b"data-trade=") == count
    with django_assert_max_num_queries(TRADES):
        assert trader.get(page).content.count(b"data-trade=") == count
    with django_assert_max_num_queries(TRADES_TURNED):
        trader.get(page, headers={"HX-Request": "true", "HX-Target": "trades"})
