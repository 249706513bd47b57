"""Setting the thresholds of the habit detectors; all of them or none."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from kiwoomweb.access.models import Account, User
from portfolio.analytics.behaviour.thresholds import DEFAULTS
from portfolio.models import HabitThresholds
from portfolio.selectors.habits import LIMITS, as_number

__all__ = ["OutOfBounds", "set_thresholds"]


class OutOfBounds(ValueError):
    """Some thresholds are no numbers or beyond their limits: nothing was saved. ``names`` are theirs."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def set_thresholds(account: Account, said: Mapping[str, str], author: User) -> None:
    """Blank is the catalogue's own. Raises ``OutOfBounds``."""
    told = {name: said[name] for name in LIMITS if said.get(name, "").strip()}
    wrong = [name for name, text in told.items() if as_number(name, text) is None]
    if wrong:
        raise OutOfBounds(wrong)
    values = {name: as_number(name, text) for name, text in told.items()}
    kept = {name: str(value) for name, value in values.items() if value != _usual(name)}
    HabitThresholds.objects.update_or_create(
        account=account, defaults={"values": kept, "changed_at": timezone.now(), "changed_by": author}
    )


def _usual(name: str) -> int | Decimal:
    value: int | Decimal = getattr(DEFAULTS, name)
    return value
