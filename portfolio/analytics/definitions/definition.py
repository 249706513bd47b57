"""Definition: what a figure is called, how it is computed, and from how many samples on it says something."""

from dataclasses import dataclass

from portfolio.analytics.measures import Unit

__all__ = ["Definition"]


@dataclass(frozen=True, slots=True)
class Definition:
    """``name`` is the Korean msgid and ``english`` its English; ``formula`` is shown when the figure is opened.

    ``needs`` is the least *n*; below it the figure is grey. ``source`` is the section of the metric catalogue.
    """

    key: str
    name: str
    english: str
    formula: str
    needs: int
    unit: Unit
    source: str
