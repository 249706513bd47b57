"""Lines of a file that moved shares without a trade: a person confirms each to make it a holding event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from orders.incoming.movements import Movement
from portfolio.models import HoldingEvent

__all__ = ["MovementRow", "movement_rows"]

Kind = HoldingEvent.Kind
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class MovementRow:
    """``price`` and ``reason`` fill the form; ``is_recorded`` when the holding knows of it already."""

    movement: Movement
    kind: str
    price: str
    reason: str
    is_recorded: bool


def movement_rows(account: Account, file_name: str, movements: Iterable[Movement]) -> list[MovementRow]:
    """The rows in the order of the file. One query."""
    found = list(movements)
    events = HoldingEvent.objects.filter(account=account, withdrawn_at=None)
    symbols = {each.symbol for each in found}
    facts = events.filter(symbol__in=symbols).values_list("kind", "symbol", "day", "quantity")
    known = set(facts)
    return [_row(each, file_name, known) for each in found]


def _row(movement: Movement, file_name: str, known: set[tuple[str, str, date, int]]) -> MovementRow:
    kind = (Kind.BROUGHT_IN if movement.is_in else Kind.TAKEN_OUT).value
    reason = _("%(file)s %(line)s줄: %(words)s") % {
        "file": file_name[:80],
        "line": movement.line,
        "words": movement.words,
    }
    price = "" if movement.price is None else f"{movement.price.quantize(CENT).normalize():f}"
    is_recorded = (kind, movement.symbol, movement.day, movement.quantity) in known
    return MovementRow(movement, kind, price, reason, is_recorded)
