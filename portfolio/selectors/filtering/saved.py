"""The filters a person saved for an account."""

from dataclasses import dataclass

from kiwoomweb.access.models import Account, User
from portfolio.models import SavedFilter

__all__ = ["SavedQuery", "saved_filters"]


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A canonical query under its name."""

    pk: int
    name: str
    query: str


def saved_filters(account: Account, person: User) -> list[SavedQuery]:
    """By name; removed ones are not among them."""
    rows = SavedFilter.objects.filter(account=account, person=person, removed_at=None).order_by("name")
    return [SavedQuery(*row) for row in rows.values_list("pk", "name", "query")]
