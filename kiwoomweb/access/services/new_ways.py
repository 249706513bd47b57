"""A new password: whoever is signed in elsewhere with the old one is out, and the person is told."""

from django.http import HttpRequest

from kiwoomweb.access.factor_news import tell
from kiwoomweb.access.factors.having import has_factor
from kiwoomweb.access.models import User
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.models.proof import Method
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.cautions import begin
from kiwoomweb.access.services.ending import end_others
from kiwoomweb.access.services.proving import write_down

__all__ = ["password_is_new"]


def password_is_new(user: User, request: HttpRequest, *, by_mail: bool = False) -> None:
    """Only the session in which it was chosen goes on, and only if it is the person's own.

    ``by_mail``: whoever reads the person's mail can do that; without a second factor they are held back a day.
    """
    is_own = request.user == user
    end_others(user, request if is_own else None, why="password changed")
    if is_own:
        write_down(request, user, Method.PASSWORD)
    if by_mail and not has_factor(user):
        begin(user, Why.PASSWORD, request)
    record("password.changed", by=user, request=request)
    tell(user, "password")
