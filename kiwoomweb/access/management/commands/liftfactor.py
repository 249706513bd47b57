"""``manage.py liftfactor person@example.com``: let in an owner who has lost their second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from kiwoomweb.access.services.lost_factors import lift_by_hand

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Take a person's second factors away and end their sessions: the password alone opens again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(_("그 이메일로 가입한 사람이 없습니다: %(email)s") % {"email": email})
        if not lift_by_hand(user):
            raise CommandError(_("%(email)s에게는 풀 인증 수단이 없습니다.") % {"email": user.email})
        self.stdout.write(
            _("%(email)s의 인증 수단을 없애고 모든 곳에서 나가게 했습니다. 들어오면 새로 만들라고 하세요.")
            % {"email": user.email}
        )
