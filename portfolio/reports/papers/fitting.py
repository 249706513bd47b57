"""A mail that fits: Gmail hides what comes after 102 kB, so a longer one says less, and says so."""

from collections.abc import Sequence

from portfolio.reports.content.joining import Part, joined
from portfolio.reports.content.shortening import SHORTER
from portfolio.reports.papers.mail import Links, render_html

__all__ = ["MOST_BYTES", "render_fitting"]

#: Below the limit however it is counted: also as base64, as it travels.
MOST_BYTES = 74_000


def render_fitting(parts: Sequence[Part], *, links: Links = ()) -> str:
    """The mail of one account or of several, whole where it fits. Text, files and the page stay whole."""
    html = render_html(joined(parts), links=links)
    for brevity in SHORTER:
        if len(html.encode()) <= MOST_BYTES:
            break
        html = render_html(joined(parts, brevity), links=links)
    return html
