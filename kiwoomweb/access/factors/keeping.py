"""Where factors lie: rows of allauth's ``Authenticator``, secrets in them sealed to their person."""

import base64
import secrets
import time
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from kiwoomweb.access import sealing
from kiwoomweb.access.factors import recovery, totp
from kiwoomweb.access.factors.having import PASSKEY, TOTP
from kiwoomweb.access.models import Credential, User
from kiwoomweb.access.sealing import Place

__all__ = [
    "RECOVERY",
    "codes_left",
    "keep_codes",
    "keep_passkey",
    "keep_totp",
    "passkeys_of",
    "place_of",
    "public_half",
    "took_code",
    "took_recovery",
    "took_signature",
]

RECOVERY = str(Authenticator.Type.RECOVERY_CODES)


def place_of(user_id: int) -> Place:
    """Where a person's TOTP seed lies."""
    return Place(Authenticator._meta.db_table, user_id, "totp", "sign-in")


def keep_totp(user: User, secret: str, counter: int) -> Authenticator:
    """Seal the seed to its person; ``counter`` is the step whose code confirmed it, used by now."""
    if not Credential.objects.exists():
        sealing.make_ring()  # before the first account is connected there may be no ring yet
    sealed = base64.b64encode(sealing.seal(secret, place_of(user.pk))).decode()
    return Authenticator.objects.create(user=user, type=TOTP, data={"seal": sealed, "counter": counter})


@transaction.atomic
def took_code(user: User, said: str) -> bool:
    """Whether ``said`` is the app's code of now, unused so far. Two at once: one of them is used."""
    row = _locked(user, TOTP)
    if row is None:
        return False
    secret = sealing.unseal(base64.b64decode(row.data["seal"]), place_of(user.pk))
    counter = totp.matching(secret, said, time.time(), row.data["counter"])
    if counter is None:
        return False
    _used(row, counter=counter)
    return True


@transaction.atomic
def keep_codes(user: User) -> tuple[str, ...]:
    """Ten new recovery codes in place of the old ones. Nobody can read them again."""
    codes, salt = recovery.new_codes(), secrets.token_hex(16)
    Authenticator.objects.filter(user=user, type=RECOVERY).delete()
    hashes = [recovery.hashed(code, salt) for code in codes]
    Authenticator.objects.create(user=user, type=RECOVERY, data={"salt": salt, "hashes": hashes})
    return codes


@transaction.atomic
def took_recovery(user: User, said: str) -> bool:
    """Whether ``said`` is one of the codes; it is crossed out."""
    row = _locked(user, RECOVERY)
    if row is None:
        return False
    hashes = list(row.data["hashes"])
    place = recovery.which(said, row.data["salt"], hashes)
    if place is None:
        return False
    hashes[place] = ""
    _used(row, hashes=hashes)
    return True


def codes_left(user: User) -> int | None:
    """How many recovery codes still open; ``None`` when there never were any."""
    row = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    return None if row is None else sum(1 for one in row.data["hashes"] if one)


def keep_passkey(user: User, name: str, rp_id: str, made: tuple[bytes, str, int]) -> Authenticator:
    """The public half of a new passkey. ``rp_id``: the site it was made for; it works nowhere else."""
    public, credential_id, counter = made
    data = {
        "name": name,
        "rp_id": rp_id,
        "id": credential_id,
        "counter": counter,
        "public": base64.b64encode(public).decode(),
    }
    return Authenticator.objects.create(user=user, type=PASSKEY, data=data)


def passkeys_of(user: User, rp_id: str = "") -> list[Authenticator]:
    """The person's passkeys, oldest first; of one site, if it is given."""
    rows = Authenticator.objects.filter(user=user, type=PASSKEY).order_by("pk")
    return [row for row in rows if not rp_id or row.data["rp_id"] == rp_id]


def public_half(row: Authenticator) -> bytes:
    return base64.b64decode(row.data["public"])


@transaction.atomic
def took_signature(pk: int, counter: int) -> bool:
    """Whether the passkey's counter has moved on. One that stands still or goes back has a twin somewhere.

    Passkeys that are copied between devices on purpose never count: theirs stays zero.
    """
    row = Authenticator.objects.select_for_update().get(pk=pk)
    if counter <= row.data["counter"] and (counter or row.data["counter"]):
        return False
    _used(row, counter=counter)
    return True


def _locked(user: User, kind: str) -> Authenticator | None:
    found: Authenticator | None = Authenticator.objects.select_for_update().filter(user=user, type=kind).first()
    return found


def _used(row: Authenticator, **news: Any) -> None:
    row.data = {**row.data, **news}
    row.last_used_at = timezone.now()
    row.save(update_fields=["data", "last_used_at"])
