"""A believable account for pages to show: facts written straight into the database, no broker involved.

Amounts follow from a fixed seed, so every run shows the same year.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import trading_days
from orders.models import Fill
from portfolio.models import (
    AccountSync,
    Balance,
    Deposit,
    DiaryDay,
    DiaryLine,
    Holding,
    Purpose,
    RealisedDay,
    Sale,
    State,
    SyncTask,
)
from portfolio.services.noting import save
from portfolio.sources import SOURCES

SHARES = (
    ("005930", "삼성전자", 72_400),
    ("000660", "SK하이닉스", 204_500),
    ("005380", "현대차", 246_000),
    ("247540", "에코프로비엠", 158_300),
    ("042700", "한미반도체", 101_600),
    ("196170", "알테오젠", 339_500),
    ("035420", "NAVER", 198_700),
)


def now() -> datetime:
    return timezone.now()


def results(account: Account, today: date, days: int = 240) -> list[RealisedDay]:
    """One realised result for most of the trading days before and on ``today``."""
    chance = Random(7)
    rows = []
    for day in list(trading_days(today - timedelta(days=days * 3 // 2), today))[-days:]:
        if chance.random() < 0.2 and day != today:
            continue
        sold = chance.randrange(900_000, 30_000_000)
        realised = round(sold * chance.gauss(0.004, 0.02))
        rows.append(
            RealisedDay(
                account=account,
                day=day,
                recorded_at=now(),
                bought=chance.randrange(500_000, 25_000_000),
                sold=sold,
                realised=realised,
                commission=sold // 10_000 * 3,
                tax=sold * 20 // 10_000,
            )
        )
    return RealisedDay.objects.bulk_create(rows)


def sales(account: Account, rows: list[RealisedDay]) -> None:
    """Each day's result as one sale of one of the shares."""
    Sale.objects.bulk_create(
        Sale(
            account=account,
            day=row.day,
            recorded_at=now(),
            source="ka10073",
            digest=f"{number:064d}",
            symbol=SHARES[number % len(SHARES)][0],
            name=SHARES[number % len(SHARES)][1],
            quantity=10 + number % 90,
            buy_price=Decimal(row.sold - row.realised) / (10 + number % 90),
            sell_price=Decimal(row.sold) / (10 + number % 90),
            realised=row.realised,
            return_rate=Decimal(row.realised) * 100 / row.sold,
            commission=row.commission,
            tax=row.tax,
        )
        for number, row in enumerate(rows)
    )


def holdings(account: Account, today: date) -> None:
    """Seven shares, some up and some down, and the totals over them."""
    chance = Random(3)
    lines = []
    for symbol, name, price in SHARES:
        quantity, average = chance.randrange(10, 400), round(price * chance.uniform(0.93, 1.07))
        value, cost = price * quantity, average * quantity
        fees, tax = (value + cost) * 15 // 100_000, value * 20 // 10_000
        lines.append(
            Holding(
                account=account,
                day=today,
                recorded_at=now(),
                symbol=symbol,
                name=name,
                quantity=quantity,
                sellable=quantity,
                average_cost=average,
                cost=cost,
                price=price,
                previous_close=round(price * chance.uniform(0.97, 1.03)),
                value=value,
                profit=value - cost - fees - tax,
                return_rate=Decimal(value - cost - fees - tax) * 100 / cost,
                weight=Decimal(0),
                commission=fees,
                tax=tax,
                bought_today=0,
                sold_today=0,
            )
        )
    total = sum(line.value for line in lines)
    for line in lines:
        line.weight = Decimal(line.value) * 100 / total
    Holding.objects.bulk_create(lines)
    cost, profit = sum(line.cost for line in lines), sum(line.profit for line in lines)
    for back, day in enumerate(list(trading_days(today - timedelta(days=14), today))[::-1]):
        Balance.objects.create(
            account=account,
            day=day,
            recorded_at=now(),
            cost=cost,
            value=total,
            profit=profit,
            return_rate=Decimal(profit) * 100 / cost,
            estimated_assets=total + 34_820_000 - back * 380_000 + (back % 3) * 500_000,
            read_at=now(),
        )
    Deposit.objects.create(
        account=account,
        day=today,
        recorded_at=now(),
        cash=36_000_000,
        withdrawable=31_040_000,
        buying_power=31_040_000,
        d1=35_000_000,
        d2=34_820_000,
    )


