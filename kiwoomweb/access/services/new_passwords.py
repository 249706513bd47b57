"""The letter that lets somebody choose a new password: one link, one hour, one use."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from kiwoomweb.access.services.auditing import record

__all__ = ["mail_link"]


def mail_link(user_id: int, site: str) -> None:
    """Mail the link in the person's language. It dies with its first use and with a sign-in."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    kept = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = site + reverse("account_reset_password_from_key", kwargs=kept)
    with translation.override(user.language or "ko"):
        text = render_to_string("account/email/new_password.txt", {"link": link, "user": user})
        EmailMessage(_("새 비밀번호를 정하세요"), text, to=[user.email]).send()
    record("password.asked", by=None, about=user.email)
