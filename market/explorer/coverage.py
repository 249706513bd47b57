"""Coverage: the 102 things that were asked for, what the broker calls them, where they live here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _

from market.boards.shelves import SHELVES
from market.explorer.reasons import REASONS, places

__all__ = ["Coverage", "Line", "Requested", "requested"]

FILE = Path(__file__).with_name("requested.json")


@dataclass(frozen=True, slots=True)
class Requested:
    """One row as it was asked for. ``status`` is ``same``, ``renumbered``, ``covered`` or ``missing``.

    ``trs`` are the broker's own ids that answer it, ``place`` the name of the address where the product shows
    it, empty where a market page or the explorer is the place.
    """

    section: str
    number: int
    asked: str
    name: str
    status: str
    trs: tuple[str, ...]
    place: str

    @property
    def reason(self) -> str:
        """What stands in for it, or why nothing does; nothing for a row that is right as it was asked."""
        return _(REASONS[self.section, self.number]) if (self.section, self.number) in REASONS else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row in one account: ``answered`` is the latest success of any of its TRs there."""

    asked: Requested
    code: str
    answered: datetime | None

    @property
    def address(self) -> str:
        """Where it is shown; the explorer's page of its first TR where it has no page of its own."""
        if self.asked.place:
            return reverse(self.asked.place, args=[self.code])
        if self._board:
            return reverse("market:board", args=[self.code, *self._board[:2]])
        return reverse("market:tr", args=[self.code, self.asked.trs[0]]) if self.asked.trs else ""

    @property
    def place(self) -> str:
        """What people call that page."""
        if self._board and not self.asked.place:
            return f"{_('시장')} · {self._board[2]}"
        return str(places()[self.asked.place]) if self.asked.trs else ""

    @property
    def _board(self) -> tuple[str, str, str] | None:
        """The market page of the first of its TRs that has one: shelf, TR, what the shelf is called."""
        return next((boards()[tr] for tr in self.asked.trs if tr in boards()), None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All rows for one account, by section, with the sums of the four kinds."""

    code: str
    answered: Mapping[str, datetime]

    @property
    def sections(self) -> list[tuple[str, list[Line]]]:
        by_section = groupby(requested(), lambda row: row.section)
        return [(section, [self._line(row) for row in rows]) for section, rows in by_section]

    @property
    def sums(self) -> list[tuple[str, str, str, int]]:
        """(status, its name, what that means, how many)."""
        names = {
            "same": (_("그대로"), _("요청한 번호가 맞습니다")),
            "renumbered": (_("번호만 다름"), _("키움에서는 다른 번호입니다")),
            "covered": (_("다른 TR이 대신함"), _("같은 값을 다른 TR이 줍니다")),
            "missing": (_("키움이 제공하지 않음"), _("까닭을 한 문장씩 적었습니다")),
        }
        told = [row.status for row in requested()]
        return [(status, *words, told.count(status)) for status, words in names.items()]

    @property
    def total(self) -> int:
        return len(requested())

    @property
    def proven(self) -> int:
        """Rows of which the broker has answered a TR for this account."""
        return sum(1 for row in requested() if any(tr in self.answered for tr in row.trs))

    def _line(self, row: Requested) -> Line:
        return Line(
            row, self.code, max((self.answered[tr] for tr in row.trs if tr in self.answered), default=None)
        )


def boards() -> dict[str, tuple[str, str, str]]:
    """TR id -> (shelf, TR, what the shelf is called) of the market pages."""
    return {board.tr: (shelf.key, board.tr, str(shelf.title)) for shelf in SHELVES for board in shelf.boards()}


@cache
def requested() -> tuple[Requested, ...]:
    """The rows in the order they were asked for."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Requested(**{**row, "trs": tuple(row["trs"])}) for row in rows)
