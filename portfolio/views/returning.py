"""Going back to the page a form was on, and never to another site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

__all__ = ["back_to"]


def back_to(request: HttpRequest, otherwise: str, name: str = "next") -> str:
    """The posted path, when it is one of ours."""
    wanted = request.POST.get(name, "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else otherwise
