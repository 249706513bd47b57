"""Facts: everything the checks look at, read once and handed in. ``None`` is "nobody told us", and denies.

``orders.selectors.situation`` reads them from the database; tests write them down. Amounts are won, rates basis
points (300 is 3 %), moments the broker's time with a zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from fractions import Fraction

from kiwoomweb.broker.domain import OrderKind, Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import Sessions

__all__ = [
    "Held",
    "Limits",
    "Machine",
    "MemberLimits",
    "Permission",
    "Promise",
    "Quotation",
    "Situation",
    "Standing",
    "Target",
    "Traded",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an account may do, by default as a real one. ``trading`` is off until somebody says on."""

    trading: bool = False
    max_quantity: int = 10_000
    max_order: int = 10_000_000
    max_day: int = 50_000_000
    max_open: int = 20
    per_minute: int = 30
    soft_bp: int = 300
    deny_bp: int = 1_000
    drift_ticks: int = 3
    share_bp: int = 3_000
    loss_won: int = 1_000_000
    loss_bp: int = 300
    trades_a_day: int = 50
    #: From this value on a second person must agree; ``None``: never for its value.
    approve_from: int | None = 5_000_000
    credit: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class MemberLimits:
    """What one member may do on top of the account's limits; ``None`` and empty set no limit of their own."""

    max_order: int | None = None
    max_day: int | None = None
    symbols: frozenset[str] = frozenset()
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True, slots=True)
class Permission:
    """Who asks and whether they may, read at this moment.

    ``is_person`` is false for exits kept by the server: nobody is there to be asked, and they may only reduce.
    ``proved`` is the step-up of the last five minutes. ``held`` says why real orders wait on a new device.
    """

    is_person: bool = True
    may_order: bool | None = None
    proved: bool | None = None
    held: str = ""
    same_environment: bool | None = None
    is_first_real: bool | None = None


@dataclass(frozen=True, slots=True)
class Traded:
    """The instrument: ``kind`` as in ``ticks``, ``state`` the listing's own words."""

    kind: str
    name: str = ""
    market: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """The present price, the best of both sides and the limits of the day. ``at`` is when we were told."""

    price: int | None
    bid: int | None
    ask: int | None
    upper: int | None
    lower: int | None
    at: datetime

    @property
    def is_sane(self) -> bool:
        """Whether every number in it is one a price can be: whole and above zero. Blank is not told, no lie."""
        told = (self.price, self.bid, self.ask, self.upper, self.lower)
        return all(one is None or (type(one) is int and one > 0) for one in told)


@dataclass(frozen=True, slots=True)
class Held:
    """A holding: shares, those of them that may be sold now, and what they are worth."""

    quantity: int
    sellable: int
    value: int


@dataclass(frozen=True, slots=True)
class Standing:
    """The account as told at ``at`` (our clock): buying power, worth, the day's result, holdings.

    Holdings are keyed by symbol; what lies on a loan by ``symbol/YYYY-MM-DD``, each loan a lot of its own.
    """

    at: datetime
    power: int
    assets: int
    result: int
    holdings: Mapping[str, Held] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promise:
    """What an order of ours may still take and the broker's figures do not show yet. ``cash`` and ``value`` in
    won at worst."""

    symbol: str
    side: Side
    shares: int
    cash: int
    value: int


@dataclass(frozen=True, slots=True)
class Target:
    """The order a change or a cancellation speaks of. ``is_ours``: sent by us, not by another terminal."""

    symbol: str
    side: Side
    price: int
    remaining: int
    kind: OrderKind | None = None
    is_ours: bool = True


@dataclass(frozen=True, slots=True)
class Machine:
    """The state of the machine the orders go out from: skew against the broker, MB free, audit, last backup."""

    skew: timedelta | None = None
    free_mb: int | None = None
    audit_ok: bool | None = None
    backup_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """All of it. ``now`` is the broker's time, ``wall`` ours. ``level``: ``active``, ``reducing``, ``halted``.

    ``barred`` says which halt keeps in this person's orders, or those of this share, blank for none.

    ``is_again``: a second look, just before the order leaves, at what a person has confirmed already.

    ``gross`` is what was and may still be traded today in won; ``made`` the moments of this minute's orders;
    ``twins`` the codes of equal orders of the last ten seconds.
    """

    now: datetime
    wall: datetime
    environment: Environment
    permission: Permission
    level: str | None = None
    stopped: str = ""
    barred: str = ""
    lane_open: bool | None = None
    lane_why: str = ""
    limits: Limits | None = None
    member: MemberLimits | None = None
    traded: Traded | None = None
    hours: Sessions | None = None
    quote: Quotation | None = None
    standing: Standing | None = None
    promises: tuple[Promise, ...] | None = None
    gross: int | None = None
    member_gross: int | None = None
    open_orders: int | None = None
    made: tuple[datetime, ...] | None = None
    sent_today: int | None = None
    lost_lock: bool = False
    trades_lock: bool = False
    trades_opened: bool = False
    twins: tuple[str, ...] | None = None
    target: Target | None = None
    machine: Machine = Machine()
    rate: Fraction | None = None
    is_again: bool = False

    @property
    def is_shut(self) -> bool:
        """Whether the day's loss or its number of orders has shut it (C21)."""
        return self.lost_lock or self.trades_lock
