"""The door: questions for the broker's socket, put by any process, answered by the one that holds the socket.

A second login with the same key would end the session of the first (R10001), so nobody but the stream process
opens one. A page asks like this, in a thread and outside any transaction::

    answer = ask(account, {"trnm": "CNSRLST"})     # {"data": [["0", "조건1"]], "seq": "", …}

Question and answer travel as two short-lived lists in Valkey; what nobody fetches expires by itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from time import time
from typing import Any
from uuid import uuid4

import msgspec
from django.conf import settings
from django.utils.translation import gettext_noop
from redis import Redis
from redis.exceptions import RedisError

from kiwoomweb.access.errors import NotConnected
from kiwoomweb.access.models import Account
from kiwoomweb.broker import errors
from kiwoomweb.broker.errors import BrokerError, Unreachable
from market.together import end
from market.valkey import valkey

__all__ = ["Answer", "LineSilent", "Put", "answer_questions", "ask", "is_open"]

#: Seconds a page waits for an answer; the broker has been seen to take sixteen.
PATIENCE = 25
#: Seconds an open door is believed to be open, and for which an answer lies ready.
OPEN_FOR, LIES_FOR = 10, 60
#: Seconds between two looks at the door while nobody knocks.
LOOK = 1

log = logging.getLogger(__name__)

Answer = Mapping[str, Any]


class LineSilent(Unreachable):
    """The stream process holds no session of the account now, or does not answer."""

    notice = gettext_noop("실시간 연결이 아직 열려 있지 않습니다. 위의 실시간 표시가 켜지면 다시 시도하세요.")


class Question(msgspec.Struct, frozen=True):
    """``until`` is epoch seconds after which nobody waits any more."""

    id: str
    until: float
    body: dict[str, str]


class Told(msgspec.Struct, frozen=True):
    """An answer, or the name, words and code of a ``BrokerError``."""

    answer: dict[str, Any] = {}
    error: str = ""
    said: str = ""
    code: str = ""


def ask(account: Account, question: Mapping[str, str], patience: float = PATIENCE) -> Answer:
    """Put a question of ``broker.questions.KINDS``, or for a sample, to the account's socket and wait.

    Raises ``NotConnected`` without keys, ``LineSilent`` while no session is open, or the broker's refusal.
    """
    if not hasattr(account, "credential"):
        raise NotConnected
    put = Question(uuid4().hex, time() + patience, dict(question))
    try:
        found = _asked(account.code, put, patience)
    except RedisError as trouble:
        raise LineSilent(type(trouble).__name__, tr=put.body["trnm"]) from None
    if found is None:
        raise LineSilent("nobody answered", tr=put.body["trnm"])
    told = msgspec.json.decode(found, type=Told)
    if told.error:
        raise _error(told, put.body["trnm"])
    return told.answer


def is_open(account: Account) -> bool:
    """Whether somebody holds a session of the account now, as far as Valkey knows."""
    try:
        return bool(_client(settings.REDIS_URL).exists(_open(account.code)))
    except RedisError:
        return False


def _asked(code: str, put: Question, patience: float) -> str | None:
    client = _client(settings.REDIS_URL)
    if not client.exists(_open(code)):
        return None
    client.rpush(_questions(code), msgspec.json.encode(put))
    answered: Any = client.blpop([_answer(put.id)], timeout=patience)
    return str(answered[1]) if answered else None


Put = Callable[[Mapping[str, str]], Awaitable[Answer]]


async def answer_questions(code: str, put: Put, is_open: Callable[[], bool]) -> None:
    """Answer at the account's door for ever; ``put`` asks the socket. While it is shut, nobody is let in."""
    chores: set[asyncio.Task[None]] = set()
    try:
        while True:
            try:
                question = await _next(code) if is_open() else None
            except (RedisError, OSError) as trouble:
                log.warning("door of %s: %s", code, type(trouble).__name__)
                question = None
            if question is None:
                await asyncio.sleep(LOOK / 5)
            elif question.until > time():
                chore = asyncio.create_task(_answered(question, put))
                chores.add(chore)
                chore.add_done_callback(chores.discard)
    finally:
        await end(chores)


async def _next(code: str) -> Question | None:
    client: Any = valkey()
    await client.set(_open(code), 1, ex=OPEN_FOR)
    found = await client.blpop([_questions(code)], timeout=LOOK)
    return msgspec.json.decode(found[1], type=Question) if found else None


async def _answered(question: Question, put: Put) -> None:
    try:
        told = Told(dict(await put(question.body)))
    except BrokerError as no:
        told = Told(error=type(no).__name__, said=no.said, code=no.code)
    try:
        pipe = valkey().pipeline(transaction=False)
        pipe.rpush(_answer(question.id), msgspec.json.encode(told))
        pipe.expire(_answer(question.id), LIES_FOR)
        await pipe.execute()
    except (RedisError, OSError) as trouble:  # whoever waits hears that nobody answered
        log.warning("an answer was not handed out: %s", type(trouble).__name__)


def _error(told: Told, kind: str) -> BrokerError:
    family: type[BrokerError] = getattr(errors, told.error, Unreachable)
    return family(told.said, code=told.code, tr=kind)


def _open(code: str) -> str:
    return f"live:{code}:open"


def _questions(code: str) -> str:
    return f"live:{code}:questions"


def _answer(number: str) -> str:
    return f"live:answer:{number}"


@lru_cache(maxsize=1)
def _client(url: str) -> Redis:
    return Redis.from_url(url, decode_responses=True, socket_timeout=PATIENCE + 5)
