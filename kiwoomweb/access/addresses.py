"""Addresses somebody asks to be led to: of this site, or the start page."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

__all__ = ["safe_address"]


def safe_address(request: HttpRequest, address: str) -> str:
    """``address`` if it is a path of this site, else ``/``: nobody is led astray by a link."""
    fits = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if fits and address.startswith("/") else "/"
