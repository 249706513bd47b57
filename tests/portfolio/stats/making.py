"""Fills by hand, made into trades by the real derivation: what a test says is what the account did."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Side, Venue
from orders.models import Fill
from portfolio.services.trades.catching_up import derive_anew

__all__ = ["MONDAY", "trade", "trades"]

MONDAY = date(2026, 9, 7)
NAMES = {"005930": "삼성전자", "000660": "SK하이닉스", "035420": "NAVER"}


def trades(account: Account, *told: str) -> None:
    """``trades(account, "0 09:05-09:35 005930 10@1000-1100")``: day, in and out, symbol, shares, both prices.

    Day 0 is a Monday; a closing day of its own stands behind the time: ``0 09:05-10:00/3``.
    """
    for number, text in enumerate(told, Fill.objects.count() + 1):
        trade(account, text, number)
    derive_anew(account.pk)


def trade(account: Account, text: str, number: int) -> None:
    """The two fills of one round trip; ``10@1000`` is only bought, ``10@-1000`` only sold."""
    day, clocks, symbol, what = text.split()
    start, _, end = clocks.partition("-")
    end, _, later = end.partition("/")
    shares, _, prices = what.partition("@")
    bought, _, sold = prices.partition("-")
    first = MONDAY + timedelta(days=int(day))
    last = MONDAY + timedelta(days=int(later)) if later else first
    for side, day_, clock, price in (
        (Side.BUY, first, start, bought),
        (Side.SELL, last, end or start, sold),
    ):
        if price:
            at = datetime.combine(day_, time.fromisoformat(clock), tzinfo=SEOUL)
            _fill(account, at, symbol, f"{side.name[0]}{number:06d}", (side, int(shares), int(price)))


def _fill(account: Account, at: datetime, symbol: str, order: str, what: tuple[Side, int, int]) -> None:
    side, shares, price = what
    Fill.objects.create(
        account=account,
        day=at.date(),
        recorded_at=timezone.now(),
        order_no=order,
        fill_no="1",
        symbol=symbol,
        name=NAMES.get(symbol, symbol),
        side=side.value,
        quantity=shares,
        price=Decimal(price),
        amount=shares * price,
        filled_at=at,
        venue=Venue.KRX.value,
    )
