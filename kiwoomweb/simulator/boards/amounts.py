"""Amounts in words: what ``5만주이상`` or ``2천원~5천원`` lets through. The guide's choices are the filter."""

import re
from dataclasses import dataclass
from functools import cache

__all__ = ["Band", "amount", "band"]

SMALL = {"십": 10, "백": 100, "천": 1_000}
LARGE = {"만": 10_000, "억": 100_000_000}

_AMOUNT = r"[\d십백천만억]+"
_BETWEEN = re.compile(rf"({_AMOUNT})원?\s*~\s*({_AMOUNT})원?")
_BOUND = re.compile(rf"({_AMOUNT})[주원]\s*(이상|미만)?")


@dataclass(frozen=True, slots=True)
class Band:
    """From ``least`` on, and below ``limit`` where there is one."""

    least: int = 0
    limit: int | None = None

    def holds(self, value: int) -> bool:
        return self.least <= value and (self.limit is None or value < self.limit)


def amount(words: str) -> int:
    """``3천만`` is 30,000,000, ``만`` 10,000, ``15`` 15."""
    total = section = 0
    number: int | None = None
    for part in re.findall(r"\d+|\D", words):
        if part.isdigit():
            number = int(part)
        elif part in SMALL:
            section, number = section + (1 if number is None else number) * SMALL[part], None
        else:
            total += (section + (number or 0) or 1) * LARGE[part]
            section, number = 0, None
    return total + section + (number or 0)


@cache
def band(words: str) -> Band:
    """The amounts these words name; words without an amount (``전체조회``) name all of them."""
    if found := _BETWEEN.search(words):
        return Band(amount(found[1]), amount(found[2]))
    if found := _BOUND.search(words):
        return Band(limit=amount(found[1])) if found[2] == "미만" else Band(amount(found[1]))
    return Band()
