"""E4: the header of a period (ka10074) is the sum of the rows that came with it, to the won.

Only what is realised is compared: buys and their commissions of days without a sale are in the header and in no
row (PROTOCOL 6.6).
"""

from portfolio.analytics.proof.facts import DayFacts, Span
from portfolio.analytics.proof.lines import Equation, Line, compared

__all__ = ["headers"]

E4 = Equation.HEADERS


def headers(facts: DayFacts) -> list[Line]:
    """Three lines for each reading that covered the day; ``symbol`` holds its days."""
    return [line for span in facts.spans for line in _span(span)]


def _span(span: Span) -> list[Line]:
    of = f"{span.first}..{span.last}"
    return [
        compared(Line(E4, "realised", span.rows.realised, span.header.realised, symbol=of)),
        compared(Line(E4, "sold", span.rows.sold, span.header.sold, symbol=of)),
        compared(Line(E4, "tax", span.rows.tax, span.header.tax, symbol=of)),
    ]
