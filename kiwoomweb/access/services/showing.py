"""Showing a passkey: what the browser is asked to sign, and whether the signature is the person's."""

import hmac
from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from kiwoomweb.access.factor_news import tell
from kiwoomweb.access.factors import ceremony, keeping
from kiwoomweb.access.factors.ceremony import NotAccepted, Shown
from kiwoomweb.access.factors.having import PASSKEY
from kiwoomweb.access.models import Account, User

__all__ = ["ask_to_show", "holds", "shown"]

_ASKED = "passkey_asked"
#: Questions one session may have open: a second tab must not undo the first one's.
OPEN = 3


def ask_to_show(
    request: HttpRequest, user: User | None, *, account: Account | None = None, subject_hash: str = ""
) -> dict[str, Any]:
    """The options for the browser. Without ``user`` any passkey of this site may answer: it signs in alone."""
    site = ceremony.site_of(request)
    nonce = ceremony.new_nonce()
    code = account.code if account else ""
    known = [keeping.public_half(row) for row in keeping.passkeys_of(user, site.rp_id)] if user else []
    options, state = ceremony.begin_showing(
        site, known, ceremony.challenge_for(nonce, code, subject_hash), verified=user is None
    )
    question = {
        "state": state,
        "nonce": nonce,
        "account": code,
        "subject": subject_hash,
        "user": user.pk if user else None,
    }
    request.session[_ASKED] = [*request.session.get(_ASKED, []), question][-OPEN:]
    return options


def shown(
    request: HttpRequest,
    answer: Any,
    *,
    user: User | None,
    account: Account | None = None,
    subject_hash: str = "",
) -> tuple[Authenticator, dict[str, str]] | None:
    """The passkey that signed exactly this, with what it signed; ``None`` when anything does not fit.

    Every question is answered once. A counter that did not move on tells of a copy: the person is told.
    """
    site = ceremony.site_of(request)
    code = account.code if account else ""
    for question in _taken(request):
        fits = (question["account"], question["subject"], question["user"]) == (
            code, subject_hash, user.pk if user else None,
        )  # fmt: skip
        found = _signed(site, question, answer, user) if fits else None
        if found is not None:
            row, said = found
            if keeping.took_signature(row.pk, said.sign_count):
                return row, {**said.signed, "nonce": question["nonce"]}
            tell(row.user, "passkey_copied")
            return None
    return None


def holds(user: User, assertion: Mapping[str, str], account: Account | None, subject_hash: str) -> bool:
    """Whether the person's passkey really signed for this account and subject."""
    code = account.code if account else ""
    challenge = ceremony.challenge_for(assertion.get("nonce", ""), code, subject_hash)
    return any(
        hmac.compare_digest(row.data["id"], assertion.get("credential", ""))
        and ceremony.signature_holds(keeping.public_half(row), assertion, challenge)
        for row in keeping.passkeys_of(user)
    )


def _taken(request: HttpRequest) -> list[dict[str, Any]]:
    """The open questions; from now on they are closed."""
    return list(request.session.pop(_ASKED, []))


def _signed(
    site: ceremony.Site, question: Mapping[str, Any], answer: Any, user: User | None
) -> tuple[Authenticator, Shown] | None:
    row = _row_of(answer, user)
    if row is None:
        return None
    try:
        return row, ceremony.finish_showing(site, question["state"], [keeping.public_half(row)], answer)
    except NotAccepted:
        return None


def _row_of(answer: Any, user: User | None) -> Authenticator | None:
    said = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(said, str):
        return None
    rows = Authenticator.objects.filter(type=PASSKEY, data__id=said).select_related("user")
    found: Authenticator | None = (rows.filter(user=user) if user else rows).first()
    return found
