"""``/security/codes/``: ten new recovery codes, shown once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kiwoomweb.access.factors.having import has_factor
from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.services.cautions import unless_held_back
from kiwoomweb.access.services.factors import made_codes
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["make_codes"]


@never_cache
@require_POST
@signed_in
@unless_held_back(Why.FACTORS, Why.NETWORK)
@stepped_up()
def make_codes(request: SignedInRequest) -> HttpResponse:
    """The old ones open nothing any more."""
    if not has_factor(request.user):
        messages.error(request, _("먼저 인증 앱이나 패스키를 만드세요."))
        return redirect("access:security")
    return render(request, "access/security/codes.html", {"codes": made_codes(request.user, request)})
