"""Opting out: an address hears no more of something, from this moment on, also of what is waiting."""

from kiwoomweb.notices.models import OptOut

__all__ = ["NOTICES", "opt_in", "opt_out", "opted_out"]

#: The scope of notices by mail; a report's is its plan's.
NOTICES = "notices"


def opt_out(address: str, scope: str) -> None:
    """Twice is once."""
    OptOut.objects.get_or_create(address=address.lower(), scope=scope)


def opt_in(address: str, scope: str) -> None:
    """Taken back."""
    OptOut.objects.filter(address=address.lower(), scope=scope).delete()


def opted_out(address: str, scope: str) -> bool:
    """Whether nothing of it is sent there."""
    return OptOut.objects.filter(address=address.lower(), scope=scope).exists()
