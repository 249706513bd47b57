"""What is settled about a file: which columns are what, and what its rows do not say themselves."""

from collections.abc import Mapping as Told
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from orders.incoming.header import Layout, lacking
from orders.incoming.rows import Rule
from orders.incoming.words import Field

__all__ = ["Mapping"]


@dataclass(frozen=True)
class Mapping:
    """A layout somebody may have corrected. ``day`` is that of rows without one; ``is_ours``: somebody has said
    that the file is this account's although it names another."""

    sheet: int
    first: int
    last: int
    heads: tuple[str, ...]
    columns: Told[int, Field]
    rule: Rule
    day: date | None = None
    is_ours: bool = False

    @classmethod
    def of(cls, layout: Layout) -> Self:
        """As recognised."""
        rule = Rule.RESULTS if layout.is_results else Rule.COLUMN
        return cls(layout.sheet, layout.first, layout.last, layout.heads, layout.columns, rule, layout.day)

    @classmethod
    def from_json(cls, told: Told[str, Any]) -> Self:
        """As kept with a batch."""
        return cls(
            told["sheet"],
            told["first"],
            told["last"],
            tuple(told["heads"]),
            {int(place): Field(what) for place, what in told["columns"].items()},
            Rule(told["rule"]),
            date.fromisoformat(told["day"]) if told["day"] else None,
            told["is_ours"],
        )

    def to_json(self) -> dict[str, Any]:
        """What ``from_json`` reads."""
        return {
            "sheet": self.sheet,
            "first": self.first,
            "last": self.last,
            "heads": list(self.heads),
            "columns": {str(place): str(what) for place, what in self.columns.items()},
            "rule": str(self.rule),
            "day": str(self.day) if self.day else None,
            "is_ours": self.is_ours,
        }

    def corrected(self, columns: Told[int, Field], rule: Rule, day: date | None, *, is_ours: bool) -> Self:
        """The same table as somebody says it is to be read."""
        return replace(self, columns=dict(columns), rule=rule, day=day, is_ours=is_ours)

    @property
    def has_days(self) -> bool:
        """Whether the rows say their day."""
        return bool({Field.DAY, Field.MOMENT} & set(self.columns.values()))

    @property
    def lacks(self) -> tuple[Field, ...]:
        """What must still be said: columns, and the day where no column tells it."""
        have = frozenset(self.columns.values())
        missing = lacking(have, is_results=self.rule is not Rule.COLUMN)
        return missing if self.has_days or self.day else (*missing, Field.DAY)
