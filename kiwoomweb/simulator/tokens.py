"""Tokens: what au10001 issues and au10002 revokes, on the virtual clock.

PROTOCOL 1.3. A token lives 24 hours from its first issue; asking again while it lives gives the same token
and the same ``expires_dt``. The text carries a mark of the host kind it was issued by, so that a real token
shown to a mock host (or the reverse) is told apart from an unknown one: 8031, not 8005.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Literal

from kiwoomweb.simulator.profile import Profile
from kiwoomweb.simulator.refusals import auth, bad_input

__all__ = ["Issued", "KeyPair", "Tokens"]

LIFETIME = timedelta(hours=24)

Kind = Literal["real", "mock"]


@dataclass(frozen=True, slots=True)
class KeyPair:
    """An app key and its secret. ``kind`` is the host it was made for."""

    app_key: str = field(repr=False)
    app_secret: str = field(repr=False)
    kind: Kind = "real"


@dataclass(frozen=True, slots=True)
class Issued:
    text: str = field(repr=False)
    expires: datetime
    app_key: str = field(repr=False)


class Tokens:
    """All key pairs of one host and the token each of them holds.

    ``file`` (0600) makes tokens outlive the process, as the broker's do; without it they live in memory.
    """

    def __init__(
        self, profile: Profile, keys: Iterable[KeyPair], now: Callable[[], datetime], file: Path | None = None
    ) -> None:
        self.profile = profile
        self._keys = {pair.app_key: pair for pair in keys}
        self._now = now
        self._file = file
        self._issued: dict[str, Issued] = {}
        self._load()

    def pair(self, body: Mapping[str, str]) -> KeyPair:
        """The key pair named in a token request, or 8020, 8001, 8030."""
        app_key, app_secret = body.get("appkey", ""), body.get("secretkey", "")
        if not app_key or not app_secret:
            raise bad_input("8020")
        pair = self._keys.get(app_key)
        if pair is None or not compare_digest(pair.app_secret.encode(), app_secret.encode()):
            raise auth("8001")
        if pair.kind != self.profile.name:
            raise auth("8030")
        return pair

    def issue(self, pair: KeyPair) -> Issued:
        """The living token of the pair, or a new one (au10001)."""
        held = self._issued.get(pair.app_key)
        if held is not None and held.expires > self._now() and self.profile.reissue == "same":
            return held
        fresh = Issued(_new_text(pair.kind), (self._now() + LIFETIME).replace(microsecond=0), pair.app_key)
        self._issued[pair.app_key] = fresh
        self._save()
        return fresh

    def owner(self, text: str) -> KeyPair:
        """Whose token this is, or 8005 (unknown, expired, revoked), or 8031 (of the other host kind)."""
        held = next((token for token in self._issued.values() if token.text == text), None)
        if held is not None and held.expires > self._now():
            return self._keys[held.app_key]
        if held is None and _kind_of(text) not in {None, self.profile.name}:
            raise auth("8031")
        raise auth("8005")

    def revoke(self, pair: KeyPair, text: str) -> None:
        """Forget the token (au10002), or 8016 (none given), 8015 (not a token of this pair)."""
        if not text:
            raise auth("8016")
        held = self._issued.get(pair.app_key)
        if held is None or held.text != text:
            raise auth("8015", "존재하지 않는 Token입니다")
        self.forget(pair.app_key)

    def forget(self, app_key: str | None = None) -> None:
        """Make one pair's token invalid, or everybody's."""
        gone = list(self._issued) if app_key is None else [app_key]
        for key in gone:
            self._issued.pop(key, None)
        self._save()

    def _load(self) -> None:
        if self._file is None or not self._file.exists():
            return
        for row in json.loads(self._file.read_text()):
            if row["app_key"] in self._keys:
                expires = datetime.fromisoformat(row["expires"])
                self._issued[row["app_key"]] = Issued(row["text"], expires, row["app_key"])

    def _save(self) -> None:
        if self._file is None:
            return
        rows = [
            {"app_key": token.app_key, "text": token.text, "expires": token.expires.isoformat()}
            for token in self._issued.values()
        ]
        draft = self._file.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(rows))
        draft.replace(self._file)


def _new_text(kind: Kind) -> str:
    noise = secrets.token_bytes(48)
    return urlsafe_b64encode(noise + _mark(noise, kind)).decode()


def _mark(noise: bytes, kind: str) -> bytes:
    return sha256(kind.encode() + noise).digest()[:12]


def _kind_of(text: str) -> str | None:
    try:
        raw = urlsafe_b64decode(text.encode())
    except (NotBase64, ValueError):
        return None
    noise, mark = raw[:48], raw[48:]
    return next((kind for kind in ("real", "mock") if _mark(noise, kind) == mark), None)
