"""Keeping bars: ask for the blocks that are missing, newest first, until enough was asked for now."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from kiwoomweb.access.gateway import broker_for, broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.broker.errors import BrokerError, UnknownSymbol
from kiwoomweb.broker.market_calendar import Overrides
from kiwoomweb.broker.pacing import Priority
from market.analytics.bars import PlainBar, pack, together, unpack
from market.models import KeptBars
from market.selectors.bars import Block, blocks
from market.services.bars.asking import SOURCES, Told, ask, is_over

__all__ = ["Outcome", "keep"]

log = logging.getLogger(__name__)
State = KeptBars.State
#: A failure is tried again after so long, twice as long each time; what the broker forgot after a week.
AGAIN, LONGEST, FORGOTTEN = timedelta(minutes=2), timedelta(hours=12), timedelta(days=7)


@dataclass(slots=True)
class Outcome:
    """``calls`` made, whether every block wanted is there for good, and the sentence of the last trouble."""

    calls: int = 0
    complete: bool = True
    trouble: str = ""


def keep(
    account: Account,
    symbol: str,
    span: str,
    wanted: Iterable[date],
    *,
    priority: Priority = Priority.BACKFILL,
    most: int = 10,
    fresh: timedelta = timedelta(hours=6),
    corrected: Overrides | None = None,
) -> Outcome:
    """See that the blocks ``wanted`` are kept, with at most ``most`` calls; unfinished ones not older than
    ``fresh`` are left alone. Never called inside a transaction: the raw replies must stay."""
    question = _Question(account, symbol, span, priority, corrected or Overrides())
    days = sorted(set(wanted), reverse=True)
    have = blocks(account.environment, symbol, span, days)
    outcome = Outcome()
    for day in days:
        block = have.get(day)
        if block and block.state == State.COMPLETE:
            continue
        if question.rests(block, fresh) or outcome.calls >= most:
            outcome.complete = False
            outcome.trouble = outcome.trouble or (block.trouble if block else "")
            continue
        outcome.calls += 1
        trouble = question.put(day)
        have |= blocks(account.environment, symbol, span, days)
        outcome.trouble = trouble or outcome.trouble
        outcome.complete &= have[day].state == State.COMPLETE
    return outcome


class _Question:
    """What is asked of the broker about one symbol, and how the answers are written down."""

    def __init__(
        self, account: Account, symbol: str, span: str, priority: Priority, corrected: Overrides
    ) -> None:
        self.account, self.symbol, self.span = account, symbol, span
        self.priority, self.corrected = priority, corrected
        self.now = broker_now(account)
        self.source = SOURCES[symbol.startswith("index:"), span]

    def rests(self, block: Block | None, fresh: timedelta) -> bool:
        """Whether it is too early to ask again: after a failure, and while an answer of a moving day is young.

        Of a day that was over then the answer was cut at its far end: it is asked for by its own date at once,
        but for ticks, which have no date to be asked by.
        """
        if block is None:
            return False
        if block.next_try and self.now < block.next_try:
            return True
        if block.fetched_at is None:
            return False
        if is_over(self.span, block.starts, block.fetched_at, self.corrected):
            return self.span == KeptBars.Span.TICK
        return self.now - block.fetched_at < fresh

    def put(self, day: date) -> str:
        """Ask for the block of ``day`` and keep all that is told; the trouble as a sentence, or nothing."""
        until = min(_end_of(self.span, day), self.now.date())
        try:
            told = self._asked(until, day)
        except UnknownSymbol as unknown:
            return self._failed(day, str(unknown.notice), State.GONE)
        except BrokerError as trouble:
            return self._failed(day, str(trouble.notice), State.FAILED)
        self._write(told)
        if day in told.blocks:
            return ""
        if told.oldest is None or told.oldest > day:
            return self._failed(day, _("브로커가 그날의 봉을 더 이상 주지 않습니다."), State.GONE)
        self._kept(day, [], whole=True)  # older days were told and this one was not: nothing was traded
        return ""

    def _asked(self, until: date, day: date) -> Told:
        broker = broker_for(self.account, self.priority)
        told = ask(broker, self.symbol, self.span, until)
        if day not in told.blocks or day in told.whole or self.span == KeptBars.Span.TICK:
            return told
        deeper = ask(broker, self.symbol, self.span, until, deep=True)
        if sum(map(len, deeper.blocks.values())) > sum(map(len, told.blocks.values())):
            return deeper
        return Told(told.blocks, told.whole | {day})  # a page more tells no more: this is all there is

    def _write(self, told: Told) -> None:
        for day, bars in told.blocks.items():
            self._kept(day, bars, whole=day in told.whole)

    def _kept(self, day: date, bars: list[PlainBar], *, whole: bool) -> None:
        with transaction.atomic():
            row = self._row(day)
            if row.state == State.COMPLETE:
                return
            before = unpack(bytes(row.rows))
            merged = max(before, bars, key=len) if self.span == KeptBars.Span.TICK else together(before, bars)
            done = whole and is_over(self.span, day, self.now, self.corrected)
            row.rows, row.count = pack(merged), len(merged)
            row.state = State.COMPLETE if done else State.PARTIAL
            row.fetched_at, row.trouble, row.attempts, row.next_try = self.now, "", 0, None
            row.save()

    def _failed(self, day: date, sentence: str, state: str) -> str:
        with transaction.atomic():
            row = self._row(day)
            row.attempts += 1
            row.state, row.trouble = (State.PARTIAL if row.count else state), sentence[:200]
            pause = FORGOTTEN if state == State.GONE else min(AGAIN * 2 ** min(row.attempts, 9), LONGEST)
            row.next_try = self.now + pause
            row.save()
        log.info("bars of %s %s %s not kept: %s", self.symbol, self.span, day, sentence)
        return sentence

    def _row(self, day: date) -> KeptBars:
        key = {
            "environment": self.account.environment,
            "symbol": self.symbol,
            "span": self.span,
            "starts": day,
        }
        KeptBars.objects.get_or_create(**key, defaults={"source": self.source})
        return KeptBars.objects.select_for_update().get(**key)


def _end_of(span: str, starts: date) -> date:
    if span != KeptBars.Span.DAY:
        return starts
    return (starts + timedelta(days=32)).replace(day=1) - timedelta(days=1)
