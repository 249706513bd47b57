"""Changing one's address: nothing changes until the new mailbox has answered, and the old one can undo it."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.factor_news import tell
from kiwoomweb.access.models import AddressChange, User
from kiwoomweb.access.models.address_change import CONFIRM_FOR, UNDO_FOR
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.services import address_letters as letters
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.cautions import begin
from kiwoomweb.access.services.ending import end_others

__all__ = ["LinkSpent", "Refused", "ask", "confirm", "drop", "to_confirm", "to_undo", "undo", "waiting_of"]

#: Wishes an hour: each sends two letters.
MOST = 5


class Refused(Exception):
    """``str()`` says why, to the person who asked."""


class LinkSpent(Exception):
    """The link is unknown, used, called off or too old: all look the same from outside."""


def waiting_of(user: User) -> AddressChange | None:
    """The wish that waits for the new mailbox."""
    return _open().filter(user=user).first()


def ask(user: User, new: str, request: HttpRequest) -> AddressChange:
    """Mail a link to the new address and one to stop it to the old. An earlier wish is called off.

    Whether somebody else here has that address is told to that mailbox, not to who asks. Raises ``Refused``.
    """
    new, now = new.strip().lower(), timezone.now()
    if new == user.email.lower():
        raise Refused(_("지금 쓰는 이메일입니다. 다른 이메일을 적으세요."))
    if AddressChange.objects.filter(user=user, asked_at__gt=now - timedelta(hours=1)).count() >= MOST:
        raise Refused(_("한 시간에 다섯 번까지 바꿀 수 있습니다. 나중에 다시 하세요."))
    yes, no = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with transaction.atomic():
        AddressChange.objects.filter(user=user, confirmed_at=None, dropped_at=None).update(dropped_at=now)
        made = AddressChange.objects.create(
            user=user,
            old=user.email,
            new=new,
            confirm_hash=_hash(yes),
            undo_hash=_hash(no),
            asked_at=now,
        )
        record("address.asked", by=user, about=new, request=request)
        taken = User.objects.filter(email__iexact=new).exists()
        letters.to_new(made, "" if taken else yes, request)
        letters.to_old(made, no, request)
    return made


def drop(user: User, request: HttpRequest) -> bool:
    """The person has thought better of it."""
    rows = AddressChange.objects.filter(user=user, confirmed_at=None, dropped_at=None)
    gone = bool(rows.update(dropped_at=timezone.now()))
    if gone:
        record("address.kept", by=user, request=request)
    return gone


def to_confirm(token: str) -> AddressChange:
    """What the link of the new mailbox would confirm. Raises ``LinkSpent``."""
    return _found(_open().filter(confirm_hash=_hash(token)))


def to_undo(token: str) -> AddressChange:
    """What the link of the old mailbox would stop or undo. Raises ``LinkSpent``."""
    rows = AddressChange.objects.filter(undo_hash=_hash(token), dropped_at=None, undone_at=None)
    return _found(rows.filter(asked_at__gt=timezone.now() - UNDO_FOR))


def confirm(token: str, request: HttpRequest) -> AddressChange:
    """The new address is the person's from now on. Nobody is signed in by it. Raises ``LinkSpent``."""
    change = to_confirm(token)
    try:
        with transaction.atomic():
            if not _open().filter(pk=change.pk).update(confirmed_at=timezone.now()):
                raise LinkSpent
            _set(change.user, change.new)
            record("address.changed", by=change.user, about=change.new, request=request)
            letters.changed(change)
            tell(change.user, "address")
    except IntegrityError:  # somebody else has come here under that address meanwhile
        raise LinkSpent from None
    return change


def undo(token: str, request: HttpRequest) -> AddressChange:
    """Stop a change that waits. Of one that was made: the old address again, every session ended, a day's wait.

    Raises ``LinkSpent``.
    """
    change = to_undo(token)
    now = timezone.now()
    try:
        with transaction.atomic():
            waits = AddressChange.objects.filter(pk=change.pk, confirmed_at=None, dropped_at=None)
            if waits.update(dropped_at=now):
                record("address.kept", by=change.user, request=request)
                return change
            made = AddressChange.objects.filter(pk=change.pk, confirmed_at__isnull=False, undone_at=None)
            if not made.update(undone_at=now):
                raise LinkSpent
            _put_back(change, request)
    except IntegrityError:
        raise LinkSpent from None
    change.undone_at = now
    return change


def _put_back(change: AddressChange, request: HttpRequest) -> None:
    """Whatever was wished for after it falls, too: it came from whoever had the account then."""
    user = change.user
    later = AddressChange.objects.filter(user=user, pk__gt=change.pk)
    later.filter(confirmed_at=None, dropped_at=None).update(dropped_at=timezone.now())
    later.filter(confirmed_at__isnull=False, undone_at=None).update(undone_at=timezone.now())
    _set(user, change.old)
    end_others(user, None, why="address put back")
    begin(user, Why.ADDRESS, request)
    record("address.undone", by=user, about=change.old, request=request)
    tell(user, "address_back")


def _set(user: User, address: str) -> None:
    """The address in both places that hold it."""
    user.email = address
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).exclude(email=address).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=address, defaults={"primary": True, "verified": True}
    )


def _open() -> "QuerySet[AddressChange]":
    since = timezone.now() - CONFIRM_FOR
    return AddressChange.objects.filter(confirmed_at=None, dropped_at=None, asked_at__gt=since)


def _found(rows: "QuerySet[AddressChange]") -> AddressChange:
    change = rows.filter(user__is_active=True).select_related("user").first()
    if change is None:
        raise LinkSpent
    return change


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
