"""``manage.py vouch person@example.com``: end the day of waiting after a new device or a reset."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from kiwoomweb.access.management.person import PersonCommand
from kiwoomweb.access.models import User
from kiwoomweb.access.services.cautions import vouch_by_hand

__all__ = ["Command"]


class Command(PersonCommand):
    help = "Vouch for a person: what a new device or a reset has locked for a day opens at once."

    def act(self, user: User) -> str:
        if not vouch_by_hand(user):
            raise CommandError(_("%(email)s에게는 잠긴 것이 없습니다.") % {"email": user.email})
        return _("%(email)s의 잠금을 풀었습니다.")
