"""Standing: what the broker thinks of a share — 증거금률, 신용등급, 관리종목 — the same whenever asked.

Margin and credit come from ``flows.classes``. The exchange has no issuers who fail, so who is supervised is
drawn from the code: a few of the KOSDAQ shares the broker lends nothing on.
"""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["Standing", "standing_of"]

FULL_MARGIN = 100
#: One of so many shares without credit is supervised.
SUPERVISED_EVERY = 4


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
    doubtful = about.market == "KOSDAQ" and sorted_as.margin == FULL_MARGIN
    supervised = doubtful and crc32(f"supervised:{about.code}".encode()) % SUPERVISED_EVERY == 0
    return Standing(sorted_as.margin, sorted_as.credit, sorted_as.credit in {"A", "B"}, supervised)
