"""``/security/email/``: another address to sign in with; and where the links of its letters lead."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.http import SignedInRequest, public, signed_in
from kiwoomweb.access.models import AddressChange
from kiwoomweb.access.services import address_changes
from kiwoomweb.access.services.address_changes import LinkSpent, Refused
from kiwoomweb.access.services.cautions import unless_held_back
from kiwoomweb.access.services.stepping_up import stepped_up

__all__ = ["change_address", "confirm_address", "keep_address", "undo_address"]


class AddressForm(forms.Form):
    """The new address."""

    email = forms.EmailField(
        label=gettext_lazy("새 이메일"),
        max_length=254,
        help_text=gettext_lazy(
            "확인하는 주소를 여기로 보냅니다. 그 주소를 열 때까지는 지금 이메일로 로그인합니다."
        ),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
@unless_held_back()
@stepped_up()
def change_address(request: SignedInRequest) -> HttpResponse:
    """Asks both mailboxes. Without a mail server nobody could be asked, and the page says so."""
    form = AddressForm(request.POST if "email" in request.POST else None)
    if settings.CAN_MAIL and form.is_valid():
        try:
            address_changes.ask(request.user, form.cleaned_data["email"], request)
        except Refused as no:
            form.add_error("email", str(no))
        else:
            messages.success(request, _("두 메일함에 편지를 보냈습니다. 새 메일함에서 확인하면 바뀝니다."))
            return redirect("access:email")
    page = {
        "form": form,
        "waiting": address_changes.waiting_of(request.user),
        "can_mail": settings.CAN_MAIL,
    }
    return render(request, "access/security/address.html", page, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def keep_address(request: SignedInRequest) -> HttpResponse:
    """Call a wish off that waits."""
    if address_changes.drop(request.user, request):
        messages.success(request, _("이메일을 바꾸지 않습니다."))
    return redirect("access:security")


@public("the link of the letter is the key, and signs nobody in")
@never_cache
@require_http_methods(["GET", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """A button, so that a mail program that looks into links confirms nothing."""
    return _by_link(request, token, address_changes.to_confirm, address_changes.confirm, "confirm")


@public("the link of the letter is the key: whoever has lost the account to a thief cannot sign in")
@never_cache
@require_http_methods(["GET", "POST"])
def undo_address(request: HttpRequest, token: str) -> HttpResponse:
    """The same for the old mailbox."""
    return _by_link(request, token, address_changes.to_undo, address_changes.undo, "undo")


def _by_link(
    request: HttpRequest,
    token: str,
    look: Callable[[str], AddressChange],
    act: Callable[[str, HttpRequest], AddressChange],
    does: str,
) -> HttpResponse:
    try:
        change = act(token, request) if request.method == "POST" else look(token)
    except LinkSpent:
        return render(request, "access/security/address_spent.html", status=404)
    page = {"change": change, "does": does, "is_done": request.method == "POST"}
    return render(request, "access/security/address_link.html", page)
