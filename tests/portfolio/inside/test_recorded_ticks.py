"""A trade whose ticks the feed was listened to shows them, without asking the broker."""

from collections.abc import Callable

from kiwoomweb.access.models import Account
from market.analytics.recorded import TickRow
from market.services.recording.storing import store
from orders.models import Fill
from portfolio.models import Trade
from portfolio.services.trades.catching_up import catch_up
from tests.people import Person
from tests.portfolio.inside.conftest import at

PRICES = [10_000, 10_050, 10_100, 9_950, 10_200]


def day_trade(account: Account, fill: Callable[..., Fill]) -> Trade:
    for text in ("2 10:00 buy 10@10000", "2 10:04 sell 10@10200"):
        fill(text, "005930")
    catch_up(account.pk)
    return Trade.objects.get(symbol="005930")


def hears(account: Account, *, after_gap: bool = False) -> None:
    """A trade a minute from 10:00, in two chunks."""
    begin = int(at(2, "10:00").timestamp())
    rows = [
        TickRow(begin + 60 * n, (begin + 60 * n) * 1000, price, 3, 1, n + 1) for n, price in enumerate(PRICES)
    ]
    store(account.pk, [("tick", "005930", True, rows[:2]), ("tick", "005930", after_gap, rows[2:])])


def closes(viewer: Person, trade: Trade) -> list[float]:
    told = viewer.get(f"/a/{trade.account.code}/trades/{trade.pk}/chart/?span=tick").json()
    return [bar[4] for bar in told["bars"]]


def test_recorded_ticks_are_the_tick_chart(viewer: Person, account: Account, fill: Callable[..., Fill]) -> None:
    trade = day_trade(account, fill)
    hears(account)
    assert closes(viewer, trade) == PRICES


def test_a_gap_in_the_record_is_not_bridged(
    viewer: Person, account: Account, fill: Callable[..., Fill]
) -> None:
    trade = day_trade(account, fill)
    hears(account, after_gap=True)
    assert closes(viewer, trade) == []
