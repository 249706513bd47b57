"""Permuting: the same raw replies, in any order and any number of times, are one journal.

What a broker answers at one moment is recorded reply by reply. Then accounts are fed with it: questions in
random order, some twice or thrice, pages of an answer in another order, windows overlapping. One hash must come
of all.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from django.db import transaction

from kiwoomweb.access.models import Account
from kiwoomweb.broker import protocol
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.protocol import Reply
from portfolio.selectors.canonical import canonical_hash
from portfolio.services.reading.question import Question
from portfolio.services.reading.readers import READERS
from portfolio.services.syncing import take_in
from portfolio.services.trades.catching_up import catch_up

__all__ = ["Recording", "hashes_of", "recorded"]

#: Lists of one day, and lists of a span of days.
OF_A_DAY = ("kt00007", "kt00009", "ka10170", "ka10072", "ka01690")
OF_A_SPAN = ("ka10074", "ka10073", "kt00015", "kt00002")

#: (TR, first day, last day).
Asked = tuple[str, date, date]


@dataclass(slots=True)
class Recording:
    """What was asked, and every page that was answered, by TR and body."""

    now: datetime
    questions: list[Asked] = field(default_factory=list)
    pages: dict[str, list[Reply]] = field(default_factory=dict)


class _Recorder:
    """A broker that remembers what it was told."""

    def __init__(self, broker: Broker, recording: Recording) -> None:
        self._broker, self._recording = broker, recording

    def now(self) -> datetime:
        return self._broker.now()

    def call(self, tr_id: str, body: Mapping[str, str] | None = None) -> Reply:
        return next(self.pages(tr_id, body))

    def pages(
        self, tr_id: str, body: Mapping[str, str] | None = None, *, most: int | None = None
    ) -> Iterator[Reply]:
        told = list(self._broker.pages(tr_id, body, most=most))
        self._recording.pages[_key(tr_id, body)] = told
        return iter(told)

    def rows(self, tr_id: str, body: Mapping[str, str] | None, list_name: str) -> list[dict[str, Any]]:
        return [row for page in self.pages(tr_id, body) for row in protocol.rows(page, list_name)]


class _Player(_Recorder):
    """A broker that says again what was recorded, the pages of an answer in any order."""

    def __init__(self, recording: Recording, luck: Random) -> None:
        self._recording, self._luck = recording, luck

    def now(self) -> datetime:
        return self._recording.now

    def pages(
        self, tr_id: str, body: Mapping[str, str] | None = None, *, most: int | None = None
    ) -> Iterator[Reply]:
        told = list(self._recording.pages[_key(tr_id, body)])
        self._luck.shuffle(told)
        return iter(told)


def _key(tr_id: str, body: Mapping[str, str] | None) -> str:
    return f"{tr_id} {json.dumps(dict(body or {}), sort_keys=True)}"


def recorded(broker: Broker, account_id: int, days: Sequence[date]) -> Recording:
    """Ask about these days (oldest first) one by one and in overlapping spans, and keep every page."""
    recording = Recording(broker.now())
    questions: list[Asked] = [(tr, day, day) for tr in OF_A_DAY for day in days]
    middle = days[len(days) // 2]
    for tr in OF_A_SPAN:
        questions += [(tr, days[0], days[-1]), (tr, days[0], middle), (tr, middle, days[-1])]
    recorder = _Recorder(broker, recording)
    for tr, first, last in questions:
        READERS[tr](recorder, Question(account_id, first, last))
    recording.questions = questions
    return recording


def hashes_of(recording: Recording, accounts: Iterator[Account], luck: Random) -> Iterator[str]:
    """The hash of each account's journal after it was fed in an order of its own."""
    for account in accounts:
        steps = recording.questions + luck.choices(recording.questions, k=len(recording.questions) // 2)
        luck.shuffle(steps)
        player = _Player(recording, luck)
        with transaction.atomic():
            for tr, first, last in steps:
                take_in(READERS[tr](player, Question(account.pk, first, last)))
        catch_up(account.pk)
        yield canonical_hash(account)
