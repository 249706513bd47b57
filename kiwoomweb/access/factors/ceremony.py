"""The two ceremonies of WebAuthn: making a passkey, and showing it. The only user of ``fido2``.

What is signed is ours to choose: the challenge of a proof for one order is the hash of that order
(``challenge_for``), so that a signature made for one is worth nothing for another.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from fido2.server import Fido2Server

__all__ = [
    "NotAccepted",
    "Shown",
    "Site",
    "begin_making",
    "begin_showing",
    "challenge_for",
    "finish_making",
    "finish_showing",
    "has_a_name",
    "new_nonce",
    "signature_holds",
    "site_of",
]

#: What one signature may carry; anything longer is not ours to parse.
LONGEST = 32_768


class NotAccepted(Exception):
    """The browser's answer does not fit what was asked, or nobody knows this passkey."""


@dataclass(frozen=True, slots=True)
class Site:
    """Whom a passkey is for: the name in the address bar, and the whole origin, port included."""

    rp_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A passkey that has signed: which, its counter, whether a person was recognised, and what it signed."""

    credential_id: str
    sign_count: int
    user_verified: bool
    signed: dict[str, str]


def site_of(request: HttpRequest) -> Site:
    """The site as this request's browser sees it."""
    host = request.get_host()
    return Site(
        host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host, f"{request.scheme}://{host}"
    )


def has_a_name(site: Site) -> bool:
    """Whether passkeys can be made here: browsers make none for a bare IP address."""
    return not site.rp_id.startswith("[") and not site.rp_id.replace(".", "").isdecimal()


def new_nonce() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def challenge_for(nonce: str, account: str = "", subject_hash: str = "") -> bytes:
    """SHA-256 over a fresh nonce and what the proof is for: 256 bits, never twice the same."""
    return hashlib.sha256(f"kiwoomweb-proof|{nonce}|{account}|{subject_hash}".encode()).digest()


def begin_making(
    site: Site, handle: str, name: str, called: str, known: Sequence[bytes]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to make, and the state to keep until it answers.

    The passkey can sign in alone, so it must live in the device and recognise its person.
    """
    from fido2.webauthn import (
        PublicKeyCredentialUserEntity,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options, state = _server(site).register_begin(
        user=PublicKeyCredentialUserEntity(id=handle.encode(), name=name, display_name=called),
        credentials=_credentials(known),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), dict(state)


def finish_making(site: Site, state: Mapping[str, Any], answer: Any) -> tuple[bytes, str, int]:
    """The new passkey: its public half, its id, its counter. Raises ``NotAccepted``."""
    try:
        made = _server(site).register_complete(dict(state), _sound(answer))
    except (ValueError, TypeError, KeyError, AttributeError) as trouble:
        raise NotAccepted(type(trouble).__name__) from None
    key = made.credential_data
    if key is None:
        raise NotAccepted("no key")
    return bytes(key), _text(key.credential_id), int(made.counter)


def begin_showing(
    site: Site, known: Sequence[bytes], challenge: bytes, *, verified: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked to sign. Without ``known`` any passkey may answer."""
    from fido2.webauthn import UserVerificationRequirement as Wish

    options, state = _server(site).authenticate_begin(
        credentials=_credentials(known) or None,
        user_verification=Wish.REQUIRED if verified else Wish.PREFERRED,
        challenge=challenge,
    )
    return dict(options), dict(state)


def finish_showing(site: Site, state: Mapping[str, Any], known: Sequence[bytes], answer: Any) -> Shown:
    """Who signed. Raises ``NotAccepted``: wrong origin, challenge, signature, or a stranger's passkey."""
    from fido2.webauthn import AuthenticationResponse

    try:
        _server(site).authenticate_complete(dict(state), _credentials(known), _sound(answer))
        said = AuthenticationResponse.from_dict(answer)
    except (ValueError, TypeError, KeyError, AttributeError) as trouble:
        raise NotAccepted(type(trouble).__name__) from None
    data = said.response.authenticator_data
    signed = {
        "credential": _text(said.raw_id),
        "data": _text(bytes(data)),
        "client": _text(bytes(said.response.client_data)),
        "signature": _text(said.response.signature),
    }
    return Shown(_text(said.raw_id), int(data.counter), bool(data.is_user_verified()), signed)


def signature_holds(public: bytes, signed: Mapping[str, str], challenge: bytes) -> bool:
    """Whether ``signed`` is a signature of that passkey over that challenge: asked again by who acts on it."""
    from cryptography.exceptions import InvalidSignature
    from fido2.webauthn import AttestedCredentialData, CollectedClientData

    try:
        client = CollectedClientData(_bytes(signed["client"]))
        key = AttestedCredentialData(public).public_key
        key.verify(_bytes(signed["data"]) + client.hash, _bytes(signed["signature"]))
    except (InvalidSignature, ValueError, TypeError, KeyError):
        return False
    return client.type == CollectedClientData.TYPE.GET and hmac.compare_digest(client.challenge, challenge)


def _server(site: Site) -> "Fido2Server":
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    rp = PublicKeyCredentialRpEntity(name="KiwoomWeb", id=site.rp_id)
    return Fido2Server(rp, verify_origin=lambda origin: bool(origin == site.origin))


def _credentials(known: Sequence[bytes]) -> list[Any]:
    from fido2.webauthn import AttestedCredentialData

    return [AttestedCredentialData(one) for one in known]


def _sound(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict) or len(repr(answer)) > LONGEST:
        raise NotAccepted("shape")
    return answer


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
