"""What the journal does when the orders app has something new, or the market asks what is ours."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.dispatch import receiver

from kiwoomweb.access.models import Account, User
from kiwoomweb.notices.models import Delivery
from kiwoomweb.notices.signals import ended_badly
from market.signals import own_asked
from orders.models import Fill
from orders.selectors.possession import Possession
from orders.signals import fills_recorded, possession_asked, setups_asked, undo_asked
from portfolio.selectors.leaning import written_about
from portfolio.selectors.own import own_of
from portfolio.selectors.possession import possession, setup_names
from portfolio.services import syncing
from portfolio.services.hurrying import AFTER_A_FILL, hurry
from portfolio.services.inside import noticing
from portfolio.services.inside.fetching import forget_measures
from portfolio.services.proving import prove_again
from portfolio.services.reporting.telling import tell_of_mail
from portfolio.services.reviews import merging, reasons
from portfolio.services.trades.catching_up import catch_up
from portfolio.signals import trades_changed

__all__ = [
    "ask_again_after_fills",
    "prove_again_after_trades",
    "say_what_depends_on_imports",
    "say_what_is_ours",
    "say_what_we_have",
    "say_which_report_did_not_arrive",
    "say_which_setups_we_know",
]


@receiver(fills_recorded)
def ask_again_after_fills(sender: object, *, account_id: int, day: date, **_rest: Any) -> None:
    """New fills change holdings, cash and results: ask for them now."""
    hurry(account_id, AFTER_A_FILL)


@receiver(fills_recorded)
def derive_trades(sender: object, *, account_id: int, **_rest: Any) -> None:
    """New fills are trades at once; while the past is read, once a shift does (``syncing``)."""
    if sender is not syncing.run:
        catch_up(account_id)


@receiver(trades_changed)
def prove_again_after_trades(sender: object, *, account_id: int, days: frozenset[date], **_rest: Any) -> None:
    """A proof holds our own result against the broker's: other trades, another proof."""
    if days:
        prove_again(account_id, days)


@receiver(own_asked)
def say_what_is_ours(sender: object, *, user: User, account: Account, **_rest: Any) -> frozenset[str]:
    """What the team holds and what it has traded."""
    found = own_of(user, account)
    return frozenset((*found.held, *found.traded))


@receiver(trades_changed)
def look_inside_again(
    sender: object, *, account_id: int, trade_ids: frozenset[int], days: frozenset[date], **_rest: Any
) -> None:
    """New fills change how far a trade ran; a trade that was opened just now gets the market's word with it."""
    forget_measures(account_id, trade_ids)
    noticing.notice(account_id, trade_ids, days)


@receiver(trades_changed)
def keep_what_people_said(
    sender: object, *, account_id: int, trade_ids: frozenset[int], days: frozenset[date], **_rest: Any
) -> None:
    """Reviews and labels follow their trades when these are derived anew."""
    merging.follow(account_id, trade_ids, days)


@receiver(trades_changed)
def carry_reasons(
    sender: object, *, account_id: int, trade_ids: frozenset[int], days: frozenset[date], **_rest: Any
) -> None:
    """Why an order was given becomes what its trade says, once it has filled."""
    reasons.carry(account_id, trade_ids, days)


@receiver(undo_asked)
def say_what_depends_on_imports(
    sender: object, *, account_id: int, fills: Sequence[Fill], **_rest: Any
) -> list[str]:
    """Trades that people have written about stand on these fills."""
    return written_about(account_id, fills)


@receiver(possession_asked)
def say_what_we_have(sender: object, *, account: Account, symbol: str, **_rest: Any) -> Possession:
    """Holdings and cash for a ticket."""
    return possession(account, symbol)


@receiver(setups_asked)
def say_which_setups_we_know(sender: object, *, account: Account, **_rest: Any) -> list[str]:
    """Reasons a ticket offers."""
    return setup_names(account)


@receiver(ended_badly)
def say_which_report_did_not_arrive(sender: object, *, delivery: Delivery, **_rest: Any) -> None:
    """The reader's bell rings by itself; whoever planned the report may be somebody else."""
    if delivery.key.startswith("report:"):
        tell_of_mail(delivery)
