"""The form of a forgotten password: whoever is named, the answer takes the same and says the same."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from kiwoomweb.later import later

__all__ = ["ForgottenForm"]


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """Named by ``ACCOUNT_FORMS``. The letter is written later, by a worker; for nobody, nothing is written."""

    def save(self, request: HttpRequest, **rest: Any) -> str:
        user_id = self.users[0].pk if self.users else 0
        later("access.mail_new_password", user_id=user_id, site=request.build_absolute_uri("/").rstrip("/"))
        return str(self.cleaned_data["email"])
