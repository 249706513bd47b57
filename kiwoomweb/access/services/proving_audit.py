"""Proving the audit trail: all of it once an hour, its ends once a minute. Who must act hears of a break."""

from collections.abc import Iterable, Iterator

from kiwoomweb.access.audit_key import AuditKeyMissing
from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.selectors.auditing import Verdict, verify_all, verify_ends
from kiwoomweb.access.signals import audit_broken

__all__ = ["prove", "prove_ends"]


def prove() -> list[Verdict]:
    """Read every chain whole; what is broken, after it was told."""
    return _told(_sure(verify_all()))


def prove_ends() -> list[Verdict]:
    """Whether the guard stands and every chain ends as it says it does: few questions, so it can be often."""
    return _told(_sure(verify_ends()))


def _sure(verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
    """Without a key nothing can be proved, and nothing more can be sealed."""
    try:
        yield from verdicts
    except (AuditKeyMissing, SealError):
        yield Verdict("installation", 0, 0, "key")


def _told(verdicts: Iterable[Verdict]) -> list[Verdict]:
    broken = [verdict for verdict in verdicts if not verdict.ok]
    for one in broken:
        audit_broken.send(sender=Verdict, chain=one.chain, number=one.broken_at or 0, why=one.why)
    return broken
