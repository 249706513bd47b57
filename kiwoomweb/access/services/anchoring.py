"""Anchoring: once an hour the end of every chain that has grown is written where the database cannot reach."""

from django.utils import timezone

from kiwoomweb.access.audit_anchors import Anchor, anchors_of, append
from kiwoomweb.access.models import AuditChain

__all__ = ["anchor"]


def anchor() -> int:
    """Anchor what has grown since its last anchor. Gives how many chains that were."""
    known = {held.chain: held.length for held in anchors_of(None)}
    chains = AuditChain.objects.filter(length__gt=0).values_list("key", "length", "head")
    grown = [Anchor(*each) for each in chains if known.get(each[0]) != each[1]]
    if grown:
        append(grown, timezone.now())
    return len(grown)
