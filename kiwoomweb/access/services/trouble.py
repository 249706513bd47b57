"""Trouble: what keeps a whole account from being read, since when, and that it is over.

One refused TR is the sync's business. Wrong keys, a wrong environment, an unregistered address or a broker that
is down stop everything the account does, so the account itself says it.
"""

from django.db.models import Q
from django.utils import timezone

from kiwoomweb.access.errors import NotConnected
from kiwoomweb.access.models import Account
from kiwoomweb.broker.errors import AuthFailed, BrokerError, TokenExpired, Unreachable

__all__ = ["is_of_account", "note", "settle"]


def is_of_account(error: BrokerError) -> bool:
    """Whether the error stops the whole account; an expired token is renewed and is not news."""
    return isinstance(error, AuthFailed | Unreachable | NotConnected) and not isinstance(error, TokenExpired)


def note(account: Account, error: BrokerError) -> None:
    """Write the trouble on the account. The same trouble again keeps the moment it began."""
    if not is_of_account(error):
        return
    kind = type(error).__name__
    changed = Account.objects.filter(~Q(trouble_kind=kind), pk=account.pk)
    changed.update(trouble_kind=kind, trouble_sentence=error.notice, trouble_since=timezone.now())


def settle(account: Account) -> None:
    """The broker answered: the trouble is over. Reads first, so that a healthy account costs no write."""
    troubled = Account.objects.filter(~Q(trouble_kind=""), pk=account.pk)
    if troubled.exists():
        troubled.update(trouble_kind="", trouble_sentence="", trouble_since=None)
