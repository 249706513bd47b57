"""The person: looks at what is flagged, confirms actions, has days read again.

What the broker corrects explains itself.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from kiwoomweb.broker.domain import Side
from kiwoomweb.operation.drills.journal.cast import Played
from kiwoomweb.simulator.corporate import Action
from orders.models import Fill
from portfolio.analytics.proof import DayState, Line
from portfolio.analytics.proof.lines import Equation, Reason
from portfolio.models import DayProof, HoldingEvent
from portfolio.services.looking_again import read_again
from portfolio.services.proving import prove, prove_rest
from portfolio.services.trades.catching_up import derive_anew

__all__ = ["actions_of", "ask_again", "confirm", "follows", "is_proposed", "lines_of"]

RATIOS = {"split": (5, 1), "bonus": (3, 2)}


def actions_of(played: Played) -> tuple[Action, ...]:
    """What really happened to the account's holdings."""
    return tuple(played.broker.call(lambda exchange: exchange.corporate_actions))


def lines_of(played: Played, day: date) -> list[Line]:
    """The lines of the day's proof that stand in the way."""
    proof = DayProof.objects.filter(account=played.account, day=day, superseded_at__isnull=True).first()
    lines = list(map(Line.of, proof.lines)) if proof else []
    return [line for line in lines if not line.holds or line.reason is Reason.MISSING]


def is_proposed(played: Played, action: Action) -> bool:
    """Whether the proof of that day says that the shares do not add up, and why that may be (F-53)."""
    wanted = {(Equation.SHARES, code, Reason.RIGHTS) for code in (action.code, action.successor)}
    return any((line.equation, line.symbol, line.reason) in wanted for line in lines_of(played, action.day))


def follows(played: Played, day: date, actions: Iterable[Action]) -> str:
    """The action that our own result of the day is wrong by: shares it turned into others were sold, and nobody
    has confirmed it yet. Blank where there is none, or where anything else is wrong too."""
    if any(line.key != "realised.own" for line in lines_of(played, day)):
        return ""
    sales = Fill.objects.current().filter(account=played.account, day=day, side=Side.SELL.value)
    sold = set(sales.values_list("symbol", flat=True))
    before = (one for one in actions if one.day <= day and {one.code, one.successor} & sold)
    return next((f"after {one.kind} {one.code}" for one in before), "")


def confirm(played: Played, actions: Iterable[Action]) -> None:
    """Write down what happened, as a person does, and see the trades and proofs that follow."""
    for action in actions:
        new, old = RATIOS.get(action.kind, (1, 1))
        HoldingEvent.objects.create(
            account=played.account,
            day=action.day,
            kind=action.kind,
            symbol=action.code,
            new_symbol=action.successor if action.kind == "rename" else "",
            numerator=new,
            denominator=old,
            source="person",
            recorded_at=timezone.now(),
        )
    derive_anew(played.account.pk)
    prove_rest(played.account)


def ask_again(played: Played, days: Iterable[date]) -> None:
    """The one-click fix: read these days once more."""
    for day in days:
        if DayState(prove(played.account, day).state) in (DayState.MISMATCH, DayState.GAP):
            read_again(played.account, day)
