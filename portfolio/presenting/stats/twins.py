"""The account beside both indices, as the rows of one table."""

from django.utils.translation import gettext as _

from portfolio.presenting.stats.capital import Money
from portfolio.presenting.stats.units import text

__all__ = ["index_labels", "index_rows"]

KEYS = ("benchmark_return", "excess", "beta", "alpha", "tracking_error", "up_capture", "down_capture")


def index_labels() -> list[str]:
    """The columns, short."""
    return [_("수익률"), _("초과"), _("베타"), _("알파"), _("추적 오차"), _("상승 포착"), _("하락 포착")]


def index_rows(money: Money) -> list[tuple[str, list[str], str]]:
    """A row for each index: its name, its values, and why some are missing."""
    found = []
    for each in money.both():
        measures = each["measures"]
        values = [text(measures[key].value, measures[key].unit) for key in KEYS]
        found.append((each["name"], values, each["trouble"]))
    return found
