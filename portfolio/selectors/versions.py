"""The version of what an account's trades say: equal versions, equal statistics."""

from django.db.models import Sum

from kiwoomweb.access.models import Account
from portfolio.models import FiguresVersion

__all__ = ["version_of"]


def version_of(account: Account) -> int:
    """Ask before reading: what is computed afterwards is as new as this version or newer. One query."""
    rows = FiguresVersion.objects.filter(owner__in=(0, account.pk))
    return rows.aggregate(version=Sum("token"))["version"] or 0
