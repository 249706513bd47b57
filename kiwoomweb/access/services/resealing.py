"""Resealing: bring every sealed row under the newest key, while everybody keeps reading.

Rows are taken in batches, each batch one transaction; a row that has been replaced meanwhile is left alone.
Stopped at any moment it can be started again and goes on where rows still carry an older key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from kiwoomweb.access import desk_keys, sealing
from kiwoomweb.access.key_ring import SealError, add_key
from kiwoomweb.access.models import Credential
from kiwoomweb.access.sealing import Place
from kiwoomweb.access.services.keys import make_key_files, opened_row, sealed
from kiwoomweb.access.services.resealing_factors import reseal_factors

__all__ = ["Outcome", "also_reseal", "hand_over", "new_keys", "renewed", "reseal"]

BATCH = 100


@dataclass
class Outcome:
    """``done`` rows and ``factors`` now carry key ``version``; ``unreadable`` names whose seal did not open."""

    version: int
    done: int = 0
    factors: int = 0
    #: Secrets of those above: of ways to reach people, and of letters that wait.
    others: int = 0
    unreadable: list[str] = field(default_factory=list)


#: What else is sealed, by those who seal it: each brings its rows under ``outcome.version``.
_also: list[Callable[[Outcome], None]] = []


def also_reseal(bring: Callable[[Outcome], None]) -> Callable[[Outcome], None]:
    """Register rows that are sealed elsewhere: they change keys together with the broker keys."""
    _also.append(bring)
    return bring


def renewed(blob: bytes | memoryview, place: Place, version: int) -> bytes | None:
    """The blob under that key; ``None`` where it is already. Raises ``SealError``."""
    if sealing.version_of(bytes(blob)) == version:
        return None
    return sealing.seal(sealing.unseal(blob, place), place, version=version)


def new_keys() -> int:
    """A new key in the ring and a new pair for the desk; from now on they seal. The ring's version."""
    sealing.ring()
    make_key_files()
    desk_keys.add_desk_key()
    return add_key(Path(settings.SEALING_KEYS_FILE))


def reseal(batch: int = BATCH) -> Outcome:
    """Re-seal all rows under the newest keys. Raises ``SealError`` when the key files are not there."""
    outcome = Outcome(sealing.ring().newest)
    hand_over(outcome, batch)
    outcome.factors, unopened = reseal_factors(outcome.version)
    outcome.unreadable += unopened
    for bring in _also:
        bring(outcome)
    return outcome


def hand_over(outcome: Outcome, batch: int = BATCH) -> None:
    """Every account's key pair under the newest key of the desk, those too that the ring has sealed before."""
    make_key_files()
    desk_keys.make_desk_keys()  # the public half, should it not be that of the private one
    last = 0
    while rows := list(_older(after=last)[:batch]):
        last = rows[-1].pk
        with transaction.atomic():
            for row in rows:
                _reseal(row, outcome)


def _older(*, after: int) -> QuerySet[Credential]:
    newest = Q(key_version=desk_keys.private().newest) & ~Q(key_name="")
    return Credential.objects.exclude(newest).filter(pk__gt=after).select_related("account").order_by("pk")


def _reseal(row: Credential, outcome: Outcome) -> None:
    try:
        fresh = sealed(row.account, opened_row(row, row.account))
    except SealError:
        outcome.unreadable.append(str(row.account))
        return
    # Replaced in the meantime: the new pair was sealed by whoever replaced it.
    unchanged = Credential.objects.filter(pk=row.pk, app_key_seal=bytes(row.app_key_seal))
    outcome.done += unchanged.update(**fresh)
