"""Meanings: what one field of a reply is, by the catalogue, the rules and the question it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.reading import rules
from kiwoomweb.broker.reading.shapes import Kind
from kiwoomweb.broker.reading.units import MILLIONS, SHARES, Unit, asks_for_money, lot, unit_of

__all__ = ["Meaning", "meaning"]

_FORMATS = {
    "YYYYMMDD": Kind.DAY,
    "HHmmss": Kind.CLOCK,
    "HH:mm:ss": Kind.CLOCK,
    "YYYYMMDDHHmmss": Kind.MOMENT,
    "symbol": Kind.CODE,
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field's kind, its shown unit, what its figures are multiplied by; ``symbol`` for a share's code."""

    kind: Kind
    unit: str = ""
    factor: Decimal = Decimal(1)
    symbol: bool = False


def meaning(field: Field, tr: TR, body: Mapping[str, str] | None = None) -> Meaning:
    """What a field of ``tr`` means in the answer to ``body``."""
    return _of_the_rules(field, tr) or _of_a_name(field, tr) or _of_a_figure(field, tr, body)


def _of_the_rules(field: Field, tr: TR) -> Meaning | None:
    unit = rules.OVERRULED.get((tr.id, field.name))
    if unit:
        return Meaning(unit.kind, unit.shown, unit.factor)
    if (tr.id, field.name) in rules.TRADED:
        return Meaning(Kind.TRADED, "주")
    return None


def _of_a_name(field: Field, tr: TR) -> Meaning | None:
    """Codes, choices, days and times, order numbers; ``None`` for what is a figure."""
    if field.choices:
        return Meaning(Kind.CHOICE)
    if field.unit:
        return None
    if field.name == "item":  # a share, a sector, gold: as it was registered
        return Meaning(Kind.CODE)
    if field.format in _FORMATS:
        return Meaning(_FORMATS[field.format], symbol=field.format == "symbol")
    return _of_a_code(field, tr)


def _of_a_code(field: Field, tr: TR) -> Meaning | None:
    if rules.ORDER_NUMBERS.fullmatch(field.name):
        return Meaning(Kind.ORDER_NO)
    if rules.CODES.fullmatch(field.name):
        return Meaning(Kind.CODE, symbol=tr.id != "ka52301")  # whose "symbol" is a kind of investor
    if rules.SECTORS.fullmatch(field.name):
        return Meaning(Kind.CODE)
    return None


def _of_a_figure(field: Field, tr: TR, body: Mapping[str, str] | None) -> Meaning:
    unit = _unit(field, tr, body)
    factor = unit.factor / field.scale
    if unit.kind is Kind.POINTS and not _is_price(field):
        return Meaning(Kind.NUMBER, unit.shown, factor)  # the change of a level has a true sign
    if unit.kind is Kind.WON and _is_price(field):
        return Meaning(Kind.PRICE, unit.shown, factor)
    return Meaning(unit.kind, unit.shown, factor)


def _unit(field: Field, tr: TR, body: Mapping[str, str] | None) -> Unit:
    if tr.id in rules.FOLLOWS_THE_QUESTION and rules.INVESTORS.fullmatch(field.name):
        unit = _by_investor(field, tr, body)
        if unit:
            return unit
    unit = unit_of(field.unit, tr, body)
    if unit:
        return unit
    if field.unit:  # hangs on a question we do not know: a figure in the guide's own words
        return Unit(Kind.NUMBER, field.unit.partition("(")[0].strip())
    if field.scale != 1:
        return Unit(Kind.RATE, "%") if field.name.endswith("_rt") else Unit(Kind.NUMBER, "")
    return _guessed(field)


def _by_investor(field: Field, tr: TR, body: Mapping[str, str] | None) -> Unit | None:
    if field.unit not in {"", "백만원"}:
        return None
    money = asks_for_money(tr, body)
    if money is None:
        return None if field.unit else Unit(Kind.NUMBER, "")
    return MILLIONS if money else lot(tr, body) or SHARES


def _guessed(field: Field) -> Unit:
    """For a field the guide gives no unit: by its name, by its label; else it is text, which loses nothing."""
    for pattern, unit in rules.BY_NAME:
        if pattern.fullmatch(field.name):
            return unit
    for pattern, unit in rules.BY_LABEL:
        if pattern.fullmatch(field.label):
            return unit
    if rules.PRICE.fullmatch(field.name):
        return Unit(Kind.PRICE, "원")
    return Unit(Kind.NUMBER, "") if field.signed else rules.TEXTS


def _is_price(field: Field) -> bool:
    return bool(rules.PRICE.fullmatch(field.name))
