"""The letters of a change of address: a link to the new mailbox, a way back to the old one."""

from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kiwoomweb.access.models import AddressChange

__all__ = ["changed", "to_new", "to_old"]


def to_new(change: AddressChange, token: str, request: HttpRequest) -> None:
    """The link that confirms; without a token the mailbox is told that it is somebody's here already."""
    link = request.build_absolute_uri(reverse("access:email-confirm", args=[token])) if token else ""
    with translation.override(change.user.language or "ko"):
        _send(change.new, _("새 이메일을 확인하세요"), "new", change, link)


def to_old(change: AddressChange, token: str, request: HttpRequest) -> None:
    """What somebody wants, and the link that stops it or puts it back."""
    link = request.build_absolute_uri(reverse("access:email-undo", args=[token]))
    with translation.override(change.user.language or "ko"):
        _send(change.old, _("로그인 이메일을 바꾸려 합니다"), "old", change, link)


def changed(change: AddressChange) -> None:
    """To the old mailbox once it has happened. The way back is in the first letter."""
    with translation.override(change.user.language or "ko"):
        _send(change.old, _("로그인 이메일을 바꿨습니다"), "changed", change, "")


def _send(address: str, subject: str, name: str, change: AddressChange, link: str) -> None:
    text = render_to_string(f"account/email/address_{name}.txt", {"change": change, "link": link})
    EmailMessage(subject, text, to=[address]).send()
