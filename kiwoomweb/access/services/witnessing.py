"""Witnessing: what the doorkeeper writes down of its own accord: who looked, changed, took away, was refused.

Of looking and of refusals one entry for each person, account, session and hour; of everything else each. What
a service records itself says more (``member.invited``, ``order.sent``); this is the entry nobody can forget.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any

from django.contrib.messages import ERROR
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from kiwoomweb.access.models import Account, AuditEntry, Team, User
from kiwoomweb.access.services.auditing import record, session_digest

__all__ = ["refused", "witness"]

SAFE = {"GET", "HEAD", "OPTIONS"}
#: Hours and visits remembered by this process; what is forgotten is looked up.
MOST = 10_000
Visit = tuple[Any, ...]
_seen: OrderedDict[Visit, None] = OrderedDict()
_lock = Lock()


def witness(
    request: HttpRequest,
    response: HttpResponseBase,
    *,
    account: Account | None = None,
    team: Team | None = None,
) -> None:
    """Write down what a member's request came to, after the view has answered."""
    noun = "account" if account else "team"
    if response.status_code >= 400:
        return
    if "attachment" in response.headers.get("Content-Disposition", ""):
        _write(f"{noun}.exported", request, account, team)
    elif request.method not in SAFE:
        _write(f"{noun}.refused" if _was_refused(request) else f"{noun}.changed", request, account, team)
    elif account and _is_new("account.opened", request, account):
        _write("account.opened", request, account, None)


def refused(request: HttpRequest, code: str) -> None:
    """A signed-in person has asked for an account or a page of it that is not for them."""
    account = Account.objects.filter(code=code[:10]).select_related("team").first()
    if account and _is_new("account.denied", request, account):
        _write("account.denied", request, account, None)


def _was_refused(request: HttpRequest) -> bool:
    """Whether the view has left an error for the next page: a no that sends back is answered like a yes."""
    waiting = getattr(request, "_messages", None)
    return any(said.level >= ERROR for said in getattr(waiting, "_queued_messages", ()))


def _write(action: str, request: HttpRequest, account: Account | None, team: Team | None) -> None:
    match = request.resolver_match
    detail = {"method": request.method, "page": match.view_name if match else "", "path": request.path[:200]}
    record(action, by=_person(request), account=account, team=team, detail=detail, request=request)


def _is_new(action: str, request: HttpRequest, account: Account) -> bool:
    """Whether this hour has no such entry yet; asked of the database once an hour, then remembered."""
    person, hour = _person(request), timezone.now().replace(minute=0, second=0, microsecond=0)
    visit = (action, person.pk if person else None, account.pk, request.session.session_key, hour)
    with _lock:
        known = visit in _seen
        _seen[visit] = None
        if len(_seen) > MOST:
            _seen.popitem(last=False)
    if known:
        return False
    digest = session_digest(request)
    old = AuditEntry.objects.filter(account=account, user=person, action=action, session=digest, at__gte=hour)
    return not old.exists()


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
