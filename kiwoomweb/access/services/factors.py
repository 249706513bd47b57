"""Making and dropping factors: kept, written down, told to the person."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest

from kiwoomweb.access.factor_news import tell
from kiwoomweb.access.factors import keeping
from kiwoomweb.access.factors.having import PASSKEY, TOTP, has_factor
from kiwoomweb.access.models import User
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.renewing import renew

__all__ = ["drop", "made_app", "made_codes", "made_passkey"]


@transaction.atomic
def made_app(user: User, secret: str, counter: int, request: HttpRequest) -> None:
    """The person's app has shown its first code; an app that was there is replaced."""
    Authenticator.objects.filter(user=user, type=TOTP).delete()
    keeping.keep_totp(user, secret, counter)
    _tell(user, "factor.made", "app_made", TOTP, request)


@transaction.atomic
def made_passkey(
    user: User, name: str, rp_id: str, made: tuple[bytes, str, int], request: HttpRequest
) -> Authenticator:
    """A new passkey."""
    row = keeping.keep_passkey(user, name, rp_id, made)
    _tell(user, "factor.made", "passkey_made", PASSKEY, request)
    return row


@transaction.atomic
def made_codes(user: User, request: HttpRequest) -> tuple[str, ...]:
    """Ten new recovery codes, to be shown now and never again."""
    codes = keeping.keep_codes(user)
    _tell(user, "factor.made", "codes_made", keeping.RECOVERY, request)
    return codes


@transaction.atomic
def drop(user: User, pk: int, request: HttpRequest) -> bool:
    """Take one factor away; recovery codes go with the last. ``False`` when there is no such."""
    row = Authenticator.objects.filter(user=user, pk=pk).exclude(type=keeping.RECOVERY).first()
    if row is None:
        return False
    kind = row.type
    row.delete()
    if not has_factor(user):
        Authenticator.objects.filter(user=user).delete()
    _tell(user, "factor.dropped", "app_dropped" if kind == TOTP else "passkey_dropped", kind, request)
    return True


def _tell(user: User, action: str, what: str, kind: str, request: HttpRequest) -> None:
    renew(request)
    record(action, by=user, detail={"kind": kind}, request=request)
    tell(user, what)
