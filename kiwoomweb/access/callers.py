"""Callers: from where a request comes, as far as it can be believed."""

from django.conf import settings
from django.http import HttpRequest

__all__ = ["address_of"]


def address_of(request: HttpRequest) -> str:
    """The caller's IP address: what the last of our own proxies saw; without proxies the socket's other end.

    ``X-Forwarded-For`` is believed only as far from its end as proxies of ours stand before us: what comes
    before that is whatever the caller has written.
    """
    nearest = str(request.META.get("REMOTE_ADDR") or "")
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR") or "").split(",")]
    if proxies and len(told) >= proxies and told[-proxies]:
        return told[-proxies][:45]
    return nearest[:45]
