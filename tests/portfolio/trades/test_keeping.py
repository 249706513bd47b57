"""Trades kept in step with facts: whatever arrives in whatever order, rows stay and money is the broker's."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from kiwoomweb.access.models import Account
from orders.models import Fill
from portfolio.analytics.trades.changes import Kind
from portfolio.analytics.trades.costs import Rates, estimate, share_out, tax_rate
from portfolio.models import Book, BookAssignment, HoldingEvent, Rollup, Sale, Trade, TradeSlice
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.filtering.sums import sums_of
from portfolio.selectors.trades import legs_of, trades_of
from portfolio.services.trades import writing
from portfolio.services.trades.catching_up import catch_up, derive_anew
from portfolio.signals import trades_changed

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 20, tzinfo=UTC)
TICK = iter(range(1, 1_000_000))


def buys(account: Account, day: int, hour: int, quantity: int, price: int, **more) -> Fill:
    """A fill of that day (0 is Monday) and hour, recorded a moment after the last one."""
    return _records(account, "buy", (day, hour, quantity, price), **more)


def sells(account: Account, day: int, hour: int, quantity: int, price: int, **more) -> Fill:
    return _records(account, "sell", (day, hour, quantity, price), **more)


def _records(account: Account, side: str, what: tuple[int, int, int, int], **more) -> Fill:
    day, hour, quantity, price = what
    at = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time(), tzinfo=UTC)
    number = f"{day}{hour:02}{quantity}{side[0]}"
    told = {
        "order_no": number,
        "fill_no": "1",
        "symbol": "005930",
        "name": "삼성전자",
        "quantity": quantity,
        "price": Decimal(price),
        "amount": quantity * price,
        "filled_at": at + timedelta(hours=hour - 9),
        "venue": "KRX",
    } | more
    moment = NOW + timedelta(microseconds=next(TICK))
    return Fill.objects.create(account=account, side=side, day=at.date(), recorded_at=moment, **told)


def broker_tells(account: Account, day: int, quantity: int, realised: int, **more) -> Sale:
    told = {
        "symbol": "005930",
        "name": "삼성전자",
        "commission": 280,
        "tax": 2_000,
        "credit": "현금잔고",
    } | more
    return Sale.objects.create(
        account=account,
        day=MONDAY + timedelta(days=day),
        source="ka10073",
        digest=str(next(TICK)),
        quantity=quantity,
        buy_price=Decimal(0),
        sell_price=Decimal(0),
        realised=realised,
        return_rate=Decimal(0),
        recorded_at=NOW + timedelta(microseconds=next(TICK)),
        **told,
    )


def told(account: Account) -> list[tuple[object, ...]]:
    trades = Trade.objects.present().filter(account=account).order_by("opened_day", "opening_order", "symbol")
    slices = TradeSlice.objects.filter(account=account).order_by("day", "symbol", "sold")
    rollups = Rollup.objects.filter(account=account).order_by("kind", "span", "start", "key")
    return [
        *trades.values_list("symbol", "state", "opened_day", "closed_day", "fills", "bought", "sold", "net"),
        *slices.values_list("day", "sold", "cost", "cost_fifo", "commission", "tax", "net"),
        *rollups.values_list("kind", "key", "span", "start", "fills", "trades", "wins", "losses", "net"),
    ]


def test_a_fill_is_a_trade_at_once_and_its_sale_closes_it(account: Account) -> None:
    buys(account, 0, 10, 10, 1_000)
    catch_up(account.pk)
    (trade,) = trades_of(account)
    assert (trade.state, trade.open_quantity, trade.net) == ("open", 10, 0)
    sells(account, 0, 11, 10, 1_100)
    catch_up(account.pk)
    (same,) = trades_of(account)
    assert (same.pk, same.state, same.is_day_trade, same.gross) == (trade.pk, "closed", True, 1_000)


def test_until_the_broker_tells_costs_are_an_estimate_and_say_so(account: Account) -> None:
    """Sold 1,100,000, bought 1,000,000: ⌊165⌋₁₀ + ⌊150⌋₁₀ = 160 + 150, tax 0.20 % = 2,200, net 97,490."""
    buys(account, 0, 10, 1_000, 1_000)
    sells(account, 0, 11, 1_000, 1_100)
    catch_up(account.pk)
    (trade,) = trades_of(account)
    assert (trade.commission, trade.tax, trade.net, trade.costs_from) == (310, 2_200, 97_490, "estimate")
    broker_tells(account, 0, 1_000, 97_480, commission=320, tax=2_200)
    catch_up(account.pk)
    trade.refresh_from_db()
    assert (trade.commission, trade.tax, trade.net, trade.costs_from) == (320, 2_200, 97_480, "broker")


def test_a_broker_that_speaks_of_other_shares_is_not_believed_yet(account: Account) -> None:
    buys(account, 0, 10, 10, 1_000)
    sells(account, 0, 11, 10, 1_100)
    broker_tells(account, 0, 4, 100)
    catch_up(account.pk)
    assert trades_of(account).get().costs_from == "estimate"


def test_two_trades_of_one_day_share_what_the_broker_told_to_the_won(account: Account) -> None:
    """Sold 11,000 and 12,000: 281 won of commission are 134 and 147, and nothing is lost."""
    buys(account, 0, 10, 10, 1_000)
    sells(account, 0, 11, 10, 1_100)
    buys(account, 0, 12, 10, 1_000)
    sells(account, 0, 13, 10, 1_200)
    broker_tells(account, 0, 20, 2_000, commission=281, tax=46)
    catch_up(account.pk)
    sums = TradeSlice.objects.aggregate(net=Sum("net"), fee=Sum("commission"), tax=Sum("tax"))
    assert sums == {"net": 2_000, "fee": 281, "tax": 46}
    assert list(trades_of(account).order_by("opened_at").values_list("commission", flat=True)) == [134, 147]


def test_a_sale_without_a_buy_has_the_brokers_money_but_no_beginning(account: Account) -> None:
    sells(account, 1, 10, 10, 1_100)
    catch_up(account.pk)
    (trade,) = trades_of(account)
    assert (trade.state, trade.net, trade.cost, trade.adopted_quantity) == ("unsettled", None, None, 10)
    broker_tells(account, 1, 10, 500)
    catch_up(account.pk)
    trade.refresh_from_db()
    assert (trade.state, trade.net, trade.cost) == ("unsettled", 500, None)
    month = Rollup.objects.get(account=account, kind="all", span="month")
    assert (month.trades, month.wins, month.net) == (1, 0, 500)


def test_the_past_arrives_newest_first_and_the_trade_keeps_its_number(account: Account) -> None:
    sells(account, 4, 10, 10, 1_100)
    catch_up(account.pk)
    (trade,) = trades_of(account)
    assert trade.state == "unsettled"
    buys(account, 0, 10, 4, 1_000)
    catch_up(account.pk)
    assert trades_of(account).get().adopted_quantity == 6
    buys(account, 0, 9, 6, 900)
    catch_up(account.pk)
    (same,) = trades_of(account)
    assert (same.pk, same.state, same.cost, same.opened_day) == (trade.pk, "closed", 9_400, MONDAY)


def test_what_somebody_wrote_about_survives_a_merge(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two trades turn out to be one: the later row is kept because something refers to it."""
    buys(account, 1, 10, 10, 1_000)
    sells(account, 2, 10, 10, 1_100)
    buys(account, 3, 10, 10, 1_000)
    sells(account, 4, 10, 10, 1_100)
    catch_up(account.pk)
    first, second = trades_of(account).order_by("opened_day")
    monkeypatch.setattr(writing, "_is_referred_to", lambda trade: trade.pk == second.pk)
    buys(account, 0, 10, 5, 900)  # never flat after all
    catch_up(account.pk)
    (one,) = trades_of(account)
    assert one.pk == first.pk
    second.refresh_from_db()
    assert second.present == one


