"""Commands about one person, who is named by the address they sign in with."""

from abc import abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User

__all__ = ["PersonCommand"]


class PersonCommand(BaseCommand):
    """Finds the person; ``act`` does what the command is for, and gives what it says."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(_("그 이메일로 가입한 사람이 없습니다: %(email)s") % {"email": email})
        self.stdout.write(self.act(user) % {"email": user.email})

    @abstractmethod
    def act(self, user: User) -> str:
        """A sentence with a place for ``email``. Raises ``CommandError`` where there is nothing to do."""
