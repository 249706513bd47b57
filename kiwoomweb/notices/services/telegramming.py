"""Telegramming: a bot of one's own becomes a channel, once its person has spoken to it."""

import re

from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from kiwoomweb.notices.models import Channel
from kiwoomweb.notices.seals import address_of
from kiwoomweb.notices.services.channels import add_telegram, settle_chat
from kiwoomweb.notices.wires.telegram import BotUnknown, chat_with_code, name_of

__all__ = ["NoBot", "begin", "look"]

#: What BotFather hands out: a number, a colon, 35 letters.
TOKEN = re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,64}")


class NoBot(Exception):
    """``str()`` tells the person what to do."""


def begin(user: User, token: str) -> Channel:
    """Keep a bot's token, sealed, once Telegram knows it. Raises ``NoBot``."""
    token = token.strip()
    if not TOKEN.fullmatch(token):
        raise NoBot(_("봇 토큰이 아닙니다. BotFather가 준 123456:ABC… 꼴의 글자를 그대로 붙여 넣으세요."))
    try:
        return add_telegram(user, token, name_of(token))
    except BotUnknown as trouble:
        raise NoBot(_("텔레그램이 이 토큰을 받지 않습니다: %(words)s") % {"words": trouble}) from None


def look(channel: Channel) -> bool:
    """Whether its person has sent ``/start <code>`` to the bot meanwhile. Raises ``NoBot``."""
    try:
        chat = chat_with_code(address_of(channel), channel.code)
    except BotUnknown as trouble:
        raise NoBot(_("텔레그램이 대답하지 않습니다: %(words)s") % {"words": trouble}) from None
    if chat:
        settle_chat(channel, chat)
    return bool(chat)
