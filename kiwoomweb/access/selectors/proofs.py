"""Whether somebody has just proved who they are: here, and for this."""

from datetime import timedelta

from allauth.core import context
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from kiwoomweb.access.factors.having import has_factor, has_passkey
from kiwoomweb.access.marks import mark_hash
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.models.proof import STRONG, Method, Proof

__all__ = ["proved_within"]


def proved_within(
    user: User,
    *,
    seconds: int = 300,
    account: Account | None = None,
    subject_hash: str = "",
    strong: bool = False,
    session_hash: str | None = None,
) -> Proof | None:
    """The person's newest proof that is good enough, or ``None``: then ask (``stepping_up.ask``).

    With ``account`` alone a proof given for that account counts as well as one given for nothing in particular.
    ``session_hash`` defaults to the session of the running request; outside one (the order process) give the
    session the intent was made in, or only proofs bound to ``subject_hash`` count. Who has a second factor must
    have shown it: a password alone is nothing then. ``strong`` accepts TOTP and passkey only.

    With ``subject_hash`` (and its ``account``) a holder of a passkey needs a proof bound to exactly that and
    not spent yet; with TOTP alone any fitting proof of the session does: a code can be bound to nothing.
    """
    methods = _methods(user, strong=strong)
    fresh = Proof.objects.filter(
        user=user, at__gt=timezone.now() - timedelta(seconds=seconds), method__in=methods
    ).order_by("-at", "-pk")
    if subject_hash:
        bound = fresh.filter(account=account, subject_hash=subject_hash, spent_at=None).first()
        if bound or has_passkey(user):
            return bound
    session = session_hash or _running_session()
    if not session:
        return None
    here = Q(account=None) | Q(account=account) if account else Q(account=None)
    return fresh.filter(here, session_hash=session, subject_hash="").first()


def _methods(user: User, *, strong: bool) -> frozenset[Method]:
    if strong:
        return STRONG
    return STRONG | {Method.RECOVERY} if has_factor(user) else frozenset(Method)


def _running_session() -> str:
    request: HttpRequest | None = context.request
    return mark_hash(request) if request is not None else ""