def fills(account: Account, day: date, count: int = 9) -> None:
    chance = Random(day.toordinal())
    for number in range(count):
        symbol, name, price = SHARES[chance.randrange(len(SHARES))]
        quantity = chance.randrange(1, 200)
        Fill.objects.create(
            account=account,
            day=day,
            recorded_at=now(),
            order_no=f"{number + 1:07d}",
            fill_no=str(number + 1),
            symbol=symbol,
            name=name,
            side="buy" if number % 2 else "sell",
            quantity=quantity,
            price=Decimal(price),
            amount=price * quantity,
            filled_at=datetime(day.year, day.month, day.day, 9, 3, tzinfo=SEOUL)
            + timedelta(minutes=31 * number),
            venue="KRX",
        )


def diary(account: Account, row: RealisedDay) -> None:
    """The broker's diary of one day: the whole result in one share, another only bought."""
    costs = row.commission + row.tax
    rate = Decimal(row.realised) * 100 / row.sold
    common = {"account": account, "day": row.day, "recorded_at": now()}
    DiaryDay.objects.create(
        **common,
        bought=row.bought,
        sold=row.sold,
        costs=costs,
        settled=row.sold - row.bought,
        realised=row.realised,
        return_rate=rate,
    )
    sold = {"sold_quantity": 60, "sold_average": Decimal(row.sold) / 60, "sold": row.sold}
    none_sold = {"sold_quantity": 0, "sold_average": 0, "sold": 0}
    none_bought = {"bought_quantity": 0, "bought_average": 0, "bought": 0}
    bought = {"bought_quantity": 40, "bought_average": Decimal(row.bought) / 40, "bought": row.bought}
    one, other = SHARES[3], SHARES[0]
    DiaryLine.objects.create(
        **common,
        symbol=one[0],
        name=one[1],
        **none_bought,
        **sold,
        costs=costs,
        realised=row.realised,
        return_rate=rate,
    )
    DiaryLine.objects.create(
        **common, symbol=other[0], name=other[1], **bought, **none_sold, costs=0, realised=0, return_rate=0
    )


def synchronised(account: Account, today: date, *, done: int = 40, total: int = 40) -> None:
    """Every source answered a moment ago; ``done`` of ``total`` windows of the past are read."""
    AccountSync.objects.create(account=account, began_at=now(), planned_day=today)
    for tr in (tr for tr, source in SOURCES.items() if source.every):
        SyncTask.objects.create(
            account=account, tr=tr, purpose=Purpose.POLL, due_at=now(), last_good_at=now(), passes=3, received=7
        )
    for number in range(total):
        last = today - timedelta(days=31 * number)
        SyncTask.objects.create(
            account=account,
            tr="ka10074",
            purpose=Purpose.BACKFILL,
            first=last - timedelta(days=30),
            last=last,
            state=State.DONE if number < done else State.WAITING,
            due_at=now(),
            last_good_at=now() if number < done else None,
        )


def whole_account(account: Account, today: date, author: User) -> None:
    """Everything at once: a year of results, holdings, fills, a diary, a note, all of it fresh."""
    rows = results(account, today)
    sales(account, rows)
    holdings(account, today)
    fills(account, today)
    diary(account, rows[-1])
    synchronised(account, today)
    save(account, rows[-1].day, "시초 눌림에서 1차, 반등 확인하고 2차. 계획대로.", based_on=0, author=author)


def in_trouble(account: Account, kind: str, since: datetime | None = None) -> None:
    """The broker stopped answering for the balance, and we know since when."""
    SyncTask.objects.filter(account=account, tr="kt00018").update(
        trouble_kind=kind, trouble_since=since or datetime(2026, 11, 20, 5, 30, tzinfo=UTC), attempts=3
    )
