"""The version of what an account's trades say: equal versions, equal statistics."""

from django.db.models import Q

from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared
from portfolio.models import FiguresVersion

__all__ = ["version_of"]


def version_of(account: Account) -> int:
    """Ask before reading: what is computed afterwards is as new as this version or newer. One query."""
    return sum(_tokens.rows(account=account.pk))


_tokens: Prepared[int] = Prepared(
    lambda account: FiguresVersion.objects.filter(Q(owner=0) | Q(owner=account)).values_list(
        "token", flat=True
    ),
    account=int,
)
