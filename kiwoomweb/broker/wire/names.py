"""Names on the wire: symbols with or without class letter and venue, sides, order numbers (PROTOCOL 5.4)."""

import re

from kiwoomweb.broker.domain import Side, Symbol, Venue

__all__ = ["flag", "item", "order_no", "routed", "side", "symbol", "venue"]

_ITEM = re.compile(r"[AJQ]?([0-9A-Z]{6})(_NX|_AL)?|([0-9A-Z]{8,9})", re.ASCII)
_VENUES = {"통합": Venue.ALL, "KRX": Venue.KRX, "NXT": Venue.NXT, "SOR": Venue.SOR}
_VENUES |= {"0": Venue.ALL, "1": Venue.KRX, "2": Venue.NXT, "%": Venue.ALL}


def symbol(text: str) -> Symbol | None:
    """The bare code: ``"A005930"``, ``"005930_AL"`` and ``"005930"`` are one symbol. Codes may hold letters."""
    name = item(text)
    return None if name is None else Symbol(name.partition("_")[0])


def item(text: str) -> str | None:
    """The code with its venue suffix kept (``"005930_NX"``), the class letter A, J or Q dropped."""
    text = text.strip()
    if not text:
        return None
    found = _ITEM.fullmatch(text)
    if not found:
        raise ValueError(f"not a symbol: {text!r}")
    return found[3] or f"{found[1]}{found[2] or ''}"


def side(text: str) -> Side | None:
    """By the Korean word: ``"+매수"``, ``"-매도정정"``, ``"현금매수"``. The sign is mere colour."""
    words = [word for word in ("매수", "매도") if word in text]
    if len(words) == 1:
        return Side.BUY if words[0] == "매수" else Side.SELL
    if text.strip():
        raise ValueError(f"neither 매수 nor 매도: {text!r}")
    return None


def venue(text: str) -> Venue | None:
    """거래소구분, by word or by number; ``S-KRX`` is KRX as the router chose it."""
    text = text.strip()
    if not text:
        return None
    try:
        return _VENUES[text.removeprefix("S-")]
    except KeyError:
        raise ValueError(f"not a venue: {text!r}") from None


def routed(text: str) -> bool:
    """Whether the 거래소구분 text says that the router (SOR) chose the venue."""
    return text.strip() == "SOR" or text.strip().startswith("S-")


def order_no(text: str) -> str | None:
    """An order number of seven digits; all zeros means there is none."""
    text = text.strip()
    if not text.strip("0"):
        return None
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"not an order number: {text!r}")
    return text.zfill(7)


def flag(text: str) -> bool | None:
    """``Y`` or ``N``."""
    text = text.strip()
    if text not in {"", "Y", "N"}:
        raise ValueError(f"neither Y nor N: {text!r}")
    return text == "Y" if text else None
