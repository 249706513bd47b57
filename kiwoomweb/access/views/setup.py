"""``/setup/<code>/``: the first user."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.forms import SetupForm
from kiwoomweb.access.http import public
from kiwoomweb.access.models.proof import Method
from kiwoomweb.access.services import first_user
from kiwoomweb.access.services.entering import entered
from kiwoomweb.access.services.first_user import CodeSpent
from kiwoomweb.access.services.proving import write_down

__all__ = ["setup"]


@public("the first user has nobody to ask: the one-time code is the key")
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def setup(request: HttpRequest, code: str) -> HttpResponse:
    """Who has the code says who they are, and is signed in. A wrong or used code gets a page that says so."""
    if not first_user.fits(code):
        return render(request, "access/code_spent.html", status=404)
    form = SetupForm(request.POST or None)
    if not form.is_valid():
        # 200 on purpose: refusals are logged with their path, and this path is a secret until it is used.
        return render(request, "access/setup.html", {"form": form})
    try:
        user = first_user.welcome(code, form.newcomer)
    except CodeSpent:
        return render(request, "access/code_spent.html", status=404)
    login(request, user)
    write_down(request, user, Method.PASSWORD)
    response = redirect("access:first-factor")
    entered(request, user, response, by="setup")
    return response
