"""Saying: figures as cells of a report, amounts as won or, for a masked reader, as percent of the account."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.ui.templatetags.days import weekday
from kiwoomweb.ui.templatetags.money import compact, percent, signed, unsigned_percent, won
from portfolio.reports.content.pieces import Cell

__all__ = [
    "UNKNOWN",
    "Saying",
    "day_words",
    "moment_words",
    "of",
    "percent_of",
    "priced",
    "rate",
    "share",
    "toned",
    "word",
]

UNKNOWN = Cell("—", "weak")
CENT, MINUS = Decimal("0.01"), "\u2212"
#: What could be an amount in free text: grouped or long digits, digits before 원, 만, 억, 천, 주 or a currency.
AMOUNT = re.compile(
    r"[₩$]\s*\d(?:[\d,.]*\d)?"
    r"|\d(?:[\d,.]*\d)?\s*(?:십|백|천)?(?:원|만|억|조|천|주(?![간일년차]))"
    r"|\d(?:[\d,.]*\d)?\s*(?:[kmb]\b|won\b|krw\b|shares?\b)"
    r"|\d{1,3}(?:,\d{3})+"
    r"|(?<![\d-])\d{4,}(?![\d년]|-\d)",
    re.IGNORECASE,
)
VEIL = "•••"


@dataclass(frozen=True, slots=True)
class Saying:
    """How one reader is told of money. ``worth`` is what the account was worth when the period began, in won:
    a masked reader gets amounts as percent of it, and ``—`` while nobody knows it."""

    is_masked: bool
    worth: int | None

    @property
    def unit(self) -> str:
        """What amounts count here: ``won`` or ``percent``."""
        return "percent" if self.is_masked else "won"

    def result(self, amount: int | Decimal | None) -> Cell:
        """Gained or lost: coloured, signed."""
        if amount is None:
            return UNKNOWN
        if not self.is_masked:
            return Cell(signed(amount), toned(amount), Decimal(amount))
        value = self.value(amount)
        return UNKNOWN if value is None else Cell(percent(value), toned(amount), value)

    def size(self, amount: int | Decimal | None) -> Cell:
        """Neither gained nor lost: a price paid, a cost, a worth."""
        if amount is None:
            return UNKNOWN
        if not self.is_masked:
            return Cell(won(amount), value=Decimal(amount))
        value = self.value(amount)
        return UNKNOWN if value is None else Cell(f"{value}%".replace("-", MINUS), value=value)

    def headline(self, amount: int | Decimal | None, *, is_result: bool = False) -> Cell:
        """The same short, for large letters: ``1억 2,340만``."""
        full = self.result(amount) if is_result else self.size(amount)
        if self.is_masked or amount is None:
            return full
        if not is_result:
            return Cell(compact(amount), value=full.value)
        arrow = "▲ " if amount > 0 else "▼ " if amount < 0 else ""
        return Cell(f"{arrow}{won(amount).removeprefix(MINUS)}", full.tone, full.value)

    def value(self, amount: int | Decimal) -> Decimal | None:
        """The number a chart draws: won, or percent of the account to two places."""
        if not self.is_masked:
            return Decimal(amount)
        if not self.worth:
            return None
        return (Decimal(amount) * 100 / self.worth).quantize(CENT, ROUND_HALF_UP)

    def free(self, text: str) -> str:
        """What somebody wrote, its amounts veiled where amounts are not to be seen."""
        return AMOUNT.sub(VEIL, text) if self.is_masked else text


def word(text: str, tone: str = "") -> Cell:
    """A cell of words."""
    return Cell(text, tone) if text else UNKNOWN


def of(count: int) -> Cell:
    """A count of days, trades or rows."""
    return Cell(f"{count:,}", value=Decimal(count))


def rate(value: Decimal | None) -> Cell:
    """A return in percent, coloured."""
    if value is None:
        return UNKNOWN
    return Cell(percent(value), toned(value), value.quantize(CENT, ROUND_HALF_UP))


def percent_of(fraction: float) -> str:
    """``+0.42%`` of a share as statistics have it (0.0042)."""
    return percent(Decimal(repr(fraction)) * 100)


def priced(price: Decimal) -> Cell:
    """A price of one share: whole won, an average to two places."""
    shown = price.quantize(CENT, ROUND_HALF_UP)
    return Cell(f"{shown:,f}".removesuffix(".00"), value=price)


def share(value: Decimal | None) -> Cell:
    """A share of a whole in percent."""
    return (
        UNKNOWN if value is None else Cell(unsigned_percent(value), value=value.quantize(CENT, ROUND_HALF_UP))
    )


def toned(value: int | Decimal) -> str:
    """``rise``, ``fall`` or nothing."""
    return "rise" if value > 0 else "fall" if value < 0 else ""


def day_words(day: date) -> str:
    """``2026-11-20 (금)``."""
    return f"{day} ({weekday(day)})"


def moment_words(moment: datetime) -> str:
    """``2026-11-20 20:05`` in Korea."""
    return f"{moment.astimezone(SEOUL):%Y-%m-%d %H:%M}"
