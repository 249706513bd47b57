"""Our own client reads every TR back to what the ledger holds: to the won, over the whole demo year."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

import pytest

from kiwoomweb.broker.calls import account, charts, instruments, orders, quotes
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import OrderLine, Side, Span, Symbol
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.broker.wire.numbers import nearest_won
from kiwoomweb.simulator.account_facts import CashKind, SaleRow
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.serve import OPENING, Running

TODAY = OPENING.date()
#: Before the demo account was opened, whenever that was.
START = TODAY - timedelta(days=800)


@pytest.fixture(scope="module")
def client(year: Running) -> Iterator[Client]:
    one = Client(
        Credentials(year.keys.app_key, year.keys.app_secret),
        year.address,
        tokens=MemoryTokenStore(),
        pacer=Unpaced(),
        environment=Environment.SIMULATOR,
    )
    yield one
    one.close()


def days_back(count: int) -> list[date]:
    return [TODAY - timedelta(days=back) for back in range(count)]


def traded_days(year: Running) -> list[date]:
    return [one.day for one in year.call(lambda exchange: list(exchange.realised_days(START, TODAY)))]


@pytest.fixture(scope="module")
def told_orders(client: Client, year: Running) -> dict[date, list[OrderLine]]:
    """kt00007 of every day with a fill."""
    return {day: orders.orders_on(client, day) for day in traded_days(year)}


def test_the_account_and_its_money(client: Client, year: Running) -> None:
    held = year.call(lambda exchange: exchange.deposit())
    told = account.deposit(client)
    assert account.account_number(client) == year.account
    assert (told.cash, told.d1, told.d2) == (held.cash, held.d1, held.d2)
    assert (told.buying_power, told.withdrawable) == (held.buying_power, held.withdrawable)


def test_the_holdings(client: Client, year: Running) -> None:
    held = [one for one in year.call(lambda exchange: list(exchange.positions())) if one.quantity]
    told = account.balance(client)
    assert [(line.symbol, line.quantity, line.sellable) for line in told.holdings] == [
        (one.code, one.quantity, one.sellable) for one in held
    ]
    assert [(line.cost, line.value, line.profit, line.tax) for line in told.holdings] == [
        (one.cost, one.value, one.profit, one.sell_tax) for one in held
    ]
    assert told.profit == sum(one.profit for one in held)
    assert told.estimated_assets == year.call(lambda exchange: exchange.deposit()).estimated_assets


def test_the_positions_with_todays_results(client: Client, year: Running) -> None:
    held = year.call(lambda exchange: list(exchange.positions()))
    told = account.positions(client)
    assert [(one.symbol, one.quantity, one.cost, one.price) for one in told] == [
        (one.code, one.quantity, one.cost, one.price) for one in held
    ]
    assert [one.realised_today for one in told] == [int(one.realised_today) for one in held]


def test_the_year_day_by_day(client: Client, year: Running) -> None:
    days = year.call(lambda exchange: list(exchange.realised_days(START, TODAY)))
    told = account.realised(client, START, TODAY)
    assert len(told.days) > 20
    assert [(one.day, one.bought, one.sold, one.realised, one.commission, one.tax) for one in told.days] == [
        (one.day, one.bought, one.sold, one.realised, one.commission, one.tax)
        for one in reversed(days)
        if one.has_sales
    ]
    assert told.realised == sum(one.realised for one in days)
    assert told.commission == sum(one.commission for one in days)
    assert told.tax == sum(one.tax for one in days)


def sale_facts(sale: SaleRow) -> tuple[object, ...]:
    cut = Decimal("0.01")
    realised = sale.realised.quantize(cut, ROUND_DOWN)
    return (
        sale.code,
        sale.quantity,
        sale.buy_price.quantize(cut, ROUND_DOWN),
        sale.sell_price,
        nearest_won(str(realised)),
        sale.return_rate,
        sale.commission,
        sale.tax,
    )


def told_sales(sales: list[object]) -> list[tuple[object, ...]]:
    names = ("symbol", "quantity", "buy_price", "sell_price", "realised", "return_rate", "commission", "tax")
    return [tuple(getattr(sale, name) for name in names) for sale in sales]


def test_every_sale_of_the_year(client: Client, year: Running) -> None:
    sold = year.call(lambda exchange: list(exchange.realised_rows(START, TODAY)))
    told = account.sales(client, START, TODAY)
    assert told_sales(list(told)) == [sale_facts(sale) for sale in reversed(sold)]
    assert [one.day for one in told] == [sale.day for sale in reversed(sold)]


def test_the_sales_of_single_days_are_those_of_the_year(client: Client, year: Running) -> None:
    whole = account.sales(client, START, TODAY)
    for day in sorted({one.day for one in whole if one.day})[-10:]:
        of_day = [one for one in whole if one.day == day]
        assert told_sales(list(account.sales_on(client, day))) == told_sales(list(of_day))


def test_todays_sales_add_up_to_todays_total(client: Client, year: Running) -> None:
    for one in year.call(lambda exchange: list(exchange.positions())):
        total, sales = account.sales_today(client, one.code)
        assert abs(total - sum(sale.realised for sale in sales)) <= max(1, len(sales))
        assert total == int(one.realised_today)


def test_the_diary_of_two_months(client: Client, year: Running) -> None:
    seen = 0
    for day in days_back(60):
        held, told = year.call(lambda exchange, day=day: exchange.diary(day)), account.diary(client, day)
        assert told is not None
        assert (told.bought, told.sold, told.costs, told.settled, told.realised) == (
            held.bought,
            held.sold,
            held.costs,
            held.settled,
            held.realised,
        )
        assert [(line.symbol, line.realised, line.costs) for line in told.lines] == [
            (line.code, line.realised, line.costs) for line in held.lines
        ]
        seen += len(held.lines)
    assert seen > 10
    assert account.diary(client, TODAY - timedelta(days=80)) is None


def order_facts(order: Order) -> tuple[object, ...]:
    return (order.number, order.code, order.side, order.quantity, order.price, order.filled, order.remaining)


def test_every_order_of_the_year(told_orders: dict[date, list[OrderLine]], year: Running) -> None:
    assert len(told_orders) > 50
    for day, told in told_orders.items():
        held = year.call(lambda exchange, day=day: list(exchange.orders_on(day)))
        assert [
            (one.order_no, one.symbol, one.side, one.quantity, one.price, one.filled, one.remaining)
            for one in told
        ] == [order_facts(order) for order in held]
        assert [one.fill_price for one in told] == [int(order.average_price) for order in held]
        assert [one.placed_at for one in told] == [order.placed_at.replace(microsecond=0) for order in held]


def test_todays_orders_with_their_costs(client: Client, year: Running) -> None:
    held = [one for one in year.call(lambda exchange: list(exchange.orders_on(TODAY))) if one.fills]
    told = orders.filled_today(client)
    assert [(one.order_no, one.filled, one.commission, one.tax) for one in told] == [
        (order.number, order.filled, order.commission, order.tax) for order in reversed(held)
    ]
    waiting = year.call(lambda exchange: list(exchange.open_orders()))
    assert [one.order_no for one in orders.open_orders(client)] == [one.number for one in reversed(waiting)]


@pytest.mark.behaviour(82)
def test_the_cash_ledger_ends_in_todays_cash(client: Client, year: Running) -> None:
    body = {
        "strt_dt": f"{START:%Y%m%d}",
        "end_dt": f"{TODAY:%Y%m%d}",
        "tp": "0",
        "gds_tp": "0",
        "dmst_stex_tp": "%",
    }
    rows = client.rows("kt00015", body, "trst_ovrl_trde_prps_array")
    held = year.call(lambda exchange: list(exchange.cash_ledger(START, TODAY)))
    assert len(rows) == len(held) > 100
    balance = 0
    for row, fact in zip(rows, held, strict=True):
        into = row["io_tp_nm"] in {"입금", "매도"}
        balance += int(row["exct_amt"]) if into else -int(row["exct_amt"])
        assert int(row["entra_remn"]) == balance == fact.balance
    assert balance == account.deposit(client).cash


@pytest.mark.behaviour(82)
def test_holdings_rebuilt_from_orders_are_the_holdings(
    client: Client, told_orders: dict[date, list[OrderLine]]
) -> None:
    """PROTOCOL 6.30: replaying the fills of kt00007 gives what kt00018 says."""
    shares: defaultdict[Symbol, int] = defaultdict(int)
    for told in told_orders.values():
        for order in told:
            shares[order.symbol] += order.filled if order.side is Side.BUY else -order.filled
    held = {line.symbol: line.quantity for line in account.balance(client).holdings}
    assert {symbol: count for symbol, count in shares.items() if count} == held


@pytest.mark.behaviour(82)
def test_what_the_ledger_charged_is_what_the_results_say(client: Client, year: Running) -> None:
    """Settled trades of kt00015 carry the same costs, day by day, as ka10074."""
    rows = year.call(lambda exchange: list(exchange.cash_ledger(START, TODAY)))
    charged: defaultdict[date, int] = defaultdict(int)
    for row in rows:
        if row.kind in {CashKind.BUY, CashKind.SELL}:
            charged[row.traded] += row.commission + row.tax
    told = account.realised(client, START, TODAY)
    settled = [one for one in told.days if one.day in charged]
    assert len(settled) > 20
    assert [one.commission + one.tax for one in settled] == [charged[one.day] for one in settled]


def test_quotes_books_and_listings(client: Client, year: Running) -> None:
    listed = [*instruments.listings(client, "0"), *instruments.listings(client, "10")]
    assert len(listed) > 100
    some = [one.symbol for one in listed[:100]]
    for quote in quotes.quotes(client, some):
        held = year.call(lambda exchange, code=quote.symbol: exchange.quote(code))
        assert (quote.previous_close, quote.upper_limit, quote.lower_limit) == (
            held.base_price,
            held.upper_limit,
            held.lower_limit,
        )
    book = quotes.book(client, "005930")
    assert len(book.asks) == len(book.bids) == 10
    assert book.asks[0].price > book.bids[0].price
    assert instruments.listing(client, "005930").name == "삼성전자"


@pytest.mark.parametrize(("span", "name"), [(Span.DAY, "day"), (Span.WEEK, "week"), (Span.MONTH, "month")])
def test_candles(client: Client, year: Running, span: Span, name: str) -> None:
    told = charts.candles(client, "005930", span)
    bars = year.call(lambda exchange: list(exchange.bars("005930", name, len(told))))  # type: ignore[arg-type]
    assert [(one.open, one.high, one.low, one.close, one.volume) for one in reversed(told)] == [
        (bar.open, bar.high, bar.low, bar.close, bar.volume) for bar in bars
    ]


def test_candles_of_minutes_and_ticks(client: Client, year: Running) -> None:
    minutes = charts.candles(client, "005930", Span.MINUTE, minutes=5)
    bars = year.call(lambda exchange: list(exchange.minutes("005930", 5, len(minutes))))
    assert [(one.at, one.close, one.volume) for one in reversed(minutes)] == [
        (bar.at, bar.close, bar.volume) for bar in bars
    ]
    ticks = charts.candles(client, "005930", Span.TICK, minutes=1)
    prints = year.call(lambda exchange: list(exchange.ticks("005930", len(ticks))))
    assert [(one.close, one.volume) for one in reversed(ticks)] == [(one.price, one.size) for one in prints]
