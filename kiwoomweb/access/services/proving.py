"""Proving who one is while signed in: a factor is checked, written down, and the session gets a new key."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.factors import keeping
from kiwoomweb.access.factors.having import has_factor
from kiwoomweb.access.marks import marked
from kiwoomweb.access.models import Account, User
from kiwoomweb.access.models.proof import Method, Proof
from kiwoomweb.access.patience import TooMany, guessing
from kiwoomweb.access.services import showing
from kiwoomweb.access.services.renewing import renew

__all__ = ["Given", "NotProved", "prove", "spend", "still_signed", "write_down"]


class NotProved(Exception):
    """What was given does not prove it. ``str()`` says what to do."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave; one of the three. ``credential`` is the browser's answer to the passkey question."""

    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    credential: Any = field(default=None, repr=False)


def prove(
    request: HttpRequest, user: User, given: Given, *, account: Account | None = None, subject_hash: str = ""
) -> Proof:
    """Check what was given, write the proof down, renew the session's key. Raises ``NotProved``.

    Who has a second factor is not believed for the password alone.
    """
    try:
        with guessing(request, "prove", f"{user.pk}"):
            method, assertion = _checked(request, user, given, account, subject_hash)
    except TooMany:
        raise NotProved(_("시도가 너무 많습니다. 5분 뒤에 다시 하세요.")) from None
    renew(request)
    return write_down(request, user, method, account=account, subject_hash=subject_hash, assertion=assertion)


def write_down(
    request: HttpRequest,
    user: User,
    method: Method,
    *,
    account: Account | None = None,
    subject_hash: str = "",
    assertion: dict[str, str] | None = None,
) -> Proof:
    """A proof of this very moment and this session."""
    return Proof.objects.create(
        user=user,
        session_hash=marked(request),
        method=method,
        at=timezone.now(),
        account=account,
        subject_hash=subject_hash,
        assertion=assertion,
    )


def spend(proof: Proof) -> bool:
    """Use a bound proof up. ``False``: somebody was faster, and whoever asks must not act on it."""
    return bool(Proof.objects.filter(pk=proof.pk, spent_at=None).update(spent_at=timezone.now()))


def still_signed(proof: Proof) -> bool:
    """Whether a passkey proof holds against its own signature: a row that somebody else wrote does not."""
    return proof.method == Method.PASSKEY and showing.holds(
        proof.user, proof.assertion or {}, proof.account, proof.subject_hash
    )


def _checked(
    request: HttpRequest, user: User, given: Given, account: Account | None, subject_hash: str
) -> tuple[Method, dict[str, str] | None]:
    if given.credential is not None:
        signed = showing.shown(request, given.credential, user=user, account=account, subject_hash=subject_hash)
        if signed is None:
            raise NotProved(_("이 패스키로는 확인할 수 없습니다. 다시 하거나 다른 방법을 쓰세요."))
        return Method.PASSKEY, signed[1]
    if given.code:
        if keeping.took_code(user, given.code):
            return Method.TOTP, None
        if keeping.took_recovery(user, given.code):
            return Method.RECOVERY, None
        raise NotProved(_("코드가 맞지 않거나 이미 쓴 코드입니다. 새 코드가 뜨면 다시 하세요."))
    if has_factor(user):
        raise NotProved(_("인증 앱의 코드나 패스키로 확인하세요."))
    if not given.password or not user.check_password(given.password):
        raise NotProved(_("비밀번호가 맞지 않습니다."))
    return Method.PASSWORD, None
