"""Roles: what a member of a team is, in rising order. What each may do stands in ``access.rights``."""

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Role"]


class Role(models.IntegerChoices):
    """Who somebody is in a team, or for one account.

    The order is the order of trust, not of rights: an APPROVER stands above a TRADER and yet does not trade.
    Ask for a right (``Right.NOTE in rights``) wherever the question is what somebody may do.
    """

    VIEWER = 10, _("조회")
    MENTOR = 15, _("멘토")
    TRADER = 20, _("매매")
    APPROVER = 25, _("승인")
    MANAGER = 30, _("관리")
    OWNER = 40, _("소유")
