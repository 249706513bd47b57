"""The agenda of a weekly meeting, made of the week's own trades.

The biggest win and the biggest leak; trades that broke a rule; trades the members do not agree on; and what was
to be done and is not done yet.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from kiwoomweb.access.models import Account, User
from portfolio.models import ActionItem, Meeting, MeetingVote, RuleCheck, Trade, TradeTag
from portfolio.selectors.together.comments import talked_about
from portfolio.selectors.trades import trades_of

__all__ = ["Agenda", "Item", "agenda_of", "monday_of"]

#: More than so many trades of a kind are no agenda but a list.
MOST = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One trade to talk about. ``why`` it is here: win, leak, broken, disputed; ``broken`` names the rules."""

    trade: Trade
    why: tuple[str, ...]
    broken: tuple[str, ...] = ()
    comments: int = 0
    votes: Counter[str] = field(default_factory=Counter)
    mine: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """``returned``: open from earlier weeks, ``made``: of this week; ``meeting`` is ``None`` before the first
    word."""

    week: date
    items: tuple[Item, ...]
    returned: tuple[ActionItem, ...]
    made: tuple[ActionItem, ...]
    meeting: Meeting | None

    @property
    def until(self) -> date:
        """The Sunday."""
        return self.week + timedelta(days=6)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def agenda_of(account: Account, week: date, reader: User) -> Agenda:
    """Of the week that begins on that Monday."""
    closed = Q(closed_day__range=(week, week + timedelta(days=6)))
    trades = list(trades_of(account).filter(closed).order_by("closed_day", "pk"))
    meeting = Meeting.objects.filter(account=account, week=week).select_related("minutes_by").first()
    actions = ActionItem.objects.filter(account=account).select_related("owner", "ended_by")
    returned = actions.filter(week__lt=week).filter(Q(state="open") | Q(ended_at__date__gte=week))
    return Agenda(
        week=week,
        items=tuple(_items(trades, meeting, reader)),
        returned=tuple(returned.order_by("week", "pk")),
        made=tuple(actions.filter(week=week).order_by("pk")),
        meeting=meeting,
    )


def _items(trades: Sequence[Trade], meeting: Meeting | None, reader: User) -> Iterable[Item]:
    numbers = [trade.pk for trade in trades]
    broken, talked = _broken(numbers), talked_about(numbers)
    votes: dict[int, Counter[str]] = {}
    mine: dict[int, str] = {}
    for one in MeetingVote.objects.filter(meeting=meeting) if meeting else ():
        votes.setdefault(one.trade_id, Counter())[one.side] += 1
        if one.user_id == reader.pk:
            mine[one.trade_id] = one.side
    reasons = _reasons(trades, broken, talked, votes)
    for trade in sorted(trades, key=lambda one: _rank(reasons.get(one.pk, ()))):
        if trade.pk in reasons:
            yield Item(
                trade,
                tuple(reasons[trade.pk]),
                tuple(broken.get(trade.pk, ())),
                talked.get(trade.pk, 0),
                votes.get(trade.pk, Counter()),
                mine.get(trade.pk, ""),
            )


def _reasons(
    trades: Sequence[Trade],
    broken: dict[int, list[str]],
    talked: dict[int, int],
    votes: dict[int, Counter[str]],
) -> dict[int, list[str]]:
    """Why each trade is on the agenda; most are not."""
    found: dict[int, list[str]] = {}
    nets = {trade.pk: trade.net for trade in trades if trade.net is not None}
    if nets and max(nets.values()) > 0:
        found.setdefault(max(nets, key=lambda pk: nets[pk]), []).append("win")
    if nets and min(nets.values()) < 0:
        found.setdefault(min(nets, key=lambda pk: nets[pk]), []).append("leak")
    for pk in list(broken)[:MOST]:
        found.setdefault(pk, []).append("broken")
    disputed = [pk for pk, sides in votes.items() if len(sides) > 1]
    disputed += [pk for pk in sorted(talked, key=lambda one: -talked[one]) if talked[pk] > 1]
    for pk in list(dict.fromkeys(disputed))[:MOST]:
        found.setdefault(pk, []).append("disputed")
    return found


def _rank(why: Sequence[str]) -> int:
    return min((("win", "leak", "broken", "disputed").index(one) for one in why), default=9)


def _broken(trades: Sequence[int]) -> dict[int, list[str]]:
    """Rules a person found broken, and mistakes the trade is marked with."""
    found: dict[int, list[str]] = {}
    checks = RuleCheck.objects.filter(trade__in=trades, result=RuleCheck.Result.BROKEN).select_related("rule")
    for check in checks.order_by("pk"):
        found.setdefault(check.trade_id, []).append(check.rule.text)
    marks = TradeTag.objects.filter(trade__in=trades, tag__group__kind="mistake").select_related("tag")
    for mark in marks.order_by("pk"):
        found.setdefault(mark.trade_id, []).append(str(mark.tag))
    return found
