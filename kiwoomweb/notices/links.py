"""Addresses of this site in mails, and the signed link by which a reader unsubscribes."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

__all__ = ["absolute", "domain", "read_unsubscribe", "unsubscribe_link"]

SALT = "kiwoomweb.notices.unsubscribe"


def absolute(path: str) -> str:
    """A path of this site as readers of a mail can open it."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def domain() -> str:
    """The domain we write mail from: the end of every Message-ID."""
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ") or "localhost"


def unsubscribe_link(address: str, scope: str) -> str:
    """Never grows old: a link in a mail of last year still unsubscribes."""
    token = signing.dumps([address.lower(), scope], salt=SALT, compress=True)
    return absolute(reverse("notices:unsubscribe", args=[token]))


def read_unsubscribe(token: str) -> tuple[str, str] | None:
    """(address, scope), or ``None`` when nobody here has signed it."""
    try:
        address, scope = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return address, scope
