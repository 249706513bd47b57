"""What every worker of the drill begins with: loaded once, then forked, for they do not live long."""

from datetime import UTC, date, datetime
from typing import Any

import django

django.setup()

from kiwoomweb.operation.drills.mail import worker  # noqa: E402, F401  models need the settings first
from portfolio import reports  # noqa: E402
from portfolio.reports import Content  # noqa: E402


def _warm() -> None:
    """Templates are read and styles parsed with the first report: half a life, were it for each to do."""
    names = ("kind", "language", "title", "subject", "preview", "account", "span", "page", "unreadable")
    days: dict[str, Any] = dict.fromkeys(("first", "last"), date(2026, 11, 20))
    words: dict[str, Any] = dict.fromkeys(names, "")
    at = datetime(2026, 11, 20, tzinfo=UTC)
    reports.render_html(Content(**days, **words, is_masked=False, as_of=at, frozen=(), sections=()))


_warm()
