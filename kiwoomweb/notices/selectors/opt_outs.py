"""Who wants to hear no more of something."""

from kiwoomweb.notices.models import OptOut

__all__ = ["left"]


def left(scope: str) -> frozenset[str]:
    """The addresses, in lower case, that have unsubscribed from it."""
    return frozenset(OptOut.objects.filter(scope=scope).values_list("address", flat=True))
