"""``/a/<code>/live/pass/``: the ticket with which a page opens its socket."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kiwoomweb.access.hardening.passes import issue
from kiwoomweb.access.http import MemberRequest, member_required

__all__ = ["live_pass"]


@never_cache
@require_GET
@member_required(covers=False)
def live_pass(request: MemberRequest, code: str) -> JsonResponse:
    """``{"pass": …}``: for this session, this account's socket, once, within half a minute."""
    return JsonResponse({"pass": issue(request.session.session_key or "", f"/ws/live/{code}/")})
