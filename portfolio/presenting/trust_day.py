"""One day's proof: every comparison, the rows and raw replies behind it, and what a person may do about it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.safestring import SafeString

from kiwoomweb.access.models import Account, BrokerReply
from kiwoomweb.broker import catalogue
from kiwoomweb.broker.market_calendar import next_trading_day, previous_trading_day
from market.explorer.masking import Mask
from market.explorer.raw import pretty
from portfolio.analytics.proof import Equation, Line, Reason
from portfolio.models import DayProof, Explanation
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.trust import CorrectionNote, correction_notes
from portfolio.presenting.trust_rows import line_row, state_badge, table_rows, worst_of
from portfolio.selectors.days import corrections, today_of
from portfolio.selectors.proof.days import ProofDay, explanations_of, proof_day, replies_of, versions_of
from portfolio.selectors.proof.rows import rows_behind
from portfolio.wording.proof import EQUATIONS, STATE_SENTENCES, line_title, reason_words

__all__ = ["Fix", "Proof", "Section", "ShownReply", "ShownTable", "TrustDayPage"]


@dataclass(frozen=True, slots=True)
class Section:
    """One equation of the day."""

    key: str
    title: str
    sentence: str
    css: str
    lines: SafeString
    count: int


@dataclass(frozen=True, slots=True)
class Fix:
    """Something that does not hold, and what may be done: explain it, take the broker's, confirm an event."""

    equation: str
    key: str
    symbol: str
    title: str
    reason: str
    is_rights: bool


@dataclass(frozen=True, slots=True)
class ShownTable:
    """Rows behind an equation, ready to be read."""

    title: str
    tr: str
    headings: Sequence[str]
    rows: SafeString


@dataclass(frozen=True)
class ShownReply:
    """A raw reply as the explorer shows it: pretty, folded, account numbers masked."""

    account: Account
    reply: BrokerReply

    @property
    def title(self) -> str:
        """What the TR is called."""
        return catalogue.find(self.reply.tr).name

    @property
    def pretty(self) -> SafeString:
        """The body; what is no JSON is shown as the one text it is."""
        text = self.reply.raw.decode("utf-8", errors="replace")
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        return pretty(Mask(catalogue.find(self.reply.tr), self.account.number).all(value))


@dataclass
class Proof:
    """The proof of one day, as the day's journal page shows it beside the fills."""

    account: Account
    day: date

    @cached_property
    def found(self) -> ProofDay | None:
        """The day's state and lines; ``None`` where the day has no state."""
        return proof_day(self.account, self.day)

    @property
    def badge(self) -> SafeString:
        """The state in a word."""
        return state_badge(self.found) if self.found else SafeString("")

    @property
    def sentence(self) -> str:
        """What the state means."""
        return str(STATE_SENTENCES[self.found.state]) if self.found else ""

    @cached_property
    def sections(self) -> list[Section]:
        """The equations that have something to say."""
        lines = self.found.lines if self.found else ()
        return [_section(equation, mine) for equation in Equation if (mine := _of(lines, equation))]

    @cached_property
    def reading(self) -> str:
        """How far the past has been read; blank when it is not being read."""
        return Freshness(self.account).reading

    @property
    def fixes(self) -> list[Fix]:
        """What does not hold."""
        return [_fix(line) for line in (self.found.troubled if self.found else ())]

    @cached_property
    def corrections(self) -> list[CorrectionNote]:
        """What the broker changed after the day had been sealed."""
        return correction_notes(self.account, self.day)


@dataclass
class TrustDayPage(Proof):
    """The whole page; ``may_fix`` for whoever may write, ``opened`` is the equation whose rows are shown."""

    may_fix: bool = False
    opened: str = ""

    @property
    def file_query(self) -> str:
        """The day, as the address of its file says it."""
        return f"day={self.day}"

    @property
    def previous_day(self) -> date:
        """The trading day before."""
        return previous_trading_day(self.day, corrections())

    @property
    def next_day(self) -> date | None:
        """The trading day after, ``None`` on the newest."""
        following = next_trading_day(self.day, corrections())
        return following if following <= today_of(self.account) else None

    @cached_property
    def tables(self) -> list[ShownTable]:
        """The rows behind the opened equation."""
        found = rows_behind(self.account, self.day, Equation(self.opened)) if self.opened else ()
        return [ShownTable(table.title, table.tr, table.headings, table_rows(table)) for table in found]

    @property
    def opened_title(self) -> str:
        """What the opened equation is about."""
        return str(EQUATIONS[Equation(self.opened)][0]) if self.opened else ""

    @cached_property
    def replies(self) -> list[ShownReply]:
        """The raw replies that were compared."""
        return [ShownReply(self.account, row) for row in replies_of(self.account, self._reply_ids)]

    @property
    def _reply_ids(self) -> tuple[int, ...]:
        return self.found.replies if self.found else ()

    @cached_property
    def explanations(self) -> list[Explanation]:
        """What people said of the day."""
        return list(explanations_of(self.account, self.day))

    @cached_property
    def versions(self) -> list[DayProof]:
        """The proofs of the day, newest first."""
        return list(versions_of(self.account, self.day)[:20])


def _of(lines: Sequence[Line], equation: Equation) -> list[Line]:
    return [line for line in lines if line.equation is equation]


def _section(equation: Equation, lines: Sequence[Line]) -> Section:
    title, sentence = EQUATIONS[equation]
    rows = SafeString("".join(map(line_row, lines)))
    return Section(equation.value, str(title), str(sentence), worst_of(lines), rows, len(lines))


def _fix(line: Line) -> Fix:
    is_rights = line.reason is Reason.RIGHTS and line.ratio is not None
    return Fix(line.equation.value, line.key, line.symbol, line_title(line), reason_words(line), is_rights)
