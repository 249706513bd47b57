"""Bounces: what a mail server wrote back about a letter it could not deliver after all (RFC 3464). Pure."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

__all__ = ["Bounce", "read_bounce"]


@dataclass(frozen=True, slots=True)
class Bounce:
    """``delivered``: it arrived; else it never will. ``words`` are the server's own."""

    message_id: str
    delivered: bool
    words: str


def read_bounce(raw: bytes) -> Bounce | None:
    """The verdict on one letter; ``None`` for a delay, for mail of people, and for what names no letter."""
    report = message_from_bytes(raw)
    if report.get_content_type() != "multipart/report":
        return None
    told: dict[str, str] = {}
    number = ""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            told |= _fields(part)
        elif part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            number = number or _message_id(part)
    action = told.get("action", "").strip().lower()
    if not number or action not in ("failed", "delivered"):
        return None
    words = f"{told.get('status', '')} {told.get('diagnostic-code', '').partition(';')[2]}"
    return Bounce(number, action == "delivered", " ".join(words.split())[:300])


def _fields(part: Message) -> dict[str, str]:
    """The fields of the last recipient; each of our letters has one."""
    blocks = part.get_payload()
    found: dict[str, str] = {}
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message):
            found |= {name.lower(): str(value) for name, value in block.items()}
    return found


def _message_id(part: Message) -> str:
    inner = part.get_payload()
    if isinstance(inner, list) and inner and isinstance(inner[0], Message):
        return str(inner[0].get("Message-ID", "")).strip().strip("<>")
    text = part.get_payload(decode=True)
    headers = message_from_bytes(text) if isinstance(text, bytes) else Message()
    return str(headers.get("Message-ID", "")).strip().strip("<>")
