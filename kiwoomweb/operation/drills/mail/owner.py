"""The owner in the drill: hears the bell for what ended badly, asks the reader whether it came, and presses.

Only what the product shows them, only with its buttons; what no bell told of stays as it is and is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Notice
from kiwoomweb.notices.selectors.deliveries import troubled_of
from kiwoomweb.notices.services.again import mark_read, put_away, send_again
from kiwoomweb.operation.drills.mail.scheduled import Scheduled

__all__ = ["Pressed", "look"]


@dataclass(slots=True)
class Pressed:
    """How often each button was pressed, and for how much no bell had rung (which must be nothing)."""

    again: int = 0
    away: int = 0
    untold: int = 0


def look(stage: Scheduled, taken: Mapping[str, int], pressed: Pressed) -> int:
    """One look at 보낸 기록. How many messages were sent again."""
    bells = Notice.objects.filter(user=stage.owner, kind=Kind.DELIVERY, read_at__isnull=True)
    told = {key.partition(":")[0] for key in bells.values_list("key", flat=True)}
    newest = bells.values_list("pk", flat=True).first()
    before = pressed.again
    for row in troubled_of(stage.owner):
        if row.code not in told:
            pressed.untold += 1
        elif taken.get(row.message_id):
            put_away(row)
            pressed.away += 1
        else:
            pressed.again += send_again(row)
    if newest is not None:
        mark_read(stage.owner.pk, newest)
    return pressed.again - before
