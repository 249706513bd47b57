"""Standing: what the broker thinks of a share — 증거금률, 신용등급, 관리종목 — the same whenever asked.

Drawn from ``flows.classes``, which every TR about credit reads, too.
"""

from dataclasses import dataclass
from functools import cache

from kiwoomweb.simulator.flows.classes import class_of, is_supervised
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["Standing", "standing_of"]


@dataclass(frozen=True, slots=True)
class Standing:
    """``margin`` in percent; ``credit`` a 신용융자 group A-E or blank; ``lendable`` takes part in 대주."""

    margin: int
    credit: str
    lendable: bool
    supervised: bool

    @property
    def words(self) -> str:
        """종목상태 as ka10099 words it."""
        parts = [f"증거금{self.margin}%"]
        if self.supervised:
            parts.append("관리종목")
        if self.credit:
            parts += ["담보대출", "신용가능"]
        return "|".join(parts)


@cache
def standing_of(about: Instrument) -> Standing:
    sorted_as = class_of(about)
    lendable = sorted_as.credit in {"A", "B"}
    return Standing(sorted_as.margin, sorted_as.credit, lendable, is_supervised(about))
