"""Telling: what happens to an order goes into the audit chain and rings the bell of the pages, in one place."""

from django.http import HttpRequest

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.services import auditing
from market.services.outbox import announce
from orders.models import Intent

__all__ = ["about_of", "tell", "tell_account"]

Detail = dict[str, str | int | None]


def tell(
    action: str,
    intent: Intent,
    *,
    by: User | None = None,
    detail: Detail | None = None,
    request: HttpRequest | None = None,
    is_quiet: bool = False,
) -> None:
    """Write down what happened to an intent, in the caller's transaction; pages hear of it after the commit.

    ``is_quiet``: no page is told, which may take time when the queue is slow.
    """
    account = intent.account
    auditing.record(action, by=by, account=account, about=about_of(intent), detail=detail, request=request)
    if is_quiet:
        return
    body = {"intent": intent.code, "state": intent.state, "symbol": intent.symbol, "order_no": intent.order_no}
    announce(account.pk, account.code, "order", body)


def about_of(intent: Intent) -> str:
    """What the trail calls an order."""
    return f"{intent.kind} {intent.side} {intent.symbol} {intent.quantity} {intent.code}"


def tell_account(
    action: str,
    account: Account | None,
    *,
    by: User | None = None,
    about: str = "",
    detail: Detail | None = None,
) -> None:
    """The same for what concerns an account as a whole, or all of them."""
    auditing.record(action, by=by, account=account, about=about, detail=detail)
    if account is not None:
        announce(account.pk, account.code, "order", {"about": action})
