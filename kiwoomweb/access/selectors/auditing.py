"""What the audit trail says: entries of a team, and whether a chain is what it was.

Found by ``verify``: a changed byte, a missing, added or swapped entry, an end cut off behind an anchor.
"""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from kiwoomweb.access.audit_anchors import Anchor, anchors_of
from kiwoomweb.access.audit_guard import is_up
from kiwoomweb.access.audit_key import audit_ring
from kiwoomweb.access.audit_seal import seal_of
from kiwoomweb.access.key_ring import KeyRing, SealError
from kiwoomweb.access.models import AuditChain, AuditEntry

__all__ = ["Verdict", "judge", "verify", "verify_all", "verify_ends"]

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """``length`` entries were read; ``broken_at`` is the number of the first that does not fit, ``why`` a word.

    ``why`` is one of missing, changed, end, anchor, key, guard; empty when all is well.
    """

    chain: str
    length: int
    broken_at: int | None = None
    why: str = ""

    @property
    def ok(self) -> bool:
        return not self.why


def verify(chain: AuditChain) -> Verdict:
    """Read the chain as long as it says it is and judge it. Raises ``AuditKeyMissing``."""
    entries = AuditEntry.objects.filter(chain=chain).order_by("number")
    told = entries.filter(number__lte=chain.length).iterator(CHUNK)
    verdict = judge(chain, told, anchors_of(chain.key), audit_ring())
    if verdict.ok and entries.filter(number__gt=AuditChain.objects.get(pk=chain.pk).length).exists():
        return Verdict(chain.key, chain.length, chain.length + 1, "end")
    return verdict


def verify_all() -> Iterator[Verdict]:
    """A verdict on every chain, on every anchored chain that is gone, and on a guard that is down."""
    chains = {chain.key: chain for chain in AuditChain.objects.order_by("pk")}
    yield from (verify(chain) for chain in chains.values())
    gone = {anchor.chain for anchor in anchors_of(None)} - chains.keys()
    yield from (Verdict(key, 0, 1, "anchor") for key in sorted(gone))
    if not is_up(connection):
        yield Verdict("database", 0, 0, "guard")


def verify_ends() -> Iterator[Verdict]:
    """A verdict on the last entry of every chain, and on a guard that is down. Raises ``AuditKeyMissing``."""
    for chain in AuditChain.objects.filter(length__gt=0).order_by("pk"):
        last = AuditEntry.objects.filter(chain=chain, number__lte=chain.length).order_by("-number")[:2]
        yield _end(chain, list(last), audit_ring())
    if not is_up(connection):
        yield Verdict("database", 0, 0, "guard")


def _end(chain: AuditChain, last: list[AuditEntry], ring: KeyRing) -> Verdict:
    if not last or last[0].number != chain.length:
        return Verdict(chain.key, chain.length, chain.length, "end")
    before = last[1].seal if len(last) > 1 else ""
    why, seal = _judged(chain.key, chain.length, before, last[0], ring)
    if not why and not hmac.compare_digest(chain.head.encode(), seal.encode()):
        why = "end"
    return Verdict(chain.key, chain.length, chain.length if why else None, why)


def judge(
    chain: AuditChain, entries: Iterable[AuditEntry], anchors: Iterable[Anchor], ring: KeyRing
) -> Verdict:
    """Whether these entries, in this order, are what the chain's end and its anchors say they were."""
    held = {anchor.length: anchor.head for anchor in anchors}
    seal, number = "", 0
    for number, entry in enumerate(entries, 1):
        why, seal = _judged(chain.key, number, seal, entry, ring)
        if not why and not hmac.compare_digest(held.pop(number, seal).encode(), seal.encode()):
            why = "anchor"
        if why:
            return Verdict(chain.key, number, number, why)
    if held:
        return Verdict(chain.key, number, number + 1, "anchor")
    if (chain.length, chain.head) != (number, seal):
        return Verdict(chain.key, number, number + 1, "end")
    return Verdict(chain.key, number)


def _judged(chain: str, number: int, before: str, entry: AuditEntry, ring: KeyRing) -> tuple[str, str]:
    """What is wrong with one entry, and its true seal."""
    if entry.number != number:
        return "missing", ""
    try:
        seal = seal_of(ring.key(entry.key_version), before, chain, entry)
    except SealError:
        return "key", ""
    return ("" if hmac.compare_digest(entry.seal.encode(), seal.encode()) else "changed"), seal
