"""Roles: what a member of a team may do, in rising order: ``role >= Role.TRADER`` reads as it is meant."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Role"]


class Role(models.IntegerChoices):
    """VIEWER reads, TRADER also writes notes and orders, MANAGER connects accounts, OWNER owns the team."""

    VIEWER = 10, _("조회")
    TRADER = 20, _("매매")
    MANAGER = 30, _("관리")
    OWNER = 40, _("소유")
