"""Closed trades as the formulas see them: one query for the trades and their reviews, two for what they carry.

Labels are told by their numbers as texts: names change, and addresses want numbers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from kiwoomweb.access.models import Account
from market.models import Instrument
from portfolio.analytics.outcomes import Outcome
from portfolio.models import TagGroup, Trade, TradeTag
from portfolio.selectors.entries import Entries, entries_of
from portfolio.selectors.flagging import conditions_of
from portfolio.selectors.reviews.rules import rules_by_trade
from portfolio.selectors.theming import themes_now

__all__ = ["closed", "left_out", "outcomes_of"]

COLUMNS = (
    "pk", "symbol", "name", "opened_at", "closed_at", "opened_day", "closed_day", "net", "gross", "commission",
    "tax", "interest", "cost", "held_minutes", "max_quantity", "bought", "bought_quantity", "sold",
    "adds_below", "adds_above", "entry_venue", "exit_venue",
    "review__risk", "review__setup", "review__emotion", "review__planned_stop",
    "excursion__mfe", "excursion__mae", "excursion__price_mfe", "excursion__price_mae", "excursion__atr",
    "excursion__best", "excursion__after",
)  # fmt: skip
#: Where the price is looked at after an exit: the day's close, else what is on record first.
AFTER = ("close", "1d", "60m", "5d", "10m")
KINDS = (TagGroup.Kind.TAG.value, TagGroup.Kind.MISTAKE.value)
#: Trades fetched at a time.
LUMP = 5_000


def outcomes_of(account: Account, trades: "QuerySet[Trade]") -> list[Outcome]:
    """The closed trades among these whose result is known, oldest close first."""
    rows = closed(trades).order_by("closed_day", "closed_at", "pk")
    rules, flagged = rules_by_trade(account, rows), conditions_of(account, rows)
    sectors = _sectors(trades)
    themes = themes_now(account, sectors)
    known = _Known(sectors, themes, _labels(trades), rules, entries_of(rows), flagged)
    return list(_made(rows.values_list(*COLUMNS).iterator(chunk_size=LUMP), known))


def closed(trades: "QuerySet[Trade]") -> "QuerySet[Trade]":
    """Those with a known result: open and 미확정 trades are in no statistic."""
    return trades.filter(state=Trade.State.CLOSED, net__isnull=False)


def left_out(trades: "QuerySet[Trade]") -> dict[str, int]:
    """How many of these are in no statistic, by state."""
    counted = trades.exclude(state=Trade.State.CLOSED).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in counted}


@dataclass(frozen=True, slots=True)
class _Known:
    """Sectors and themes by symbol; by trade tags and mistakes, rules checked and met, what was known at entry,
    and the conditions that had flagged it."""

    sectors: dict[str, str]
    themes: dict[str, tuple[str, ...]]
    labels: dict[str, dict[int, tuple[str, ...]]]
    rules: dict[int, tuple[int, int]]
    entries: Entries
    conditions: dict[int, tuple[str, ...]]


NONE = (0, 0)
NOTHING: dict[str, Decimal] = {}
#: 통합 (ALL) is what the broker says when it names no exchange.
VENUES = {venue: venue for venue in ("KRX", "NXT", "SOR")}


def _after(moves: dict[str, dict[str, str]] | None, sold: int) -> int | None:
    """What the sold shares gained or lost once they were sold, in won."""
    move = next((moves[name]["move"] for name in AFTER if name in moves), None) if moves else None
    return None if move is None else round(Decimal(move) * sold)


def _labels(trades: "QuerySet[Trade]") -> dict[str, dict[int, tuple[str, ...]]]:
    """Numbers of tags and of mistakes, as texts, by trade."""
    found: dict[str, dict[int, tuple[str, ...]]] = {kind: {} for kind in KINDS}
    rows = TradeTag.objects.filter(trade__in=trades.order_by(), tag__group__kind__in=KINDS)
    for trade, kind, tag in rows.order_by("tag").values_list("trade", "tag__group__kind", "tag"):
        found[kind][trade] = (*found[kind].get(trade, ()), str(tag))
    return found


def _sectors(trades: "QuerySet[Trade]") -> dict[str, str]:
    """Every symbol traded; the sector is empty where nobody knows it."""
    symbols = trades.order_by().values_list("symbol", flat=True).distinct()
    known = Instrument.objects.filter(symbol__in=symbols).values_list("symbol", "sector")
    return dict.fromkeys(symbols, "") | dict(known)


def _made(rows: Iterable[tuple[Any, ...]], known: _Known) -> Iterator[Outcome]:
    for row in rows:
        (
            key, symbol, name, opened_at, closed_at, opened_day, closed_day, net, gross, commission,
            tax, interest, cost, minutes, most, bought, bought_quantity, sold, below, above, came, went,
            risk, setup, emotion, stop, mfe, mae, price_mfe, price_mae, atr, best, after,
        ) = row  # fmt: skip
        yield Outcome(
            key, symbol, opened_at, closed_at, closed_day, net,
            gross if gross is not None else net,
            (commission or 0) + (tax or 0) + (interest or 0),
            cost or 0,
            risk=risk,
            minutes=minutes,
            name=name,
            opened_day=opened_day,
            quantity=most,
            entry=Decimal(bought) / bought_quantity if bought_quantity else None,
            bought=bought,
            sold=sold,
            adds_below=below,
            adds_above=above,
            sector=known.sectors.get(symbol, ""),
            setup=str(setup or ""),
            emotion=str(emotion or ""),
            tags=known.labels["tag"].get(key, ()),
            mistakes=known.labels["mistake"].get(key, ()),
            planned=True if stop is not None else None,
            mfe=mfe,
            mae=mae,
            price_mfe=price_mfe,
            price_mae=None if price_mae is None else abs(price_mae),
            atr=atr,
            best=best,
            after=_after(after, sold),
            rules=known.rules.get(key, NONE)[0],
            rules_met=known.rules.get(key, NONE)[1],
            entry_venue=VENUES.get(came, ""),
            exit_venue=VENUES.get(went, ""),
            themes=known.entries.themes.get(key) or known.themes.get(symbol, ()),
            facts=known.entries.facts.get(key, NOTHING),
            conditions=known.conditions.get(key, ()),
        )  # fmt: skip
