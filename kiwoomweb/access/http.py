"""The doorkeeper of views: who is asking, for which account or team, with which rights."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from kiwoomweb.access.models import Account, Membership, Team, User
from kiwoomweb.access.permission import Door, Permission, declare, rights_named
from kiwoomweb.access.rights import Right, rights_of
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import account_or_404, membership_or_404, rights_on
from kiwoomweb.access.services.witnessing import refused, witness
from kiwoomweb.ui.covering import covering

__all__ = [
    "MemberRequest",
    "SignedInRequest",
    "TeamRequest",
    "member_required",
    "public",
    "signed_in",
    "team_required",
]

P = ParamSpec("P")
View: TypeAlias = Callable[..., HttpResponseBase]
Any_view = TypeVar("Any_view", bound=Callable[..., HttpResponseBase])


class SignedInRequest(HttpRequest):
    """A request whose user is a person, not a visitor."""

    user: User


class MemberRequest(SignedInRequest):
    """A request of a member: ``account`` is the one the path names, ``role`` and ``rights`` theirs on it.

    ``masked``: its amounts are covered for them (``Right.AMOUNTS`` is missing).
    """

    account: Account
    role: Role
    rights: frozenset[Right]
    masked: bool


class TeamRequest(SignedInRequest):
    """A request of a member of the ``team`` the path names; ``rights`` are those of their role in it."""

    team: Team
    membership: Membership
    role: Role
    rights: frozenset[Right]


def public(why: str) -> Callable[[Any_view], Any_view]:
    """Open to anybody, for the reason given: ``@public("the way in")``."""

    def decorate(view: Any_view) -> Any_view:
        declare(view, Permission(Door.PUBLIC, why=why))
        return view

    return decorate


def signed_in(view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase]) -> View:
    """Only for people; visitors are sent to sign in and come back."""
    guarded = cast("View", login_required(cast("Callable[..., Any]", view)))
    declare(guarded, Permission(Door.SIGNED_IN))
    return guarded


def member_required(
    at_least: Role = Role.VIEWER, *, needs: Right | Collection[Right] = Right.SEE, covers: bool = True
) -> Callable[[Callable[Concatenate[MemberRequest, str, P], HttpResponseBase]], View]:
    """Only for members with those rights on the account ``code``; everybody else sees 404.

    While ``covers``, amounts are covered for whoever has no right to them; a page of the market alone says no.

    Usage::

        @require_GET
        @member_required(needs=Right.EXPORT)
        def files(request: MemberRequest, code: str) -> HttpResponse:
            page = overview_page(request.account)
    """
    wanted = rights_named(needs)

    def decorate(view: Callable[Concatenate[MemberRequest, str, P], HttpResponseBase]) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member = cast("MemberRequest", request)
            try:
                member.account = account_or_404(member.user, code, at_least, wanted)
            except Http404:
                refused(request, code)
                raise
            member.role = Role(member.account.my_role)  # type: ignore[attr-defined]
            member.masked = member.account.my_masked  # type: ignore[attr-defined]
            member.rights = rights_on(member.account, member.user)
            with covering(covers and member.masked):
                response = view(member, code, *args, **kwargs)
            witness(request, response, account=member.account)
            return response

        declare(guarded, Permission(Door.MEMBER, wanted, at_least))
        return cast("View", guarded)

    return decorate


def team_required(
    *, needs: Right | Collection[Right] = Right.SEE
) -> Callable[[Callable[Concatenate[TeamRequest, str, P], HttpResponseBase]], View]:
    """Only for members of the team ``team`` whose role in it has those rights; everybody else sees 404."""
    wanted = rights_named(needs)

    def decorate(view: Callable[Concatenate[TeamRequest, str, P], HttpResponseBase]) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, team: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member = cast("TeamRequest", request)
            member.membership = membership_or_404(member.user, team, wanted)
            member.team = member.membership.team
            member.role = Role(member.membership.role)
            member.rights = rights_of(member.role, masked=member.membership.masked)
            response = view(member, team, *args, **kwargs)
            witness(request, response, team=member.team)
            return response

        declare(guarded, Permission(Door.TEAM, wanted))
        return cast("View", guarded)

    return decorate
