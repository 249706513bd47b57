"""The shell around every page: whose accounts, which one, which place, and how fresh it is.

Everything is looked up when a template first asks for it, so fragments pay for nothing.
"""

from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple, cast

from django.http import HttpRequest
from django.utils import timezone

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.access.models.account import EnvironmentName
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import own_accounts, rights_here
from orders.presenting.stopping import stop_reasons
from orders.selectors.stops import State, Stop, state_of, stops_of
from portfolio.presenting.session_clock import session_windows
from portfolio.selectors.archive import Archive, archive
from portfolio.selectors.days import corrections_lately
from portfolio.selectors.sync import SyncState, sync_state

__all__ = ["Shell", "shell"]

#: Which entry of the rail is lit, by the name of the address.
PLACES = {
    "imports": "journal",
    "import": "journal",
    "import_columns": "journal",
    "import_manual": "journal",
    "queue": "trades",
    "labels": "trades",
    "trade": "trades",
    "review": "trades",
    "day": "journal",
    "stats_group": "stats",
    "stats_part": "stats",
    "stats_rows": "stats",
    "note": "journal",
    "outlines": "journal",
    "outline_make": "journal",
    "outline_change": "journal",
    "search_notes": "journal",
    "trust": "journal",
    "trust_day": "journal",
    "trust_reply": "journal",
    "symbols": "symbol",
    "search": "symbol",
    "tr": "explorer",
    "tr_more": "explorer",
    "coverage": "explorer",
    "live_board": "board",
    "alert_make": "alerts",
    "screens": "settings",
    "screens_change": "settings",
}
#: The application whose pages all belong to one entry.
ORDERS = "orders"
#: Pages that all belong to one entry.
MARKET = {
    "home",
    "shelf",
    "board",
    "sectors",
    "conditions",
    "condition",
    "watchlists",
    "watchlist",
}


class Named(NamedTuple):
    """What the shell says of an account, as a value: templates read it as they read the account."""

    code: str
    name: str
    environment: str
    masked_number: str

    @property
    def get_environment_display(self) -> str:
        """The environment in the reader's language."""
        return str(EnvironmentName(self.environment).label)


class Frame(NamedTuple):
    """All that the rail, the tabs and the common part of the top bar follow from (besides the language)."""

    account: Named | None
    accounts: tuple[Named, ...]
    place: str


class Shell:
    """What the rail, the top bar and the status strip say."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts this person may see, oldest first; none for visitors."""
        user = getattr(self._request, "user", None)
        return own_accounts(user) if user else ()

    @cached_property
    def many_teams(self) -> bool:
        """Whether accounts of several teams stand side by side."""
        return len({account.team_id for account in self.accounts}) > 1

    @cached_property
    def account(self) -> Account | None:
        """The account of this address; elsewhere the person's first."""
        if named := getattr(self._request, "account", None):
            return cast("Account", named)
        match = self._request.resolver_match
        code = match.kwargs.get("code") if match else None
        matching = [account for account in self.accounts if account.code == code]
        return next(iter(matching or self.accounts), None)

    @cached_property
    def place(self) -> str:
        """Which entry of the rail is the present one."""
        match = self._request.resolver_match
        if match and match.app_name == ORDERS:
            return ORDERS
        name = (match.url_name or "") if match else ""
        return "market" if name in MARKET else PLACES.get(name, name)

    @cached_property
    def frame(self) -> Frame:
        """What parts that are kept between pages may see."""
        account = _named(self.account) if self.account else None
        return Frame(account, tuple(_named(one) for one in self.accounts), self.place)

    @cached_property
    def sync(self) -> SyncState | None:
        """How fresh the account's journal is."""
        return sync_state(self.account) if self.account else None

    @cached_property
    def archive(self) -> Archive | None:
        """How much is kept, and how much of it the broker no longer answers for."""
        return archive(self.account) if self.account else None

    @cached_property
    def stops(self) -> list[Stop]:
        """What keeps orders of the account from going out, oldest first."""
        return stops_of(self.account) if self.account else []

    @property
    def state(self) -> State:
        """ACTIVE, REDUCING or HALTED."""
        return state_of(self.stops)

    @property
    def may_halt(self) -> bool:
        """Whether this person may stop the account's orders."""
        return self.account is not None and Right.HALT in rights_here(self.account)

    @property
    def stop_reasons(self) -> tuple[str, ...]:
        """Reasons to stop that need no typing."""
        return stop_reasons()

    @cached_property
    def now(self) -> datetime | None:
        """The broker's clock (virtual in the simulator)."""
        return gateway.broker_now(self.account) if self.account else None

    @cached_property
    def windows(self) -> str:
        """Today's sessions and the next day's, for the clock in the top bar."""
        return session_windows(self.now, corrections_lately()) if self.now else "[]"

    @cached_property
    def clock(self) -> timedelta:
        """How far the broker's clock is ahead of ours, in whole seconds."""
        ahead = self.now - timezone.now() if self.now else timedelta()
        return timedelta(seconds=round(ahead.total_seconds()))


def _named(account: Account) -> Named:
    return Named(account.code, account.name, account.environment, account.masked_number)


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: ``{{ shell.account.name }}``."""
    return {"shell": Shell(request)}
