"""Laying: an account as large as the benchmark wants it, recorded as facts and derived by the product itself.

Every symbol is traded round after round from the first day to the last. A round is ten fills: bought in parts,
partly sold in between, flat at its end. The same seed lays the same account.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, NamedTuple

from kiwoomweb.access.models import Account, Membership, Team, User
from kiwoomweb.access.roles import Role
from kiwoomweb.broker.market_calendar import trading_days
from kiwoomweb.operation.benchmarks.journal.pouring import pour
from orders.models import Fill
from portfolio.models import RealisedDay, Sale

__all__ = ["FILLS_A_TRADE", "LAST_DAY", "lay_account", "lay_facts"]

FILLS_A_TRADE = 10
SYMBOLS, DAYS, MINUTES = 300, 490, 390
LAST_DAY = date(2026, 11, 20)
#: Commission of both legs and tax, in parts of a hundred thousand: only that costs exist matters here.
COMMISSION, TAX = 15, 200


def lay_account() -> tuple[User, Account]:
    """An owner and an account without keys: nothing is ever asked of a broker."""
    user = User.objects.create_user("bench@example.com", "a-long-enough-passphrase", display_name="Bench")
    team = Team.objects.create(name="bench")
    Membership.objects.create(team=team, user=user, role=Role.OWNER)
    account = Account.objects.create(team=team, name="bench", number="8100009999", environment="simulator")
    return user, account


def lay_facts(account: Account, fills: int, seed: int = 1) -> tuple[int, int]:
    """Record so many fills and the broker's sales of them; returns how many fills and sales."""
    days = list(islice(reversed(list(trading_days(LAST_DAY - timedelta(days=800), LAST_DAY))), DAYS))[::-1]
    results: dict[date, list[int]] = {}
    sales: list[tuple[Any, ...]] = []
    total = 0
    for number in range(SYMBOLS):
        rounds = fills // FILLS_A_TRADE // SYMBOLS + (number < fills // FILLS_A_TRADE % SYMBOLS)
        told = list(_rounds(number, rounds, days, Random(f"{seed}/{number}")))
        pour(Fill, FILL, (_fill(account, one) for one in told))
        sales += _sales(account, told, results)
        total += len(told)
    pour(Sale, SALE, sales)
    mine = {"account": account, "recorded_at": RECORDED}
    RealisedDay.objects.bulk_create(
        RealisedDay(**mine, day=day, **dict(zip(DAY, sums, strict=True))) for day, sums in results.items()
    )
    return total, len(sales)


class _Told(NamedTuple):
    """One fill before it is a row."""

    symbol: str
    day: date
    minute: int
    is_buy: bool
    quantity: int
    price: int
    step: int


def _rounds(number: int, rounds: int, days: list[date], luck: Random) -> Iterator[_Told]:
    symbol, price = f"{100 + number * 10:06}", luck.randint(20, 4_000) * 50
    width = len(days) * MINUTES / max(rounds, 1)
    for index in range(rounds):
        minutes = sorted(luck.uniform(index * width, (index + 0.95) * width) for _ in range(FILLS_A_TRADE))
        held = 0
        for step, minute in enumerate(minutes):
            last = step == FILLS_A_TRADE - 1
            buys = not last and (step == 0 or (step < FILLS_A_TRADE - 2 and luck.random() < 0.55))
            quantity = held if last else luck.randint(5, 60) if buys else luck.randint(1, max(1, held // 3))
            if not buys and not last and quantity >= held:
                buys, quantity = True, 10
            held += quantity if buys else -quantity
            price = max(1_000, round(price * luck.gauss(1.0, 0.008) / 50) * 50)
            day = days[min(int(minute // MINUTES), len(days) - 1)]
            yield _Told(symbol, day, int(minute % MINUTES), buys, quantity, price, index * FILLS_A_TRADE + step)


def _fill(account: Account, told: _Told) -> tuple[Any, ...]:
    # 09:00 in Seoul is midnight in UTC, which databases keep.
    at = f"{told.day} {told.minute // 60:02}:{told.minute % 60:02}:00"
    return (
        *(account.pk, str(told.day), 0, RECORDED_TEXT, f"{int(told.symbol):05}{told.step:05}"[-10:], "1"),
        *(told.symbol, f"종목 {told.symbol}", "buy" if told.is_buy else "sell", "", told.quantity),
        *(told.price, told.quantity * told.price, at, "KRX"),
    )


FILL = (
    *("account", "day", "copy", "recorded_at", "order_no", "fill_no", "symbol", "name", "side", "credit"),
    *("quantity", "price", "amount", "filled_at", "venue"),
)
SALE = (
    *("account", "day", "copy", "recorded_at", "source", "digest", "symbol", "name", "quantity", "buy_price"),
    *("sell_price", "realised", "return_rate", "commission", "tax", "credit"),
)
DAY = ("bought", "sold", "realised", "commission", "tax")
RECORDED = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECORDED_TEXT = "2026-11-20 12:00:00"


def _sales(account: Account, fills: list[_Told], results: dict[date, list[int]]) -> list[tuple[Any, ...]]:
    """One line a symbol and day, as the broker would reckon it at the moving average."""
    held, cost, lines = 0, 0, dict[date, list[int]]()
    for fill in fills:
        amount = fill.quantity * fill.price
        if fill.is_buy:
            held, cost = held + fill.quantity, cost + amount
            results.setdefault(fill.day, [0] * 5)[0] += amount
            continue
        part = (2 * cost * fill.quantity + held) // (2 * held)
        held, cost = held - fill.quantity, cost - part
        line = lines.setdefault(fill.day, [0, 0, 0])
        for place, number in enumerate((fill.quantity, amount, part)):
            line[place] += number
    symbol = fills[0].symbol if fills else ""
    return [_sale(account, symbol, day, line, results) for day, line in lines.items()]


def _sale(
    account: Account, symbol: str, day: date, line: list[int], results: dict[date, list[int]]
) -> tuple[Any, ...]:
    quantity, sold, cost = line
    commission = (sold + cost) * COMMISSION // 1_000_000 * 10
    tax = sold * TAX // 100_000
    realised = sold - cost - commission - tax
    sums = results.setdefault(day, [0] * 5)
    for place, won in enumerate((0, sold, realised, commission, tax)):
        sums[place] += won
    return (
        *(account.pk, str(day), 0, RECORDED_TEXT, "ka10073", f"{symbol}{day}", symbol, f"종목 {symbol}"),
        *(quantity, round(cost / quantity, 7), round(sold / quantity, 7), realised, 0, commission, tax),
        "현금잔고",
    )
