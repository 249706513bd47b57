"""``pk__in=Numbers(found)``: whole numbers written into the query. As parameters each is prepared by itself."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Expression
from django.db.models.fields import BigIntegerField

__all__ = ["Numbers"]


class Numbers(Expression):
    """A list to compare with ``in``; at the most as long as a page, and empty it holds nothing."""

    output_field = BigIntegerField()

    def __init__(self, numbers: Iterable[int]) -> None:
        super().__init__()
        self.text = ",".join([str(int(number)) for number in numbers])

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[()]]:
        """Digits and commas alone."""
        return f"({self.text or 'NULL'})", ()
