"""Cards: one figure with how many it was made of, its interval, its formula and the way to its rows."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portfolio.analytics.definitions import DEFINITIONS, EVERY
from portfolio.analytics.definitions.reasons import REASONS
from portfolio.analytics.edge.words import luck_word, sqn_word
from portfolio.analytics.measures import Measure, Why
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.units import interval, shown, text
from portfolio.presenting.stats.words import SAID, Said
from portfolio.wording.groups import in_words

__all__ = ["Card", "card", "cards"]

VERDICTS = {"sqn": sqn_word, "luck": luck_word}


@dataclass(frozen=True, slots=True)
class Card:
    """``few`` is the sentence of a small sample, ``reason`` why there is no value; one of both may be empty.
    ``rows`` is the address of the trades behind it."""

    key: str
    name: str
    value: SafeString
    plain_value: str
    n: int
    interval: str
    few: str
    reason: str
    verdict: str
    formula: str
    said: Said
    source: str
    needs: int
    rows: str

    @property
    def searched(self) -> str:
        """What a search looks into."""
        return f"{self.name} {self.key} {self.formula} {self.said.plain}".casefold()

    @property
    def css(self) -> str:
        """Grey while there are too few samples."""
        return "few" if self.few or self.reason else ""


def cards(measures: "dict[str, Measure]", asked: Asked, section: str) -> list[Card]:
    """In the order of the catalogue."""
    keys = [key for key, each in DEFINITIONS.items() if each.source == section and key in measures]
    return [card(measures[key], asked) for key in keys]


def card(measure: Measure, asked: Asked, *, with_rows: bool = True) -> Card:
    """One measure, said in the reader's language; the way to its rows where it has a page for them."""
    definition = EVERY[measure.key]
    rows = reverse("portfolio:stats_rows", args=[asked.account.code, measure.key])
    return Card(
        measure.key,
        in_words((definition.name, definition.english)),
        shown(measure),
        text(measure.value, measure.unit),
        measure.n,
        interval(measure),
        "" if measure.enough else _("표본 부족 (%(n)s/%(needs)s)") % {"n": measure.n, "needs": measure.needs},
        in_words(REASONS[Why(measure.why_none)]) if measure.why_none else "",
        in_words(VERDICTS[measure.key](measure)) if measure.key in VERDICTS else "",
        definition.formula,
        SAID[measure.key],
        definition.source,
        measure.needs,
        "" if not with_rows else f"{rows}?{asked.kept}" if asked.kept else rows,
    )
