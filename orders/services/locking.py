"""One writer a time for the facts of one account."""

from kiwoomweb.access.models import Account
from kiwoomweb.prepared import Prepared

__all__ = ["locked"]


def locked(account_id: int) -> Account:
    """The account, held until the running transaction ends.

    PostgreSQL locks its row, without standing in the way of rows that merely point at it. SQLite has one
    writer for the whole file from the start of the transaction (IMMEDIATE), so there it costs nothing.
    """
    found = _row.first(account=account_id)
    if found is None:
        raise Account.DoesNotExist(account_id)
    return found


_row = Prepared(lambda account: Account.objects.select_for_update(no_key=True).filter(pk=account), account=int)
