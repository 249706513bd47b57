"""Codes of an authenticator app: RFC 6238, SHA-1, six digits, thirty seconds, as every app understands them."""

import base64
import hmac
import secrets
import struct
from urllib.parse import quote

__all__ = ["STEP", "code_of", "matching", "new_secret", "setup_address"]

STEP = 30
DIGITS = 6
#: Steps the person's clock may be off, in either direction.
DRIFT = 1
ISSUER = "KiwoomWeb"


def new_secret() -> str:
    """160 random bits in base32, what the RFC recommends for SHA-1."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_of(secret: str, counter: int) -> str:
    """The code of one step: HOTP of RFC 4226."""
    key = base64.b32decode(secret.encode(), casefold=True)
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching(secret: str, said: str, now: float, after: int = -1) -> int | None:
    """The step whose code was said at ``now`` (epoch seconds), if it comes after step ``after``.

    A step counts once: whoever reads a code over a shoulder finds it used, and every one before it.
    """
    typed = "".join(said.split())
    if not (typed.isascii() and typed.isdecimal() and len(typed) == DIGITS):
        return None
    today = int(now // STEP)
    found = None
    for counter in range(today - DRIFT, today + DRIFT + 1):
        # Every step is compared: how long it takes says nothing.
        if hmac.compare_digest(code_of(secret, counter), typed) and counter > after:
            found = counter
    return found


def setup_address(secret: str, person: str) -> str:
    """``otpauth://…``, what the QR code says."""
    label = quote(f"{ISSUER}:{person}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(ISSUER)}&period={STEP}&digits={DIGITS}"
