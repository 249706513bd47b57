"""Cells: what a text means as a number, a day, a time, a side, a code. What means nothing is refused."""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import Side, Venue
from orders.incoming.errors import BadCell
from orders.incoming.movements import CASH, IN, OUT

__all__ = [
    "code_of",
    "day_of",
    "days_in",
    "moment_of",
    "number_of",
    "order_no_of",
    "side_of",
    "time_of",
    "venue_of",
    "whole_of",
]

DAY = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*일?")
SHORT_DAY = re.compile(r"(\d{2})[-./](\d{1,2})[-./](\d{1,2})")
EIGHT = re.compile(r"(?<!\d)(19\d{2}|20\d{2})(\d{2})(\d{2})(?!\d)")
TIME = re.compile(r"(오전|오후|AM|PM)?\s*(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(AM|PM)?", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)")
CODE = re.compile(r"[0-9A-Z]{6}")
ISIN = re.compile(r"KR[7A-Z]([0-9A-Z]{6})[0-9A-Z]{3}")
NOISE = str.maketrans("", "", ", \u00a0₩￦▲▼△▽↑↓'\"")
NOTHING = frozenset({"", "-", "--", "n/a", "null", "none"})
BUYS = frozenset({"b", "buy", "bid"})
SELLS = frozenset({"s", "sell", "ask"})


def number_of(text: str) -> Decimal | None:
    """``"1,234.50원"``, ``"▲1,200"``, ``"(300)"``, full-width digits; ``None`` for nothing. Keeps the sign."""
    plain = unicodedata.normalize("NFKC", text).translate(NOISE).removesuffix("원").removesuffix("주")
    plain = plain.replace("\u2212", "-")
    if plain.lower() in NOTHING:
        return None
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    if not NUMBER.fullmatch(plain) or len(plain) > 20:
        raise BadCell(_("'%(text)s'은(는) 숫자가 아닙니다.") % {"text": text[:40]})
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise BadCell(_("'%(text)s'은(는) 숫자가 아닙니다.") % {"text": text[:40]}) from None


def whole_of(text: str) -> int | None:
    """A number without a fraction."""
    number = number_of(text)
    if number is not None and number != number.to_integral_value():
        raise BadCell(_("'%(text)s'은(는) 정수가 아닙니다.") % {"text": text[:40]})
    return None if number is None else int(number)


def day_of(text: str) -> date:
    """``2026-11-20``, ``2026/11/20``, ``2026.11.20``, ``2026년 11월 20일``, ``20261120``, ``26/11/20``."""
    text = unicodedata.normalize("NFKC", text).strip(" '")
    found = DAY.match(text) or EIGHT.match(text) or SHORT_DAY.match(text)
    if not found:
        raise BadCell(_("'%(text)s'은(는) 날짜가 아닙니다. 2026-11-20처럼 써 주세요.") % {"text": text[:40]})
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise BadCell(_("'%(text)s'은(는) 없는 날짜입니다.") % {"text": text[:40]}) from None


def days_in(text: str) -> list[date]:
    """Every day a text names with its year."""
    found = []
    for match in [*DAY.finditer(text), *EIGHT.finditer(text)]:
        try:
            found.append(date(*(int(part) for part in match.groups())))
        except ValueError:
            continue
    return found


def time_of(text: str) -> time | None:
    """``09:01:02``, ``9:01``, ``오후 1:05:00``, ``090102``, ``90102``; ``None`` for nothing."""
    text = unicodedata.normalize("NFKC", text).strip(" '")
    if text.lower() in NOTHING:
        return None
    if text.isdigit() and len(text) in (5, 6, 8, 9):
        text = text.zfill(len(text) + len(text) % 2)
        text = f"{text[:2]}:{text[2:4]}:{text[4:6]}"
    found = TIME.search(text)
    if not found:
        raise BadCell(_("'%(text)s'은(는) 시각이 아닙니다. 09:01:02처럼 써 주세요.") % {"text": text[:40]})
    before, hour, minute, second, after = found.groups()
    half = (before or after or "").upper()
    hours = int(hour) % 12 + 12 * (half in ("오후", "PM")) if half else int(hour)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError:
        raise BadCell(_("'%(text)s'은(는) 없는 시각입니다.") % {"text": text[:40]}) from None


