"""데이터 신뢰도: the score that explains itself, the days, what was corrected, what only we still have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from portfolio.analytics.proof import DayState
from portfolio.presenting.freshness import Freshness
from portfolio.presenting.trust_rows import day_row
from portfolio.selectors.proof.days import ProofDay, TrustOverview, corrections_of, overview_of, proof_days
from portfolio.wording.proof import STATES, change_words

__all__ = ["Choice", "CorrectionNote", "TrustPage", "correction_notes"]

#: Days on one page of the list.
SHOWN = 60
#: What the address may ask for: troubles first.
FILTERS: Mapping[str, frozenset[DayState]] = {
    "trouble": frozenset({DayState.MISMATCH, DayState.GAP}),
    "all": frozenset(DayState),
    "mismatch": frozenset({DayState.MISMATCH}),
    "gap": frozenset({DayState.GAP}),
    "closing": frozenset({DayState.CLOSING, DayState.OPEN}),
    "sealed": frozenset({DayState.SEALED}),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter: how many days it would show."""

    key: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """``정정: 2026-11-20 005930 수수료 310→300``."""

    day: date
    words: str


def correction_notes(account: Account, day: date | None = None) -> list[CorrectionNote]:
    """One sentence for each time the broker changed a sealed day."""
    return [
        CorrectionNote(
            row.day,
            _("정정: %(day)s %(changes)s")
            % {"day": row.day, "changes": ", ".join(change_words(change) for change in changes)},
        )
        for row, changes in corrections_of(account, day)
    ]


@dataclass
class TrustPage:
    """``asked`` is the query of the address: ``state`` and ``page``; nonsense becomes the default."""

    account: Account
    asked: Mapping[str, str]

    @cached_property
    def overview(self) -> TrustOverview:
        """States of all days, the score, the archive."""
        return overview_of(self.account)

    @cached_property
    def reading(self) -> str:
        """How far the past has been read; blank when it is not being read."""
        return Freshness(self.account).reading

    @cached_property
    def key(self) -> str:
        """The filter: what was asked for, else the troubles if there are any."""
        wanted = self.asked.get("state", "")
        if wanted in FILTERS:
            return wanted
        return "trouble" if self._count("trouble") else "all"

    def _count(self, key: str) -> int:
        return sum(self.overview.score.counts.get(state, 0) for state in FILTERS[key])

    @property
    def choices(self) -> list[Choice]:
        """The filters with their counts."""
        words = {
            "trouble": _("볼 것"),
            "all": _("모든 날"),
            "mismatch": str(STATES[DayState.MISMATCH]),
            "gap": str(STATES[DayState.GAP]),
            "closing": str(STATES[DayState.CLOSING]),
            "sealed": str(STATES[DayState.SEALED]),
        }
        return [Choice(key, words[key], self._count(key), key == self.key) for key in FILTERS]

    @property
    def troubles(self) -> int:
        """Days that somebody should look at."""
        return self._count("trouble")

    @cached_property
    def _wanted(self) -> list[date]:
        states = FILTERS[self.key]
        return [day for day, state in sorted(self.overview.states.items(), reverse=True) if state in states]

    @property
    def number(self) -> int:
        """Which page of the list, from 1."""
        asked = self.asked.get("page", "")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
        return max(1, min(number, self.pages))

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-len(self._wanted) // SHOWN))

    @property
    def newer(self) -> int | None:
        """The page before this one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        """The page after this one."""
        return self.number + 1 if self.number < self.pages else None

    @cached_property
    def days(self) -> tuple[ProofDay, ...]:
        """The days of this page of the list."""
        some = self._wanted[(self.number - 1) * SHOWN : self.number * SHOWN]
        return proof_days(self.account, {day: self.overview.states[day] for day in some})

    @property
    def rows(self) -> SafeString:
        """The body of the list."""
        return SafeString("".join(day_row(day, self._address(day.day)) for day in self.days))

    def _address(self, day: date) -> str:
        return reverse("portfolio:trust_day", args=[self.account.code, day])

    @property
    def score_words(self) -> str:
        """The score in a sentence."""
        score = self.overview.score
        told = {"due": score.due, "sealed": score.sealed, "left": score.due - score.sealed}
        if not score.due:
            return _("아직 끝난 거래일이 없습니다. 첫 거래일이 끝나면 대조를 시작합니다.")
        if score.sealed == score.due:
            return _("거래일 %(due)d일을 모두 두 번 읽어 원 단위까지 증명했습니다.") % told
        if score.waiting == told["left"]:
            return (
                _(
                    "거래일 %(due)d일 가운데 %(sealed)d일을 두 번 읽어 증명했습니다."
                    " 나머지 %(left)d일은 확인 중이며, 두 번의 조회가 모두 맞아야 봉인합니다."
                )
                % told
            )
        return (
            _("거래일 %(due)d일 가운데 %(sealed)d일을 증명했습니다. %(left)d일은 아래에 이유가 있습니다.")
            % told
        )

    @cached_property
    def corrections(self) -> list[CorrectionNote]:
        """What the broker changed afterwards."""
        return correction_notes(self.account)
