"""Channel: one way by which one person is reached outside the browser, and when they do not want to be."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models.account import new_code

__all__ = ["Channel", "Digest", "Habits", "Way"]


class Way(models.TextChoices):
    """How a message leaves."""

    MAIL = "mail", _("메일")
    WEBHOOK = "webhook", _("웹훅")
    TELEGRAM = "telegram", _("텔레그램")


class Digest(models.TextChoices):
    """How long notices are gathered before they go as one message."""

    NOW = "now", _("바로")
    HOUR = "hour", _("한 시간씩 모아서")
    DAY = "day", _("하루치를 모아서")


class Channel(models.Model):
    """``address`` and ``secret`` are sealed (access.sealing): a webhook's address is often its only secret.

    mail: neither, it goes to the person's address. webhook: address = URL, secret = HMAC key.
    telegram: address = the bot's token; ``chat`` is known once the person has sent ``/start code`` to the bot.
    ``shown`` is what pages say of it: a host, a bot's name.
    """

    code = models.CharField(max_length=10, unique=True, default=new_code, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="channels")
    way = models.CharField(max_length=10, choices=Way.choices)
    shown = models.CharField(max_length=120, blank=True)
    address = models.BinaryField(null=True)
    secret = models.BinaryField(null=True)
    chat = models.CharField(max_length=32, blank=True)
    #: The kinds that go this way, by name.
    kinds = models.JSONField(default=list)
    digest = models.CharField(max_length=6, choices=Digest.choices, default=Digest.NOW)
    ready_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    #: The last thing that went wrong, in the words of the other side; empty once something got through.
    trouble = models.CharField(max_length=300, blank=True)
    trouble_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(way="mail"), name="one_mail_channel_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.shown}".strip()


class Habits(models.Model):
    """When a person wants quiet, in Korean time. ``quiet_from`` after ``quiet_to`` spans midnight."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="notice_habits"
    )
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    #: When the day's notices are sent together.
    digest_at = models.TimeField(default="18:30")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.quiet_from or '-'}~{self.quiet_to or '-'}"