def moment_of(text: str) -> tuple[date, time | None]:
    """A day with the time behind it, if there is one: ``2026-11-20 09:01:02``, ``20261120090102``."""
    text = unicodedata.normalize("NFKC", text).strip(" '")
    if text.isdigit() and len(text) == 14:
        text = f"{text[:8]} {text[8:]}"
    found = DAY.match(text) or EIGHT.match(text) or SHORT_DAY.match(text)
    rest = text[found.end() :].strip(" T") if found else ""
    return day_of(text), time_of(rest) if rest else None


def side_of(text: str) -> Side:
    """매수 or 매도 in any dress: ``+매수``, ``현금매도``, ``KOSDAQ매수``, ``B``. Cancelled is neither."""
    plain = unicodedata.normalize("NFKC", text).translate(NOISE).strip("+-*").lower()
    if "취소" in plain or "정정" in plain or "거부" in plain:
        raise BadCell(_("'%(text)s': 취소·정정·거부된 주문에는 체결이 없습니다.") % {"text": text[:40]})
    if plain in BUYS or (plain.endswith("매수") and "매도" not in plain) or plain.startswith("매수"):
        return Side.BUY
    if plain in SELLS or (plain.endswith("매도") and "매수" not in plain) or plain.startswith("매도"):
        return Side.SELL
    if IN in plain or OUT in plain:
        told = _("'%(text)s': 사고판 것이 아니라 주식이 들어오거나 나간 줄입니다.")
        raise BadCell(told % {"text": text[:40]})
    if any(word in plain for word in CASH):
        told = _("'%(text)s': 체결이 아니라 현금이 오간 것입니다. 현금은 키움의 거래내역에서 읽어 옵니다.")
        raise BadCell(told % {"text": text[:40]})
    if not plain:
        raise BadCell(_("매수인지 매도인지 적혀 있지 않습니다."))
    raise BadCell(_("'%(text)s'은(는) 매수도 매도도 아닙니다.") % {"text": text[:40]})


def code_of(text: str) -> str:
    """``A005930``, ``'005930``, ``5930``, ``005930_AL``, ``KR7005930003``: all ``005930``; empty stays so."""
    plain = unicodedata.normalize("NFKC", text).translate(NOISE).strip(" =").upper().partition("_")[0]
    if not plain or plain == "-":
        return ""
    if found := ISIN.fullmatch(plain):
        return found[1]
    if len(plain) == 7 and plain[0] in "AJQ":
        plain = plain[1:]
    if plain.isdigit() and len(plain) < 6:
        plain = plain.zfill(6)  # a spreadsheet took it for a number and dropped its zeros
    if not CODE.fullmatch(plain):
        raise BadCell(_("'%(text)s'은(는) 종목코드가 아닙니다.") % {"text": text[:40]})
    return plain


def order_no_of(text: str) -> str:
    """A number of an order or a fill as the broker writes it: seven digits; empty for nothing or all zeros."""
    plain = text.translate(NOISE).strip(" =")
    if not plain.strip("0-"):
        return ""
    if not plain.isalnum() or not plain.isascii() or len(plain) > 10:
        raise BadCell(_("'%(text)s'은(는) 주문번호가 아닙니다.") % {"text": text[:40]})
    return plain.zfill(7) if plain.isdigit() else plain


def venue_of(text: str) -> Venue:
    """KRX unless it says otherwise."""
    return Venue.NXT if "NXT" in text.upper() or "넥스트" in text else Venue.KRX
