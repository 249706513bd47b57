"""Groups of a breakdown in the reader's words: buckets, labels by their names, shares."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from market.models import Instrument
from portfolio.analytics.when.breakdown import UNKNOWN
from portfolio.analytics.when.dimensions import Dimension
from portfolio.models import Tag

__all__ = ["in_words", "label_of", "names_for"]

LABELS = {"tag", "mistake", "setup", "emotion"}


def in_words(pair: tuple[str, str]) -> str:
    """The Korean or the English of a pair the formulas come with."""
    korean, english = pair
    return english if (get_language() or "ko").startswith("en") else korean


def label_of(by: Dimension, key: str, names: Mapping[str, str]) -> str:
    """A group in the reader's words."""
    if key == UNKNOWN:
        return _("모름")
    known = next((bucket for bucket in by.buckets if bucket.key == key), None)
    return in_words((known.name, known.english)) if known else names.get(key, key)


def names_for(by: Dimension, keys: Iterable[str]) -> dict[str, str]:
    """Names of labels and symbols that stand in groups by their numbers and codes."""
    if by.key in LABELS:
        wanted = [int(key) for key in keys if key.isdecimal()]
        return {str(pk): name for pk, name in Tag.objects.filter(pk__in=wanted).values_list("pk", "name")}
    if by.key == "symbol":
        return dict(Instrument.objects.filter(symbol__in=list(keys)).values_list("symbol", "name"))
    return {}
