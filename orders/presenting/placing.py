"""The ticket on a page: which instrument, which counter, what the account has, and what may be chosen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import OrderKind, Side, Venue, is_gold
from kiwoomweb.ui.covering import is_covered
from market.analytics.ticks import bands
from market.desk.venues import venues_of
from market.models import Instrument
from market.pages import SymbolPage
from orders.presenting.words import GROUPS, kind_word
from orders.selectors.lanes import closed_by
from orders.selectors.limits import limits_of
from orders.selectors.possession import Possession, possession_of, setups_of
from orders.selectors.situation import traded
from orders.selectors.stops import Stop, barred, stops_of
from orders.situations import Limits
from orders.tickets import Kind, Ticket

__all__ = ["TicketPage"]

#: 금현물 knows three kinds of orders only (kt50000).
OF_GOLD = frozenset({OrderKind.LIMIT, OrderKind.LIMIT_IOC, OrderKind.LIMIT_FOK})
#: What 모의투자 refuses (RC4026), and what is traded nowhere else than at the KRX.
NOT_ON_PAPER = frozenset({OrderKind.BEST, OrderKind.FIRST, OrderKind.BEST_IOC, OrderKind.BEST_FOK})


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a select."""

    value: str
    label: str
    is_priced: bool = True
    is_stop: bool = False


@dataclass
class TicketPage:
    """``asked`` is the query: ``side``, ``price``, ``quantity``; nonsense is as if it were not there."""

    account: Account
    instrument: Instrument
    asked: Mapping[str, str] = field(default_factory=dict)
    user: User | None = None

    @property
    def symbol(self) -> str:
        return self.instrument.symbol

    @property
    def is_gold(self) -> bool:
        return is_gold(self.symbol)

    @property
    def side(self) -> str:
        """The tab that opens."""
        return self.asked.get("side", "") if self.asked.get("side") in set(Side) else Side.BUY.value

    @cached_property
    def desk(self) -> SymbolPage:
        """The symbol with its quote, as the market's page knows it."""
        return SymbolPage(self.account, self.instrument, "", "", self.asked.get("venue", ""))

    @property
    def seen_at(self) -> int:
        """The broker's moment in ms: what is drawn now is what its reader sees until the feed tells more."""
        return round(broker_now(self.account).timestamp() * 1000)

    @cached_property
    def possession(self) -> Possession:
        """Nothing is known to who reads without amounts."""
        return Possession() if is_covered() else possession_of(self.account, self.symbol)

    @cached_property
    def limits(self) -> Limits:
        """What one order may be of, and whether trading is on at all."""
        return limits_of(self.account, timezone.now())

    @cached_property
    def stops(self) -> list[Stop]:
        """What keeps orders of the account in: the ticket says it where it is filled in."""
        return stops_of(self.account)

    @property
    def closed(self) -> str:
        """Why no new order can leave the account just now; blank where it can, or where trading is off."""
        return closed_by(self.account) if self.limits.trading else ""

    @property
    def barred(self) -> str:
        """Which halt keeps in this person's orders, or those of this symbol; blank for none."""
        return barred(self.account, self.user, self.symbol)

    @cached_property
    def setups(self) -> list[str]:
        return setups_of(self.account)

    @property
    def venues(self) -> list[Choice]:
        """SOR, KRX and NXT; 모의투자 and 금현물 have one counter."""
        if len(venues_of(self.account.environment, self.symbol)) == 1:
            return [Choice(Venue.KRX, "KRX")]
        return [Choice(Venue.SOR, "SOR"), Choice(Venue.KRX, "KRX"), Choice(Venue.NXT, "NXT")]

    @property
    def kinds(self) -> list[tuple[str, list[Choice]]]:
        """Kinds of orders in groups, those this counter refuses left out."""
        groups = [(_(title), [kind for kind in kinds if self._takes(kind)]) for title, kinds in GROUPS]
        return [(title, list(map(_choice, kinds))) for title, kinds in groups if kinds]

    def _takes(self, kind: OrderKind) -> bool:
        if self.is_gold:
            return kind in OF_GOLD
        return not (self.account.environment == "paper" and kind in NOT_ON_PAPER)

    @property
    def may_borrow(self) -> bool:
        """Whether the counter knows 신용: shares, and no 모의투자."""
        return not self.is_gold and self.account.environment != "paper"

    @property
    def price(self) -> str:
        """The price the form opens with: the address's, else the last one."""
        told = self.asked.get("price", "")
        if told.isascii() and told.isdigit() and len(told) < 11:
            return f"{int(told):,}"
        return f"{self.desk.quote.price:,}" if self.desk.quote.price else ""

    @property
    def quantity(self) -> str:
        told = self.asked.get("quantity", "")
        return f"{int(told):,}" if told.isascii() and told.isdigit() and len(told) < 11 else ""

    @cached_property
    def bands(self) -> str:
        """호가단위 of this instrument as JSON: ``[[below, tick], …]``, the last ``below`` being null."""
        told = traded(Ticket(Kind.PLACE, self.symbol, Side.BUY, 1))
        return json.dumps(bands(told.kind if told else "share", broker_now(self.account).date()))


def _choice(kind: OrderKind) -> Choice:
    return Choice(str(kind), kind_word(kind), kind.is_priced, kind.is_stop)
