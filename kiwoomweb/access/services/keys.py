"""Keys: seal an account's key pair into its row, open it for the order process, take it away.

Any process may write: a pair is sealed to the public key of the desk. Only who reads its private half opens it.
"""

from contextlib import AbstractContextManager, nullcontext
from threading import Lock

from django.db import connection, transaction
from django.utils import timezone

from kiwoomweb.access import desk_keys, powers, sealed_box, sealing
from kiwoomweb.access.errors import KeysUnreadable, NotConnected
from kiwoomweb.access.hardening.tenancy import across_accounts
from kiwoomweb.access.key_ring import KeyFileMissing, SealError
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.access.sealing import Place
from kiwoomweb.broker.credentials import Credentials, KeyName

__all__ = ["forget", "keep", "make_key_files", "named", "opened", "opened_row", "place_of", "sealed"]

_turn = Lock()
FIELDS = ("app_key_seal", "app_secret_seal")


def place_of(account: Account, field: str) -> Place:
    """Where that half of the account's key pair lies."""
    return Place(Credential._meta.db_table, account.pk, field, account.environment)


def keep(account: Account, credentials: Credentials) -> None:
    """Seal the pair into the account's row, over the pair that was there. Raises ``SealError``."""
    make_key_files()
    fresh = sealed(account, credentials)
    with _in_turn(), transaction.atomic():
        Credential.objects.update_or_create(
            account=account,
            defaults={**fresh, "app_key_tail": credentials.app_key[-4:], "made_at": timezone.now()},
        )
        Account.objects.filter(pk=account.pk).update(connected_at=timezone.now())


def make_key_files() -> None:
    """The files keys are sealed with, at first start. Raises ``KeyFileMissing`` where rows wait for a lost one:
    new keys would hide that."""
    if not powers.may_open_account_keys():
        desk_keys.public()
        return
    boxes = Credential.objects.exclude(key_name="")
    for there, make, waiting in (
        (desk_keys.private, desk_keys.make_desk_keys, boxes),
        (sealing.ring, sealing.make_ring, Credential.objects.all()),
    ):
        try:
            there()
        except KeyFileMissing:
            with across_accounts("whether anybody's keys wait for the lost file tells of nobody"):
                is_lost = waiting.exists()
            if is_lost:
                raise
            make()


def sealed(account: Account, credentials: Credentials) -> dict[str, object]:
    """The sealed fields of the account's row for that pair, sealed to the newest key of the desk."""
    try:
        public = desk_keys.public()
    except KeyFileMissing:  # it follows from the private half, for who has it
        desk_keys.make_desk_keys()
        public = desk_keys.public()
    halves = zip(FIELDS, (credentials.app_key, credentials.app_secret), strict=True)
    boxes = {field: sealed_box.seal_to(public, half, place_of(account, field)) for field, half in halves}
    return {**boxes, "key_version": public.newest, "key_name": credentials.fingerprint}


def _in_turn() -> AbstractContextManager[object]:
    """SQLite lets whoever asks next write, not whoever waits longest: of fifty, one was passed over until it
    gave up. Within a process, writers stand in line; whoever holds the database already has had their turn."""
    return nullcontext() if connection.in_atomic_block else _turn


def opened(account: Account) -> Credentials:
    """The account's key pair. Raises ``NotConnected``, or ``KeysUnreadable`` when the key files do not fit;
    ``MayNotOpen`` in a process that serves pages, tasks or sockets."""
    if not powers.may_open_account_keys():
        raise powers.MayNotOpen("account keys are opened by manage.py runorders alone")
    try:
        return opened_row(_row(account), account)
    except SealError as trouble:
        raise KeysUnreadable(str(trouble)) from None


def opened_row(row: Credential, account: Account) -> Credentials:
    """The pair in that row. Raises ``SealError``."""
    return Credentials(*(_opened(bytes(getattr(row, field)), place_of(account, field)) for field in FIELDS))


def named(account: Account) -> KeyName:
    """The name of the account's key pair, for who may not open it. Raises as ``opened`` does."""
    row = _row(account)
    if not row.key_name:
        raise KeysUnreadable("sealed as before there was an order process; the next start seals it anew")
    return KeyName(row.key_name)


def _row(account: Account) -> Credential:
    row = Credential.objects.filter(account=account).first()
    if row is None:
        raise NotConnected
    return row


def _opened(blob: bytes, place: Place) -> str:
    """In either form: rows from before this version are sealed by the ring until the next start."""
    if blob.startswith(sealed_box.MARK):
        return sealed_box.open_box(desk_keys.private(), blob, place)
    return sealing.unseal(blob, place)


def forget(account: Account) -> None:
    """Take the keys away. The account and its journal stay."""
    with transaction.atomic():
        Credential.objects.filter(account=account).delete()
        Account.objects.filter(pk=account.pk).update(connected_at=None)
