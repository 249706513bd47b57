"""Instruments: refresh the list of what can be traded (ka10099), and learn single ones on the way (ka10100)."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from kiwoomweb.access.gateway import broker_for
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.instruments import Market, listing, listings
from kiwoomweb.broker.domain import GOLD, Listing, Symbol
from kiwoomweb.broker.errors import BrokerError, UnknownSymbol
from market.initials import initials
from market.models import Instrument
from market.selectors.instruments import instrument

__all__ = ["known_or_learnt", "refresh_from_any_account", "refresh_instruments", "refresh_is_due"]

#: The markets people trade shares and funds in. ELW come and go by the thousand and stay out.
MARKETS = (Market.KOSPI, Market.KOSDAQ, Market.ETF, Market.ETN, Market.KONEX)
KINDS = {Market.ETF: "ETF", Market.ETN: "ETN"}
#: The same by the broker's word for the market, for what is asked for by itself.
FUNDS = frozenset(KINDS.values())
FIELDS = ("name", "initials", "market", "sector", "kind", "state", "listed", "shares", "updated")
#: The list changes once a day at most.
EVERY = timedelta(hours=20)


def refresh_instruments(account: Account) -> int:
    """Read every market's list through the account's key. Returns how many lines were written.

    A market that cannot be read keeps its old lines; nothing is ever removed.
    """
    return sum(_refresh(account, market) for market in MARKETS)


def refresh_from_any_account() -> int:
    """The daily refresh: through the first connected account, and only when nobody has done it today."""
    account = Account.objects.filter(credential__isnull=False).order_by("pk").first()
    return refresh_instruments(account) if account and refresh_is_due() else 0


def refresh_is_due() -> bool:
    """Nobody has read the lists for a day, or ever. What was learnt by itself says nothing of them."""
    return not Instrument.objects.filter(updated__gte=timezone.now() - EVERY).exists()


def known_or_learnt(account: Account, symbol: str) -> Instrument | None:
    """The instrument, asked for once when the list does not have it; ``None`` when there is no such symbol."""
    if known := instrument(symbol):
        return known
    if name := GOLD.get(symbol):
        line = Listing(Symbol(symbol), name, "금현물", None, None, None, "", "")
        return _learn(line)
    try:
        return _learn(listing(broker_for(account), symbol))
    except UnknownSymbol:
        return None


def _learn(line: Listing) -> Instrument | None:
    row = _row(line, line.market if line.market in FUNDS else "")
    row.updated -= EVERY
    _write([row])
    return instrument(line.symbol)


def _refresh(account: Account, market: Market) -> int:
    try:
        lines = listings(broker_for(account), market)
    except BrokerError:  # noted on the account by the gateway; the next day asks again
        return 0
    return _write(_row(line, KINDS.get(market, "")) for line in lines)


def _write(rows: Iterable[Instrument]) -> int:
    # A fund is listed under its own market and under KOSPI; the later, more special line wins.
    unique = {row.symbol: row for row in rows}
    Instrument.objects.bulk_create(
        unique.values(), update_conflicts=True, unique_fields=["symbol"], update_fields=FIELDS, batch_size=500
    )
    return len(unique)


def _row(line: Listing, kind: str) -> Instrument:
    return Instrument(
        symbol=line.symbol,
        name=line.name,
        initials=initials(line.name),
        market=line.market,
        sector=line.sector,
        kind=kind,
        state=line.state,
        listed=line.listed,
        shares=line.shares,
        updated=timezone.now(),
    )
