"""Noticing: what the market says while a trade's first fill is fresh; asked once, and kept beside the trade.

Six TRs at most, behind everything else: the quote (ka10095), 체결강도 (ka10046), the sectors (ka20003), who
buys (ka10059), the board of turnover (ka10032), the themes (ka90001). A TR that does not
answer leaves no value; old fills are never asked about, since the market would speak of now.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_time

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls.investors import investor_days
from kiwoomweb.broker.calls.listings import Listed, listed
from kiwoomweb.broker.calls.quotes import quotes
from kiwoomweb.broker.calls.themes import themes
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.pacing import Priority
from kiwoomweb.later import later
from market.models import Instrument
from portfolio.models import EntryContext, Trade
from portfolio.selectors.inside.needs import index_of

__all__ = ["note_entry", "notice"]

log = logging.getLogger(__name__)
#: A fill older than this is history: the market of now says nothing about it.
FRESH = timedelta(minutes=5)
#: Trades that change at once in a derivation of history; a trader opens fewer in one moment.
MOST = 20

Values = dict[str, dict[str, Any]]


def notice(account_id: int, trade_ids: frozenset[int], days: frozenset[date]) -> None:
    """Of the trades that changed, ask about those opened just now. Cheap when there are none: no query."""
    if len(trade_ids) > MOST or not trade_ids:
        return
    account = Account.objects.filter(pk=account_id, credential__isnull=False).first()
    if account is None:
        return
    now = gateway.broker_now(account)
    if now.date() not in days:
        return
    opened = Trade.objects.present().filter(pk__in=trade_ids, opened_at__gt=now - FRESH, entry_context=None)
    for pk in opened.values_list("pk", flat=True):
        later("portfolio.note_entry", trade_id=pk)


def note_entry(trade_id: int) -> None:
    """Ask and write down. Run twice, it asks once; too late, it asks nothing."""
    trade = Trade.objects.select_related("account").filter(pk=trade_id, is_void=False).first()
    if trade is None or trade.opened_at is None or EntryContext.objects.filter(trade=trade).exists():
        return
    now = gateway.broker_now(trade.account)
    if now - trade.opened_at > 2 * FRESH:
        return
    broker = gateway.broker_for(trade.account, Priority.BACKFILL)
    values: Values = {}
    for tr, asked in QUESTIONS.items():
        try:
            for key, value, unit in asked(broker, trade):
                values[key] = {"value": value, "unit": unit, "source": tr, "at": _now(trade.account)}
        except BrokerError as trouble:
            log.info("entry context of trade %s: %s did not answer (%s)", trade_id, tr, trouble)
    with transaction.atomic():
        if Trade.objects.select_for_update().filter(pk=trade_id).exists():
            EntryContext.objects.get_or_create(trade=trade, defaults={"values": values, "asked_at": now})


Found = Iterator[tuple[str, str, str]]


def _quote(broker: Broker, trade: Trade) -> Found:
    for quote in quotes(broker, [trade.symbol]):
        figures = {
            "change": (quote.change_rate, "%"),
            "price": (quote.price, "원"),
            "turnover": (quote.turnover, "원"),
            "volume": (quote.volume, "주"),
            "market_cap": (quote.market_cap, "원"),
        }
        yield from ((key, str(value), unit) for key, (value, unit) in figures.items() if value is not None)


def _strength(broker: Broker, trade: Trade) -> Found:
    page = listed(broker, "ka10046", {"stk_cd": trade.symbol})
    names = [column.name for column in page.columns]
    before = [row for row in page.rows if _is_before(row, names, trade.opened_at)]
    row = next(iter(before or page.rows), None)
    if row is None:
        return
    for name, key in (("cntr_str", "strength"), ("cntr_str_5min", "strength_5m")):
        value = row.figures[names.index(name)].value
        if isinstance(value, int | Decimal):
            yield key, str(value), "%"


def _is_before(row: Listed, names: list[str], at: datetime | None) -> bool:
    """Rows come newest first; the first that is not after the fill is the one then."""
    told = row.figures[names.index("cntr_tm")].value
    clock = parse_time(str(told)) if told is not None else None
    return bool(at and clock and clock <= at.astimezone(SEOUL).time())


def _sectors(broker: Broker, trade: Trade) -> Found:
    """The share's sector among all of its market by the day's change; the index itself beside it."""
    index = index_of(trade.symbol).removeprefix("index:")
    page = listed(broker, "ka20003", {"inds_cd": index})
    rows = [row for row in page.rows if row.change_rate is not None]
    if rows:
        yield "index_change", str(rows[0].change_rate), "%"
    sector = Instrument.objects.filter(symbol=trade.symbol).values_list("sector", flat=True).first()
    ranked = sorted(rows[1:], key=lambda row: row.change_rate or Decimal(0), reverse=True)
    for place, row in enumerate(ranked, 1):
        if sector and row.name == sector:
            yield "sector", sector, ""
            yield "sector_rank", f"{place}/{len(ranked)}", ""
            yield "sector_change", str(row.change_rate), "%"


def _flows(broker: Broker, trade: Trade) -> Found:
    """Net buying of the day so far; before the first figures of a day the broker tells of the day before."""
    for day in investor_days(broker, trade.symbol)[:1]:
        yield "flows_day", day.day.isoformat(), ""
        for key, value in (("foreigners", day.foreigners), ("institutions", day.institutions)):
            if value is not None:
                yield key, str(value), "원"


def _turnover_board(broker: Broker, trade: Trade) -> Found:
    page = listed(broker, "ka10032")
    for place, row in enumerate(page.rows, 1):
        if row.symbol == trade.symbol:
            yield "turnover_rank", str(place), ""


def _themes(broker: Broker, trade: Trade) -> Found:
    if names := [theme.name for theme in themes(broker, of_symbol=trade.symbol) if theme.name]:
        yield "themes", "\n".join(names), ""


QUESTIONS: dict[str, Callable[[Broker, Trade], Found]] = {
    "ka10095": _quote,
    "ka10046": _strength,
    "ka20003": _sectors,
    "ka10059": _flows,
    "ka10032": _turnover_board,
    "ka90001": _themes,
}


def _now(account: Account) -> str:
    return gateway.broker_now(account).isoformat()
