"""Keys: seal an account's key pair into its row, open it for the gateway, take it away."""

from contextlib import AbstractContextManager, nullcontext
from threading import Lock

from django.db import connection, transaction
from django.utils import timezone

from kiwoomweb.access import sealing
from kiwoomweb.access.errors import KeysUnreadable, NotConnected
from kiwoomweb.access.key_ring import KeyFileMissing, SealError
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.access.sealing import Place
from kiwoomweb.broker.credentials import Credentials

__all__ = ["forget", "keep", "opened", "place_of"]

_turn = Lock()
FIELDS = ("app_key_seal", "app_secret_seal")


def place_of(account: Account, field: str) -> Place:
    """Where that half of the account's key pair lies."""
    return Place(Credential._meta.db_table, account.pk, field, account.environment)


def keep(account: Account, credentials: Credentials) -> None:
    """Seal the pair into the account's row, over the pair that was there. Raises ``SealError``."""
    try:
        version = sealing.ring().newest
    except KeyFileMissing:
        if Credential.objects.exists():
            raise  # a new ring would hide that the old one is lost
        sealing.make_ring()
        version = sealing.ring().newest
    key, secret = (place_of(account, field) for field in FIELDS)
    with _in_turn(), transaction.atomic():
        Credential.objects.update_or_create(
            account=account,
            defaults={
                "app_key_seal": sealing.seal(credentials.app_key, key, version=version),
                "app_secret_seal": sealing.seal(credentials.app_secret, secret, version=version),
                "key_version": version,
                "app_key_tail": credentials.app_key[-4:],
                "made_at": timezone.now(),
            },
        )
        Account.objects.filter(pk=account.pk).update(connected_at=timezone.now())


def _in_turn() -> AbstractContextManager[object]:
    """SQLite lets whoever asks next write, not whoever waits longest: of fifty, one was passed over until it
    gave up. Within a process, writers stand in line; whoever holds the database already has had their turn."""
    return nullcontext() if connection.in_atomic_block else _turn


def opened(account: Account) -> Credentials:
    """The account's key pair. Raises ``NotConnected``, or ``KeysUnreadable`` when the ring does not fit."""
    row = Credential.objects.filter(account=account).first()
    if row is None:
        raise NotConnected
    try:
        return Credentials(*(sealing.unseal(getattr(row, field), place_of(account, field)) for field in FIELDS))
    except SealError as trouble:
        raise KeysUnreadable(str(trouble)) from None


def forget(account: Account) -> None:
    """Take the keys away. The account and its journal stay."""
    with transaction.atomic():
        Credential.objects.filter(account=account).delete()
        Account.objects.filter(pk=account.pk).update(connected_at=None)
