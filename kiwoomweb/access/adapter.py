"""How sign-in differs from the library's own: nobody signs up, guesses are slowed, a way in is written down."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from kiwoomweb.access.callers import address_of
from kiwoomweb.access.models import User
from kiwoomweb.access.models.proof import Method
from kiwoomweb.access.patience import TooMany, take
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.devices import known_device
from kiwoomweb.access.services.entering import entered
from kiwoomweb.access.services.proving import write_down

__all__ = ["Adapter"]

SILENT = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")
#: Hashing takes a while by design; nobody's password is a book.
LONGEST_PASSWORD = 128


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by e-mail; people come by the one-time address or by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request) or "0.0.0.0"  # noqa: S104  a caller without an address, not a listener

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take a token before the password is looked at: from the device's bucket, or the strangers'."""
        email = str(credentials.get("email", "")).lower()
        device = known_device(request, email)
        action, key = ("login_device", f"device:{device.pk}") if device else ("login_stranger", email)
        try:
            self._login_failed_rl_usage = take(request, action, key)
        except TooMany:
            raise ImmediateHttpResponse(respond_429(request)) from None
        if len(str(credentials.get("password", ""))) > LONGEST_PASSWORD:
            raise self.validation_error("email_password_mismatch")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The address is kept as it was typed: who typed a password there by mistake finds it cut."""
        record("session.refused", by=None, about=str(credentials.get("email", ""))[:80], request=request)

    def post_login(self, request: HttpRequest, user: User, **rest: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().post_login(request, user, **rest)
        ways = [str(one.get("type") or one["method"]) for one in get_authentication_records(request, user)]
        write_down(request, user, _strongest(ways))
        entered(request, user, response, by="+".join(dict.fromkeys(ways)) or "password")
        return response

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: ``factor_changed`` tells the person, whichever way they want to be told."""

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """One page asks who is there, ours."""
        return [{"id": "prove", "description": _("본인 확인"), "url": reverse("access:prove")}]


def _strongest(ways: list[str]) -> Method:
    """The best of what was given on the way in."""
    ranks = {"webauthn": Method.PASSKEY, "totp": Method.TOTP, "recovery_codes": Method.RECOVERY}
    return next((method for way, method in ranks.items() if way in ways), Method.PASSWORD)