def test_a_withdrawn_fill_takes_its_trade_along(account: Account) -> None:
    fill = buys(account, 0, 10, 10, 1_000)
    catch_up(account.pk)
    Fill.objects.filter(pk=fill.pk).update(superseded_at=NOW + timedelta(days=1))
    catch_up(account.pk)
    assert not Trade.objects.exists()
    assert not Rollup.objects.filter(fills__gt=0).exists()


def test_books_part_one_holding_into_two(account: Account) -> None:
    swing = Book.objects.create(account=account, name="스윙", created_at=NOW)
    kept = buys(account, 0, 9, 10, 1_000)
    buys(account, 0, 10, 10, 1_200)
    sells(account, 0, 11, 10, 1_300)
    where = {"account": account, "day": kept.day, "order_no": kept.order_no}
    BookAssignment.objects.create(**where, book=swing, assigned_at=NOW)
    derive_anew(account.pk)
    assert trades_of(account).get(book=swing).open_quantity == 10
    assert trades_of(account).get(book=None).gross == 1_000


def test_an_event_changes_the_trade_and_withdrawing_it_changes_it_back(account: Account) -> None:
    buys(account, 0, 10, 10, 50_000)
    sells(account, 1, 10, 50, 11_000)
    catch_up(account.pk)
    assert trades_of(account).get().state == "unsettled"
    split = HoldingEvent.objects.create(
        account=account,
        day=MONDAY + timedelta(days=1),
        kind="split",
        symbol="005930",
        numerator=5,
        source="person",
        recorded_at=NOW,
    )
    derive_anew(account.pk, {"005930"})
    trade = trades_of(account).get()
    assert (trade.state, trade.gross) == ("closed", 50_000)
    assert [(leg.event, leg.held) for leg in legs_of(trade)] == [("", 10), ("split", 50), ("", 0)]
    split.withdrawn_at = NOW
    split.save()
    derive_anew(account.pk, {"005930"})
    assert trades_of(account).get().state == "unsettled"


