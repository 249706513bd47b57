"""Conditions and their hits as the pages show them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, Q

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from market.models import HitReturn, Instrument, Screener, ScreenerHit

__all__ = ["Edge", "HitLine", "ScreenerLine", "edges", "hits_of", "screeners_of"]


@dataclass(frozen=True, slots=True)
class ScreenerLine:
    """One condition; ``today`` counts its 편입 of the day. ``is_heard``: the broker tells of it right now."""

    seq: str
    name: str
    wanted: bool
    is_heard: bool
    today: int
    listed_at: datetime


@dataclass(frozen=True, slots=True)
class HitLine:
    """One hit with its returns by horizon; a horizon that is not there yet is missing."""

    pk: int
    condition: str
    seq: str
    symbol: str
    name: str
    kind: str
    at: datetime
    price: int | None
    returns: Mapping[str, HitReturn]


@dataclass(frozen=True, slots=True)
class Edge:
    """What a condition's hits were worth after one horizon: mean net percent, of how many, won how often."""

    horizon: str
    mean: Decimal | None
    count: int
    won: int


def screeners_of(account: Account, day: date) -> list[ScreenerLine]:
    """Every condition ever listed, those of the last list first."""
    begin = datetime.combine(day, time(), tzinfo=SEOUL)
    entered = Q(hits__kind=ScreenerHit.Kind.IN, hits__at__gte=begin, hits__at__lt=begin + timedelta(days=1))
    rows = Screener.objects.filter(account=account).annotate(today=Count("hits", filter=entered))
    return [
        ScreenerLine(row.seq, row.name, row.wanted, row.confirmed_at is not None, row.today, row.listed_at)
        for row in rows.order_by("seq")
    ]


def hits_of(
    account: Account,
    seq: str = "",
    kinds: Sequence[str] = (),
    symbols: Collection[str] | None = None,
    most: int = 60,
) -> list[HitLine]:
    """The newest hits first, of one condition or of all, of some symbols or of any."""
    hits = ScreenerHit.objects.filter(screener__account=account).select_related("screener")
    hits = hits.filter(screener__seq=seq) if seq else hits
    hits = hits.filter(kind__in=kinds) if kinds else hits
    hits = hits if symbols is None else hits.filter(symbol__in=symbols)
    rows = list(hits.prefetch_related("returns").order_by("-at", "-pk")[:most])
    names = Instrument.objects.in_bulk({row.symbol for row in rows})
    return [
        HitLine(
            row.pk,
            row.condition,
            row.screener.seq,
            row.symbol,
            names[row.symbol].name if row.symbol in names else row.symbol,
            row.kind,
            row.at,
            row.price,
            {one.horizon: one for one in row.returns.all()},
        )
        for row in rows
    ]


def edges(account: Account, seq: str, horizons: Sequence[str]) -> list[Edge]:
    """Over all kept hits of a condition."""
    rows = HitReturn.objects.filter(hit__screener__account=account, hit__screener__seq=seq, net__isnull=False)
    told = rows.values("horizon").annotate(
        mean=Avg("net"), count=Count("pk"), won=Count("pk", filter=Q(net__gt=0))
    )
    found = {row["horizon"]: row for row in told}
    return [
        Edge(name, found[name]["mean"], found[name]["count"], found[name]["won"])
        if name in found
        else Edge(name, None, 0, 0)
        for name in horizons
    ]
