"""The language switch: for this browser by cookie, and for the person wherever they sign in."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from kiwoomweb.access.http import public
from kiwoomweb.access.models import User

__all__ = ["choose_language"]


@public("the sign-in page is read in one's own language")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Takes ``language`` and ``next`` as Django's own view does, and remembers the choice."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return set_language(request)
