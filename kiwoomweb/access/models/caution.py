"""A caution: for a day after somebody came from where we have never seen them, big things wait."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models.device import Device
from kiwoomweb.access.models.user import User

__all__ = ["LASTS", "Caution", "Why"]

#: Long enough for the person to read the letter and end what is not theirs.
LASTS = timedelta(hours=24)

EVERYWHERE = gettext_noop(
    "%(why)s. 안전을 위해 키와 인증 수단, 권한, 실전 거래, 계좌 넘기기가 %(until)s까지 잠겨 있습니다."
)
HERE = gettext_noop(
    "%(why)s. 안전을 위해 키와 인증 수단, 권한, 실전 거래, 계좌 넘기기가 여기서 %(until)s까지"
    " 잠겨 있습니다. 늘 쓰던 기기의 보안 화면에서 '내가 맞습니다'를 누르면 바로 풀립니다."
)


class Why(models.TextChoices):
    """What had happened, in the words of the page that says no."""

    DEVICE = "device", _("처음 보는 기기에서 로그인했습니다")
    NETWORK = "network", _("처음 보는 곳에서 비밀번호만으로 로그인했습니다")
    PASSWORD = "password", _("메일로 비밀번호를 새로 정했습니다")
    FACTORS = "factors", _("잃어버린 인증 수단을 풀었습니다")
    ADDRESS = "address", _("로그인 이메일을 되돌렸습니다")


class Caution(models.Model):
    """Holds back one device, or with ``device`` null every one of the person's, until ``until``.

    It ends by itself, or earlier when the person vouches for it from a device that is not held back.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cautions")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, null=True, blank=True, related_name="cautions")
    why = models.CharField(max_length=10, choices=Why.choices)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(why__in=Why.values), name="caution_why_known"),)
        indexes = (models.Index(fields=["user", "until"], name="caution_in_force"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.get_why_display()} · {self.until:%Y-%m-%d %H:%M}"

    @property
    def sentence(self) -> str:
        """Why, until when, and what to do."""
        until = timezone.localtime(self.until)
        told = {"why": self.get_why_display(), "until": f"{until:%m-%d %H:%M}"}
        if self.device_id is None:
            return gettext(EVERYWHERE) % told
        return gettext(HERE) % told
