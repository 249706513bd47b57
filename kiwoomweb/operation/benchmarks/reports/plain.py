"""What a report costs as one would first write it: every sale and trade of the account read for each, faces and
styles made anew each time."""

from collections import defaultdict
from datetime import date

from kiwoomweb.access.models import Account
from portfolio.analytics.behaviour.overall import findings
from portfolio.analytics.letter import leaks, spots
from portfolio.models import Sale
from portfolio.reports.drawing import canvas
from portfolio.reports.fonts import kept
from portfolio.reports.papers import mail, sheet
from portfolio.selectors.outcomes import outcomes_of
from portfolio.selectors.trades import trades_of

__all__ = ["forget_everything", "read_everything"]

#: What is made once a process and kept.
MADE_ONCE = (canvas.font, kept.letters_of, mail._inliner, sheet.style, sheet.registered)


def forget_everything() -> None:
    """The next paper makes its faces and styles anew."""
    for each in MADE_ONCE:
        each.cache_clear()


def read_everything(account: Account, last: date) -> int:
    """Results by day and share from all sales, habits from all trades; how many there were."""
    by_day: dict[date, int] = defaultdict(int)
    by_symbol: dict[str, int] = defaultdict(int)
    sales = Sale.objects.current().filter(account=account, day__lte=last)
    for sale in sales:
        by_day[sale.day] += sale.realised
        by_symbol[sale.symbol] += sale.realised
    outcomes = outcomes_of(account, trades_of(account).filter(closed_day__lte=last))
    leaks(findings(outcomes), spots(outcomes))
    return len(outcomes)
