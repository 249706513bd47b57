"""``/security/lost/<n>/``: an owner lets a member in again who has lost their factor."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.services.cautions import unless_held_back
from kiwoomweb.access.services.lost_factors import TooEarly, lift
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["lift_factor"]


@require_POST
@signed_in
@unless_held_back()
@stepped_up()
def lift_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes effect a day after it was asked for; before, it says when."""
    try:
        if not lift(request.user, pk, request):
            raise Http404
    except TooEarly as early:
        at = timezone.localtime(early.ready_at)
        messages.error(request, _("아직 이릅니다. %(at)s부터 풀 수 있습니다.") % {"at": f"{at:%m-%d %H:%M}"})
    else:
        messages.success(request, _("풀었습니다. 이제 비밀번호만으로 들어와 새 인증 수단을 만들 수 있습니다."))
    return redirect("access:security")
