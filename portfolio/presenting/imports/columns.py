"""The columns of a file: what each was taken for, the first rows below it, and what must still be said."""

from collections.abc import Mapping as Told
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.incoming import Field, Mapping, Rule
from orders.incoming.cells import day_of
from orders.incoming.errors import BadCell
from orders.incoming.grid import Line
from orders.incoming.words import LABELS
from orders.models import ImportBatch
from orders.selectors.imports import Preview, grids_of, preview

__all__ = ["ColumnsPage", "mapping_said"]

ROWS = 20
RULES: "dict[Rule, str | Promise]" = {
    Rule.COLUMN: gettext_lazy("열에 적혀 있음"),
    Rule.SIGN: gettext_lazy("수량의 부호 (음수는 매도)"),
    Rule.BUYS: gettext_lazy("모두 매수"),
    Rule.SELLS: gettext_lazy("모두 매도"),
    Rule.RESULTS: gettext_lazy("실현손익 목록 (모두 매도 합계)"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its heading, its name in the form, and the choices with the present one marked."""

    place: int
    text: str
    choices: list[tuple[str, str, bool]]


@dataclass
class ColumnsPage:
    """``batch`` is a draft. ``today`` is the account's trading day."""

    batch: ImportBatch
    today: date
    mapping: Mapping
    wrong: str = ""

    @cached_property
    def found(self) -> Preview:
        """The file as it would be read now, for the account it names."""
        return preview(self.batch, self.today)

    @cached_property
    def heads(self) -> list[Head]:
        """Every column, unknown ones too."""
        lines = self.lines
        width = max([len(self.mapping.heads), *(len(line.cells) for line in lines)], default=0)
        texts = [*self.mapping.heads, *[""] * (width - len(self.mapping.heads))]
        return [Head(place, text, self._choices(place)) for place, text in enumerate(texts)]

    @cached_property
    def lines(self) -> list[Line]:
        """The first rows below the heading."""
        grid = grids_of(self.batch)[self.mapping.sheet]
        return [line for line in grid.lines[self.mapping.last + 1 :] if not line.is_blank][:ROWS]

    @property
    def rows(self) -> list[tuple[int, list[str]]]:
        """The same as cells for every column."""
        return [(line.number, [line.cell(head.place) for head in self.heads]) for line in self.lines]

    @property
    def masked(self) -> list[str]:
        """The other account numbers the file names, as a page shows numbers."""
        return [f"****-{number[-4:]}" for number in self.found.accounts]

    @property
    def lacks(self) -> list[str]:
        """What must still be said, in words."""
        return [str(LABELS[what]) for what in self.mapping.lacks]

    @property
    def rules(self) -> list[tuple[str, str, bool]]:
        """How bought and sold are told apart."""
        return [(str(rule), str(words), rule is self.mapping.rule) for rule, words in RULES.items()]

    def _choices(self, place: int) -> list[tuple[str, str, bool]]:
        present = self.mapping.columns.get(place)
        return [("", _("쓰지 않음"), present is None)] + [
            (str(what), str(words), what is present) for what, words in LABELS.items()
        ]


def mapping_said(mapping: Mapping, said: QueryDict) -> tuple[Mapping, str]:
    """The mapping as the form says it, and a sentence when it cannot be so."""
    columns: dict[int, Field] = {}
    for name, value in said.items():
        place = name.removeprefix("column-")
        if name.startswith("column-") and place.isascii() and place.isdigit() and value in set(Field):
            columns[int(place)] = Field(str(value))
    wrong = _doubled(columns)
    day: date | None = None
    if said.get("day"):
        try:
            day = day_of(str(said["day"]))
        except BadCell as bad:
            wrong = wrong or str(bad)
    rule = Rule(str(said["rule"])) if said.get("rule") in set(Rule) else mapping.rule
    if Field.SIDE in columns.values():
        rule = Rule.COLUMN
    settled = mapping.corrected(columns, rule, day, is_ours=said.get("ours") == "yes")
    return settled, wrong


def _doubled(columns: Told[int, Field]) -> str:
    seen: set[Any] = set()
    for what in columns.values():
        if what in seen:
            return _("'%(what)s' 열이 둘입니다. 하나만 고르세요.") % {"what": LABELS[what]}
        seen.add(what)
    return ""
