"""What every worker of the drill begins with: loaded once, then forked, for they do not live long."""

from datetime import UTC, date, datetime

import django

django.setup()

from kiwoomweb.operation.drills.mail import worker  # noqa: E402, F401  models need the settings first
from portfolio import reports  # noqa: E402
from portfolio.reports import Content  # noqa: E402


def _warm() -> None:
    """Templates are read and styles parsed with the first report: half a life, were it for each to do."""
    day, at = date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC)
    words = dict.fromkeys(("title", "subject", "preview", "account", "span", "page", "unreadable"), "")
    told = {"kind": "daily", "language": "ko", "is_masked": False, "first": day, "last": day, "as_of": at}
    reports.render_html(Content(**told, **words, frozen=(), sections=()))


_warm()
