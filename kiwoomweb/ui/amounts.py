"""Amounts as people type them: 5000, 5,000, 1만, 1.5억, 150만원."""

import re
from decimal import Decimal

__all__ = ["won_in"]

AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(천|만|백만|천만|억)?\s*원?")
SIZES = {"": 1, "천": 1_000, "만": 10_000, "백만": 1_000_000, "천만": 10_000_000, "억": 100_000_000}


def won_in(said: str) -> int | None:
    """Whole won; ``None`` for what is no amount, or a part of a won."""
    found = AMOUNT.fullmatch(said.strip()[:24])
    if not found:
        return None
    whole, part, size = found[1].replace(",", ""), found[2] or "", found[3] or ""
    won = Decimal(whole + part) * SIZES[size]
    return int(won) if won == won.to_integral_value() else None
