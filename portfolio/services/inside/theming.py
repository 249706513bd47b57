"""Theming: the themes (테마) of traded shares, asked seldom and kept, for trades of before we asked."""

from datetime import timedelta

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.calls.themes import themes
from kiwoomweb.broker.pacing import Priority
from market.services.keeping import kept_or_asked
from portfolio.selectors.theming import question

__all__ = ["keep_themes"]

#: Themes are regrouped now and then; a month later is soon enough.
FRESH = timedelta(days=30)


def keep_themes(account: Account, symbol: str) -> None:
    """Ask for the themes of one share (ka90001) unless they are kept; a silent broker is asked another time."""
    broker = gateway.broker_for(account, Priority.BACKFILL)

    def ask() -> list[str]:
        return [theme.name for theme in themes(broker, of_symbol=symbol) if theme.name]

    kept_or_asked(account, question(symbol), list[str], ask, FRESH)
