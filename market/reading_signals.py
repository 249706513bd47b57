"""Reading signals: the broker's less frequent realtime types as the events browsers receive.

The structs are filled by name: a field is the broker's figure of the same name unless ``OTHERWISE`` says which.
"""

from datetime import datetime
from typing import Any

from kiwoomweb.broker.domain import (
    AfterHoursBook,
    BestQuote,
    Breadth,
    ElwFigures,
    ElwTheory,
    EtfNav,
    ExpectedTrade,
    GoldRate,
    Halt,
    Indication,
    Member,
    Members,
    ProgramTrade,
    ShareFacts,
)
from kiwoomweb.broker.domain.live import Signal
from market.signal_events import (
    AfterHoursEvent,
    BestEvent,
    BreadthEvent,
    ExpectedEvent,
    FactsEvent,
    Firm,
    FirmsEvent,
    GoldEvent,
    IndicationEvent,
    NavEvent,
    ProgramEvent,
    RatiosEvent,
    SignalEvent,
    TheoryEvent,
    ViEvent,
)
from market.topics import OF_SHARES, place_of_item, topic

__all__ = ["KINDS", "signal_event", "vi_event"]

#: What the broker says -> the kind of topic it belongs to and the struct a page receives.
KINDS: dict[type, tuple[str, type[Any]]] = {
    BestQuote: ("best", BestEvent),
    ExpectedTrade: ("expected", ExpectedEvent),
    AfterHoursBook: ("after", AfterHoursEvent),
    Members: ("firms", FirmsEvent),
    ProgramTrade: ("program", ProgramEvent),
    ShareFacts: ("facts", FactsEvent),
    Indication: ("indication", IndicationEvent),
    Breadth: ("breadth", BreadthEvent),
    EtfNav: ("nav", NavEvent),
    ElwTheory: ("theory", TheoryEvent),
    ElwFigures: ("ratios", RatiosEvent),
    GoldRate: ("gold", GoldEvent),
}

#: Fields that go by another name at the broker, by struct.
OTHERWISE: dict[type, dict[str, str]] = {
    ExpectedEvent: {"rate": "change_rate"},
    IndicationEvent: {"rate": "change_rate"},
    GoldEvent: {"rate": "change_rate"},
    AfterHoursEvent: {"total_asks": "asks", "total_bids": "bids"},
    BreadthEvent: {
        "rate": "change_rate",
        "limit_up": "at_upper_limit",
        "up": "rising",
        "down": "falling",
        "limit_down": "at_lower_limit",
    },
}


def signal_event(signal: Signal, heard: int, usual: str = "") -> SignalEvent:
    """A signal for the pages; ``usual`` is the suffix of the account's usual venue. Halts: ``vi_event``."""
    kind, struct = KINDS[type(signal)]
    item = getattr(signal, "symbol", "") or getattr(signal, "sector", "") or getattr(signal, "item", "")
    place = place_of_item(item, usual) if kind in OF_SHARES else item
    event: SignalEvent = _fill(struct, signal, topic(kind, place), heard)
    return event


def vi_event(halt: Halt, number: int, heard: int) -> ViEvent:
    """``number`` counts the halts heard."""
    event: ViEvent = _fill(ViEvent, halt, topic("vi", halt.symbol), heard, number=number)
    return event


def _fill(struct: type[Any], told: Any, name: str, heard: int, **known: Any) -> Any:
    names = OTHERWISE.get(struct, {})
    values = {"topic": name, "heard": heard, **known}
    for field in struct.__struct_fields__:
        if field not in values:
            values[field] = _plain(getattr(told, names.get(field, field), None))
    return struct(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, tuple):
        return tuple(_firm(one) for one in value)
    return value


def _firm(one: Member) -> Firm:
    return Firm(one.name, one.code, one.quantity, one.delta, one.foreign)
