"""Conditions: which shares a 종목조건 or 신용조건 lets through, read from the guide's words for the choice."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from zlib import crc32

from kiwoomweb.simulator.boards.standing import Standing, standing_of
from kiwoomweb.simulator.market_facts import Instrument

__all__ = ["credit_condition", "share_condition", "skipped"]

Condition = Callable[[Instrument], bool]

#: A word of the guide -> the shares it speaks of. Nobody here is in 정리매매, under 환기 or an ETN.
KINDS: dict[str, Condition] = {
    "관리": lambda one: standing_of(one).supervised,
    "우선주": lambda one: "우선주" in one.kind,
    "ETF": lambda one: one.is_etf,
    "ETN": lambda one: one.market == "ETN",
    "스팩": lambda one: "스팩" in one.name,
    "스펙": lambda one: "스팩" in one.name,
    "정리매매": lambda one: False,
    "환기": lambda one: False,
}
_MARGIN = re.compile(r"증(\d+)\s*(제외|만)?")
#: 제외종목 of ka10054, a digit each: 우선주, 관리, 투자경고, 투자주의, 환기, 단기과열, 증100, ETF, ETN.
PLACES: tuple[Condition | None, ...] = (
    KINDS["우선주"],
    KINDS["관리"],
    None,
    None,
    KINDS["환기"],
    None,
    lambda one: standing_of(one).margin == WHOLE,
    KINDS["ETF"],
    KINDS["ETN"],
)
WHOLE = 100
#: Credit of one share in so many is used up on a given day.
USED_UP_EVERY = 29


@cache
def share_condition(words: str) -> Condition:
    """``증40만보기``, ``우선주+관리종목제외``, ``관리종목`` alone, ``전체조회`` …"""
    if found := _MARGIN.search(words):
        rate, only = int(found[1]), found[2] != "제외"
        return lambda one: (standing_of(one).margin == rate) is only
    named = [condition for word, condition in KINDS.items() if word in words]
    if not named or words.endswith(" 포함"):
        return lambda one: True
    if "제외" in words or "미포함" in words:
        return lambda one: not any(condition(one) for condition in named)
    return lambda one: any(condition(one) for condition in named)


def credit_condition(words: str, day: date) -> Condition:
    """``신용융자A군``, ``신용융자전체``, ``신용대주``, ``신용한도초과제외``; others let all through."""
    judge = _credit(words)
    if "한도초과" in words:
        return lambda one: bool(standing_of(one).credit) and not _used_up(one.code, day)
    return lambda one: judge(standing_of(one))


def skipped(one: Instrument, mask: str) -> bool:
    """Whether a mask of nine digits (1 leaves out) leaves this share out."""
    marked = zip(mask, PLACES, strict=False)
    return any(digit == "1" and condition is not None and condition(one) for digit, condition in marked)


def _used_up(code: str, day: date) -> bool:
    return crc32(f"credit:{code}:{day}".encode()) % USED_UP_EVERY == 0


def _credit(words: str) -> Callable[[Standing], bool]:
    if found := re.search(r"융자([A-E])군", words):
        group = found[1]
        return lambda standing: standing.credit == group
    if "융자전체" in words:
        return lambda standing: bool(standing.credit)
    if "대주" in words:
        return lambda standing: standing.lendable
    return lambda standing: True
