"""``manage.py vouch person@example.com``: end the day of waiting after a new device or a reset."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from kiwoomweb.access.services.cautions import vouch_by_hand

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Vouch for a person: what a new device or a reset has locked for a day opens at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(_("그 이메일로 가입한 사람이 없습니다: %(email)s") % {"email": email})
        if not vouch_by_hand(user):
            raise CommandError(_("%(email)s에게는 잠긴 것이 없습니다.") % {"email": user.email})
        self.stdout.write(_("%(email)s의 잠금을 풀었습니다.") % {"email": user.email})
