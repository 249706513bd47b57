"""Resealing: bring every sealed row under the newest key, while everybody keeps reading.

Rows are taken in batches, each batch one transaction; a row that has been replaced meanwhile is left alone.
Stopped at any moment it can be started again and goes on where rows still carry an older key.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from kiwoomweb.access import sealing
from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.models import Credential
from kiwoomweb.access.sealing import Place
from kiwoomweb.access.services.keys import FIELDS, place_of
from kiwoomweb.access.services.resealing_factors import reseal_factors

__all__ = ["Outcome", "also_reseal", "renewed", "reseal"]

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


def reseal(batch: int = BATCH) -> Outcome:
    """Re-seal all rows under the newest key of the ring. Raises ``SealError`` when there is no ring."""
    outcome = Outcome(sealing.ring().newest)
    last = 0
    while rows := list(_older(outcome.version, after=last)[:batch]):
        last = rows[-1].pk
        with transaction.atomic():
            for row in rows:
                _reseal(row, outcome)
    outcome.factors, unopened = reseal_factors(outcome.version)
    outcome.unreadable += unopened
    for bring in _also:
        bring(outcome)
    return outcome


def _older(version: int, *, after: int) -> QuerySet[Credential]:
    rows = Credential.objects.exclude(key_version=version).filter(pk__gt=after)
    return rows.select_related("account").order_by("pk")


def _reseal(row: Credential, outcome: Outcome) -> None:
    account, fresh = row.account, {}
    try:
        for name in FIELDS:
            place = place_of(account, name)
            fresh[name] = sealing.seal(
                sealing.unseal(getattr(row, name), place), place, version=outcome.version
            )
    except SealError:
        outcome.unreadable.append(str(account))
        return
    # Replaced in the meantime: the new pair was sealed by whoever replaced it.
    unchanged = Credential.objects.filter(pk=row.pk, app_key_seal=bytes(row.app_key_seal))
    outcome.done += unchanged.update(**fresh, key_version=outcome.version)
