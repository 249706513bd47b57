"""Finding instruments: by code, name or 초성."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from market.initials import initials, is_initials
from market.models import Instrument

__all__ = ["find", "instrument", "named"]


def find(text: str, most: int = 20) -> "QuerySet[Instrument]":
    """The best matches first: the code itself, names that begin so, then names that contain it."""
    text = text.strip()
    if not text:
        return Instrument.objects.none()
    field, wanted = ("initials", initials(text)) if is_initials(text) else ("name", text)
    begins, contains = {f"{field}__istartswith": wanted}, {f"{field}__icontains": wanted}
    rank = Case(
        When(symbol__iexact=text, then=Value(0)),
        When(name__iexact=text, then=Value(1)),
        When(**begins, then=Value(2)),
        When(symbol__istartswith=text, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    matches = Q(**contains) | Q(symbol__istartswith=text) | Q(name_en__icontains=text)
    return Instrument.objects.filter(matches).order_by(rank, Length("name"), "name")[:most]


def instrument(symbol: str) -> Instrument | None:
    return Instrument.objects.filter(symbol=symbol).first()


def named(symbols: Iterable[str]) -> list[Instrument]:
    """The instruments of these codes, in their order; codes the list does not know are left out."""
    wanted = list(symbols)
    known = Instrument.objects.in_bulk(wanted)
    return [known[symbol] for symbol in wanted if symbol in known]
