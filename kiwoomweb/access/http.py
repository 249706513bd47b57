"""The doorkeeper of views: who is asking, for which account, with which right."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import account_or_404

__all__ = ["MemberRequest", "SignedInRequest", "member_required", "signed_in"]

P = ParamSpec("P")
View: TypeAlias = Callable[..., HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request whose user is a person, not a visitor."""

    user: User


class MemberRequest(SignedInRequest):
    """A request of a member: ``account`` is the one the path names, ``role`` the member's role in its team."""

    account: Account
    role: Role


def signed_in(view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase]) -> View:
    """Only for people; visitors are sent to sign in and come back."""
    return cast("View", login_required(cast("Callable[..., Any]", view)))


def member_required(
    at_least: Role = Role.VIEWER,
) -> Callable[[Callable[Concatenate[MemberRequest, str, P], HttpResponseBase]], View]:
    """Only for members with that role in the team of the account ``code``; everybody else sees 404.

    Usage::

        @require_GET
        @member_required(at_least=Role.VIEWER)
        def overview(request: MemberRequest, code: str) -> HttpResponse:
            page = overview_page(request.account)
    """

    def decorate(view: Callable[Concatenate[MemberRequest, str, P], HttpResponseBase]) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member = cast("MemberRequest", request)
            member.account = account_or_404(member.user, code, at_least)
            member.role = Role(member.account.my_role)  # type: ignore[attr-defined]
            return view(member, code, *args, **kwargs)

        return cast("View", guarded)

    return decorate
