"""Moving: the only way from one state to another. One conditional UPDATE, one entry in the audit chain.

Nothing else in the project writes ``Intent.state``. A pair the table does not have raises ``IllegalMove``: that
is an error of ours, and whoever catches it halts the account.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from kiwoomweb.access.models import User
from orders.models import Intent
from orders.services.alarming import of_state
from orders.services.reserving import adjust
from orders.services.telling import tell
from orders.states import State, allowed

__all__ = ["IllegalMove", "Overtaken", "move", "note", "walk"]


class IllegalMove(Exception):
    """The table of states has no such pair."""


class Overtaken(Exception):
    """Somebody else has changed the intent since it was read: read it again."""


def move(
    intent: Intent,
    to: State,
    *,
    by: User | None = None,
    detail: dict[str, str | int | None] | None = None,
    request: HttpRequest | None = None,
    **columns: Any,
) -> None:
    """Take one step, with what else changes in the row. ``intent`` is as it was read and is kept current."""
    old = intent.at
    if not allowed(old, to, takes_back=intent.takes_back):
        raise IllegalMove(f"{intent.kind} {intent.code}: {old} -> {to}")
    with transaction.atomic():
        _write(intent, {"state": to, "state_at": timezone.now(), **columns})
        adjust(intent)
        said: dict[str, str | int | None] = {"from": old, "to": to}
        said |= {name: columns[name] for name in ("why_code", "why", "order_no", "filled") if columns.get(name)}
        tell(f"order.{to}", intent, by=by, detail=said | (detail or {}), request=request)
        of_state(intent)


def walk(intent: Intent, steps: Sequence[State], **columns: Any) -> None:
    """Take several steps; what else changes comes with the last."""
    with transaction.atomic():
        for step in steps[:-1]:
            move(intent, step)
        move(intent, steps[-1], **columns)


def note(intent: Intent, **columns: Any) -> None:
    """Change what is known beside the state (quantities, doubt) and let the reservation follow."""
    with transaction.atomic():
        _write(intent, columns)
        adjust(intent)
        tell("order.noted", intent, detail={name: str(value)[:200] for name, value in columns.items()})


def _write(intent: Intent, columns: dict[str, Any]) -> None:
    rows = Intent.objects.filter(pk=intent.pk, version=intent.version, state=intent.state)
    if rows.update(version=intent.version + 1, **columns) != 1:
        raise Overtaken(f"{intent.code} is no longer {intent.state} #{intent.version}")
    intent.version += 1
    for name, value in columns.items():
        setattr(intent, name, value)
