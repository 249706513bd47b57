"""Trades of an account in a few words, without fills behind them: what lists, filters and reviews look at."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import SEOUL
from portfolio.models import Tag, TagGroup, Trade, TradeTag

MONDAY = date(2026, 11, 16)


def day(number: int) -> date:
    """Monday and so many days."""
    return MONDAY + timedelta(days=number)


def trade(account: Account, number: int = 0, net: int | None = 1_000, **told: Any) -> Trade:
    """A closed day trade of 10 shares at 1,000 won on ``day(number)``; ``net=None`` is 미확정."""
    at = datetime.combine(day(number), time(9, 30), tzinfo=SEOUL)
    facts: dict[str, Any] = {
        "symbol": "005930",
        "name": "삼성전자",
        "state": Trade.State.CLOSED if net is not None else Trade.State.UNSETTLED,
        "opened_day": day(number),
        "opened_at": at,
        "opening_order": str(Trade.objects.count() + 1),
        "closed_day": day(number),
        "closed_at": at + timedelta(hours=1),
        "is_day_trade": True,
        "fills": 2,
        "entries": 1,
        "exits": 1,
        "max_quantity": 10,
        "bought_quantity": 10,
        "sold_quantity": 10,
        "bought": 10_000,
        "sold": 10_000 + (net or 0),
        "cost": 10_000 if net is not None else None,
        "gross": net,
        "commission": 0,
        "tax": 0,
        "interest": 0,
        "net": net,
        "held_minutes": 60,
        "derived_at": timezone.now(),
    }
    return Trade.objects.create(account=account, **facts | told)


def open_trade(account: Account, number: int = 0, **told: Any) -> Trade:
    """Ten shares still held."""
    open_ = {"state": Trade.State.OPEN, "closed_day": None, "closed_at": None, "is_day_trade": False}
    return trade(account, number, 0, **open_ | {"open_quantity": 10, "sold_quantity": 0, "sold": 0} | told)


def label(account: Account, name: str, kind: str = "tag", group: str = "", **told: Any) -> Tag:
    """A tag, setup, mistake or emotion of the account's team, in a group of its kind."""
    now = timezone.now()
    made, _new = TagGroup.objects.get_or_create(
        team=account.team, kind=kind, name=group or kind, defaults={"created_at": now} | told
    )
    return Tag.objects.create(group=made, name=name, created_at=now)


def carry(of: Trade, *tags: Tag, author: User | None = None) -> None:
    """Hang tags on a trade, past every service."""
    for tag in tags:
        TradeTag.objects.create(trade=of, tag=tag, author=author, added_at=timezone.now())
