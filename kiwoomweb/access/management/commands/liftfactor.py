"""``manage.py liftfactor person@example.com``: let in an owner who has lost their second factor."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from kiwoomweb.access.management.person import PersonCommand
from kiwoomweb.access.models import User
from kiwoomweb.access.services.lost_factors import lift_by_hand

__all__ = ["Command"]


class Command(PersonCommand):
    help = "Take a person's second factors away and end their sessions: the password alone opens again."

    def act(self, user: User) -> str:
        if not lift_by_hand(user):
            raise CommandError(_("%(email)s에게는 풀 인증 수단이 없습니다.") % {"email": user.email})
        return _("%(email)s의 인증 수단을 없애고 모든 곳에서 나가게 했습니다. 들어오면 새로 만들라고 하세요.")
