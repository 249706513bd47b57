"""What access does when the library says that a password has changed."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver
from django.http import HttpRequest

from kiwoomweb.access.models import User
from kiwoomweb.access.services.new_ways import password_is_new

__all__ = ["told"]


@receiver((password_changed, password_set, password_reset), dispatch_uid="access.password_is_new")
def told(sender: Any, request: HttpRequest, user: User, **rest: Any) -> None:
    password_is_new(user, request, by_mail=rest.get("signal") is password_reset)
