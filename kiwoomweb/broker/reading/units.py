"""Units: the catalogue's words for them, the factor that brings a figure to won or shares, the shown unit.

Some hang on the question: 금액 or 수량 (``amt_qty_tp``), 단주 or 천주 (``unit_tp``). PROTOCOL 5.6; the choices
of the request field say in Korean which is which, for the digits differ from TR to TR.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kiwoomweb.broker.catalogue import TR
from kiwoomweb.broker.reading.shapes import Kind

__all__ = [
    "DECISIVE",
    "EOKS",
    "MILLIONS",
    "SHARES",
    "THOUSAND_SHARES",
    "Unit",
    "asks_for_money",
    "lot",
    "unit_of",
]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a figure counts, and by what it is multiplied to be counted in ``shown``."""

    kind: Kind
    shown: str
    factor: Decimal = Decimal(1)


WON = Unit(Kind.WON, "원")
SHARES = Unit(Kind.COUNT, "주")
MILLIONS = Unit(Kind.WON, "원", Decimal(1_000_000))
EOKS = Unit(Kind.WON, "원", Decimal(100_000_000))
THOUSAND_SHARES = Unit(Kind.COUNT, "주", Decimal(1000))

#: The catalogue's word for a unit -> what it means. Those of three kinds of answer are in ``ASKED``.
STATED = {
    "원": WON,
    "천원": Unit(Kind.WON, "원", Decimal(1000)),
    "백만원": MILLIONS,
    "천만": Unit(Kind.WON, "원", Decimal(10_000_000)),
    "억원": EOKS,
    "1주": SHARES,
    "100주": Unit(Kind.COUNT, "주", Decimal(100)),
    "1000주": THOUSAND_SHARES,
    "1000주(천주)": THOUSAND_SHARES,
    "종목수": Unit(Kind.COUNT, "종목"),
    "%": Unit(Kind.RATE, "%"),
    "지수": Unit(Kind.POINTS, ""),
}

#: Units the guide leaves to the question: the one for 금액, the one for 수량.
ASKED = {
    "1주 혹은 백만원(amt_qty_tp파라미터로 설정)": (MILLIONS, SHARES),
    "1주 혹은 백만원(trde_tp파라미터로 설정)": (MILLIONS, SHARES),
    "억원 혹은 1000주": (EOKS, THOUSAND_SHARES),
    "백만원 혹은 1000주": (MILLIONS, THOUSAND_SHARES),
}
BY_LOT = "1주 혹은 1000주(unit_tp파라미터로 설정)"
#: Request fields that say 금액 or 수량.
MONEY_OR_SHARES = ("amt_qty_tp", "indc_tp")
#: All request fields on which a unit may hang.
DECISIVE = (*MONEY_OR_SHARES, "unit_tp")


def unit_of(stated: str, tr: TR, body: Mapping[str, str] | None) -> Unit | None:
    """The unit a field is in; ``None`` where the catalogue names none, or it hangs on a question not given."""
    stated = stated.partition(" ※")[0].strip()
    if stated == BY_LOT:
        return lot(tr, body)
    if stated in ASKED:
        money = asks_for_money(tr, body)
        return None if money is None else ASKED[stated][0 if money else 1]
    return STATED.get(stated)


def asks_for_money(tr: TR, body: Mapping[str, str] | None) -> bool | None:
    """Whether the question wants amounts (True) or quantities (False); ``None`` where it does not say."""
    for name in MONEY_OR_SHARES:
        said = _meaning(tr, body, name)
        if "금액" in said or "수량" in said:
            return "금액" in said
    return None


def lot(tr: TR, body: Mapping[str, str] | None) -> Unit | None:
    """단주 or 천주, as the question wants them."""
    said = _meaning(tr, body, "unit_tp")
    return {"단주": SHARES, "천주": THOUSAND_SHARES}.get(said)


def _meaning(tr: TR, body: Mapping[str, str] | None, name: str) -> str:
    """What the question says in a field, in the catalogue's words."""
    sent = str((body or {}).get(name, ""))
    return next((field.choices.get(sent, "") for field in tr.request if field.name == name), "")