def test_every_kind_of_event_that_can_be_recorded_is_one_that_derivation_knows() -> None:
    assert set(HoldingEvent.Kind.values) == {kind.value for kind in Kind}


def test_an_account_sees_only_its_own_fills(account: Account, strangers_account: Account) -> None:
    buys(account, 0, 10, 10, 1_000)
    buys(strangers_account, 0, 10, 7, 1_000)
    catch_up(account.pk)
    assert not trades_of(strangers_account).exists()
    assert trades_of(account).get().bought_quantity == 10


def test_listeners_are_told_what_changed_and_nothing_when_nothing_did(
    account: Account, django_capture_on_commit_callbacks
) -> None:
    heard: list[dict[str, object]] = []

    def listen(sender: object, **more: object) -> None:
        heard.append(more)

    trades_changed.connect(listen)
    try:
        buys(account, 0, 10, 10, 1_000)
        for _time in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                catch_up(account.pk)
    finally:
        trades_changed.disconnect(listen)
    (once,) = heard
    assert once["account_id"] == account.pk
    assert once["days"] == frozenset({MONDAY})


@pytest.mark.parametrize("seed", range(5))
def test_a_fill_at_a_time_in_any_order_is_what_deriving_at_once_says(account: Account, seed: int) -> None:
    luck = random.Random(seed)
    plans = []
    for symbol in ("005930", "000660"):
        for day in range(12):
            for hour in luck.sample(range(9, 15), 3):
                plans.append((luck.choice((buys, sells)), day, hour, luck.randint(1, 9), symbol))
    luck.shuffle(plans)
    for number, (act, day, hour, quantity, symbol) in enumerate(plans):
        act(account, day, hour, quantity, 1_000 + luck.randint(0, 500), symbol=symbol, order_no=f"{number}")
        catch_up(account.pk)
    little_by_little = told(account)
    Trade.objects.all().delete()
    Rollup.objects.all().delete()
    derive_anew(account.pk)
    assert told(account) == little_by_little


def test_the_sums_of_everything_are_the_same_from_rollups_and_from_rows(account: Account) -> None:
    buys(account, 0, 9, 10, 1_000)
    sells(account, 0, 10, 10, 1_100)
    buys(account, 1, 9, 10, 1_000)
    sells(account, 1, 10, 10, 800)
    buys(account, 2, 9, 10, 1_000)
    sells(account, 2, 10, 4, 1_300)
    sells(account, 3, 9, 5, 900, symbol="000660")
    broker_tells(account, 3, 5, 700, symbol="000660")
    catch_up(account.pk)
    everything = TradeFilter()
    assert everything.is_empty
    by_rows = TradeFilter(last=MONDAY + timedelta(days=30))
    assert sums_of(account, everything) == sums_of(account, by_rows)
    assert sums_of(account, everything).trades == 4


def test_sharing_out_loses_nothing() -> None:
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(-100, [1, 2]) == [-33, -67]
    assert share_out(7, [0, 0]) == [7, 0]


def test_an_estimate_is_cut_as_the_broker_cuts() -> None:
    """PROTOCOL 6.1: 1,673,430 at 0.015 % is 250 won; the tax of 260,000 at 0.20 % is 520."""
    rates = Rates(tax_rate(date(2026, 1, 2)) * 15 / 200, tax_rate(date(2026, 1, 2)))
    assert estimate(1_673_430, 0, rates)[0] == 250
    assert estimate(260_000, 0, rates)[1] == 520
    assert tax_rate(date(2025, 12, 31)) * 100_000 == 150
    assert tax_rate(date(2026, 1, 2), is_exempt=True) == 0
