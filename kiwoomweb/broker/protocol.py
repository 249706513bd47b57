"""The REST protocol without a network: what to send, and what an answer means.

``ask`` makes a request, ``read`` makes a reply of an answer or raises a member of the error tree. Paging lives
in the headers only (PROTOCOL 3); every business error comes as HTTP 200 with a ``return_code`` (PROTOCOL 2).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from kiwoomweb.broker.catalogue import TR
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.errors import BrokerDown, Incomplete, RateLimited, Unreadable
from kiwoomweb.broker.refusals import code_in, refusal, says_no_rows

__all__ = ["Reply", "Request", "ask", "ask_revoke", "ask_token", "read", "rows", "sent_at"]

Body = Mapping[str, str]

#: Said by every request of ours; the broker's firewall blocks some libraries' own names (PROTOCOL 1.2).
USER_AGENT = "KiwoomWeb/0.1 (+self-hosted trading journal)"
OURS = {"content-type": "application/json;charset=UTF-8", "user-agent": USER_AGENT}


@dataclass(frozen=True, slots=True)
class Request:
    """One POST. Headers and body stay out of the repr: they may hold a token or a key pair."""

    tr: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: Body = field(repr=False)
    page: int = 1

    @property
    def content(self) -> bytes:
        return json.dumps(dict(self.body), ensure_ascii=False).encode()

    @property
    def fingerprint(self) -> str:
        """The same for the same question, whatever the page and the token."""
        return hashlib.sha256(f"{self.tr} {json.dumps(dict(self.body), sort_keys=True)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reply:
    """One page. ``next_key`` is empty on the last; ``at`` is the broker's clock (its ``Date`` header).

    ``fields`` are as they came, text mostly; ``empty`` says that the broker spoke of no rows at all.
    """

    tr: str
    fields: Mapping[str, Any]
    next_key: str
    at: datetime | None
    said: str = ""
    empty: bool = False


def ask(tr: TR, body: Body, *, token: str, next_key: str = "", page: int = 1) -> Request:
    """The question of one TR, or of its next page."""
    headers = {"api-id": tr.id, "authorization": f"Bearer {token}"} | OURS
    if next_key:
        headers |= {"cont-yn": "Y", "next-key": next_key}
    return Request(tr.id, tr.path, headers, body, page)


def ask_token(app_key: str, app_secret: str) -> Request:
    """au10001: the key of the secret is ``secretkey`` (PROTOCOL 1.3)."""
    body = {"grant_type": "client_credentials", "appkey": app_key, "secretkey": app_secret}
    return Request("au10001", "/oauth2/token", OURS, body)


def ask_revoke(app_key: str, app_secret: str, token: str) -> Request:
    """au10002: the broker forgets the token; whoever has a copy of it has nothing then (PROTOCOL 1.3)."""
    body = {"appkey": app_key, "secretkey": app_secret, "token": token}
    return Request("au10002", "/oauth2/revoke", OURS, body)


def read(tr_id: str, status: int, headers: Mapping[str, str], content: bytes) -> Reply:
    """What the answer says, or the error it amounts to.

    ``headers`` may be of any case. Raises ``BrokerDown`` for an answer that is not the API's, ``Unreadable``
    for one that cannot be trusted, ``RateLimited`` or a ``Refused`` for an explicit no.
    """
    head = {name.lower(): value for name, value in headers.items()}
    fields = _json(tr_id, status, content)
    said = str(fields.get("return_msg", fields.get("returnMsg", ""))).strip()
    empty = says_no_rows(tr_id, said)
    number = return_code(tr_id, fields, said)
    if status == 429 or (number and not empty):
        raise refusal(number, said, tr_id, status)
    if status >= 300:
        raise refusal(number, said, tr_id, status) if code_in(said) else BrokerDown(f"HTTP {status}", tr=tr_id)
    return Reply(tr_id, fields, _next_key(tr_id, head), sent_at(head), said, empty)


def rows(reply: Reply, list_name: str) -> list[dict[str, Any]]:
    """The rows of one list of a page. A list that is absent is empty only if the broker says so in words."""
    found = reply.fields.get(list_name)
    if isinstance(found, list) and all(isinstance(row, dict) for row in found):
        return found
    if not found and reply.empty:
        return []
    raise Unreadable(f"{list_name}: no list of rows; {reply.said}", tr=reply.tr)


def return_code(tr_id: str, fields: Mapping[str, Any], said: str) -> int:
    """The coarse code, a number or its text (``0``, ``"0000"``, ``"8005"``); without one it is no answer."""
    raw = fields.get("return_code", fields.get("returnCode"))
    try:
        return int(str(raw))
    except ValueError:
        raise Unreadable(f"return_code {raw!r}: {said}", tr=tr_id) from None


def sent_at(headers: Mapping[str, str]) -> datetime | None:
    """The ``Date`` header (lower-case names) as a moment in Seoul; ``None`` when absent or malformed."""
    try:
        return parsedate_to_datetime(headers["date"]).astimezone(SEOUL)
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _next_key(tr_id: str, headers: Mapping[str, str]) -> str:
    if headers.get("cont-yn", "").strip().upper() != "Y":
        return ""
    key = headers.get("next-key", "").strip()
    if not (key.isascii() and key):
        raise Incomplete("more pages announced without a usable next-key", tr=tr_id)
    return key


def _json(tr_id: str, status: int, content: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(content, parse_float=str)
    except (ValueError, RecursionError):
        fields = None
    if isinstance(fields, dict):
        if status >= 500:
            raise BrokerDown(f"HTTP {status}", tr=tr_id)
        return fields
    if status == 429:
        raise RateLimited("HTTP 429", code="1700", tr=tr_id)
    looks_like_json = content.lstrip()[:1] in {b"{", b"["}
    if status >= 300 or (content.strip() and not looks_like_json):
        raise BrokerDown(f"HTTP {status}, not JSON", tr=tr_id)
    raise Unreadable(f"{len(content)} bytes of broken JSON", tr=tr_id)
