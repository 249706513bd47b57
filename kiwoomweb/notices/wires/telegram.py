"""Telegram: a message by the person's own bot (Bot API, https://core.telegram.org/bots/api).

The bot's token is part of every address, so no address of a request is ever shown or logged.
"""

import json
from collections.abc import Callable
from typing import Any

from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.seals import address_of
from kiwoomweb.notices.wires.guard import Forbidden, target
from kiwoomweb.notices.wires.http import Reply, Unsent, Unsure, ask
from kiwoomweb.notices.wires.verdict import Outcome, Verdict

__all__ = ["API", "BotUnknown", "chat_with_code", "hand_over", "name_of"]

API = "https://api.telegram.org"


class BotUnknown(Exception):
    """Telegram does not know this token, or does not answer. ``str()`` is Telegram's word."""


def hand_over(row: Delivery, body: bytes, last_byte: Callable[[], bool]) -> Verdict:
    """Telegram knows no numbers of ours: what it may have taken is not sent again."""
    if row.channel is None or not row.channel.chat:
        return Verdict.of(Outcome.REFUSED, "no chat")
    message = {"chat_id": int(row.channel.chat), "text": body.decode(), "disable_web_page_preview": True}
    try:
        reply = _call(address_of(row.channel), "sendMessage", message, last_byte)
    except (Forbidden, Unsent) as trouble:
        return Verdict.of(Outcome.LATER, str(trouble))
    except Unsure as trouble:
        return Verdict.of(Outcome.UNSURE, str(trouble))
    said = _said(reply)
    if reply.status == 200 and said.get("ok") is True:
        return Verdict.of(Outcome.SENT, "ok")
    words = f"HTTP {reply.status} {said.get('description', '')}"
    if reply.status == 429 or (reply.status >= 500 and "error_code" in said):
        return Verdict.of(Outcome.LATER, words)
    return Verdict.of(Outcome.REFUSED if 400 <= reply.status < 500 else Outcome.UNSURE, words)


def name_of(token: str) -> str:
    """The bot's user name. Raises ``BotUnknown``."""
    return str(_result(token, "getMe", {}).get("username", ""))


def chat_with_code(token: str, code: str) -> str:
    """The chat in which somebody has sent ``/start <code>``; blank when nobody has. Raises ``BotUnknown``."""
    updates = _result(token, "getUpdates", {"allowed_updates": ["message"], "timeout": 0})
    for update in updates if isinstance(updates, list) else []:
        message = update.get("message") or {}
        if str(message.get("text", "")).split() == ["/start", code]:
            return str(int(message["chat"]["id"]))
    return ""


def _result(token: str, method: str, arguments: dict[str, Any]) -> Any:
    try:
        said = _said(_call(token, method, arguments))
    except (Forbidden, Unsent, Unsure) as trouble:
        raise BotUnknown(str(trouble)) from None
    if said.get("ok") is not True:
        raise BotUnknown(str(said.get("description", "")))
    return said.get("result")


def _call(
    token: str, method: str, arguments: dict[str, Any], last_byte: Callable[[], bool] = lambda: True
) -> Reply:
    body = json.dumps(arguments, ensure_ascii=False).encode()
    return ask(target(f"{API}/bot{token}/{method}"), body, {"Content-Type": "application/json"}, last_byte)


def _said(reply: Reply) -> dict[str, Any]:
    try:
        said = json.loads(reply.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
