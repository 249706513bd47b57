"""The desk: every account of a team that the reader sees, its limits, its open risk, and who trades in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account, Team, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import accounts_for, role_in, who_sees
from kiwoomweb.ui.covering import covering
from kiwoomweb.ui.templatetags.figures import share
from kiwoomweb.ui.templatetags.money import profit, unsigned_percent, won
from orders.selectors.limits import limits_of, member_limits_of
from orders.selectors.stops import State, state_of, stops_of
from orders.selectors.used import used_today
from portfolio.models import RealisedDay
from portfolio.selectors.together.comments import open_requests
from portfolio.selectors.together.risk import open_risk

__all__ = ["DeskLine", "DeskPage", "MemberUse"]


@dataclass(frozen=True, slots=True)
class MemberUse:
    """One member who may trade there: what is used of their own day limit, in words and as a bar."""

    name: str
    role: str
    used: str
    limit: str
    bar: SafeString


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One account. Everything is text already, covered where the reader sees no amounts."""

    account: Account
    trading: str
    state: State
    reason: str
    used: str
    limit: str
    bar: SafeString
    today: SafeString
    risk: str
    trades: int
    unstopped: int
    waiting: int
    members: tuple[MemberUse, ...]


@dataclass
class DeskPage:
    """Read by one member of the team."""

    team: Team
    reader: User

    @cached_property
    def lines(self) -> list[DeskLine]:
        accounts = accounts_for(self.reader).filter(team=self.team)
        return [self._line(one) for one in accounts]

    def _line(self, account: Account) -> DeskLine:
        now, wall = broker_now(account), timezone.now()
        used, limits = used_today(account, now.date()), limits_of(account, wall)
        total = None if None in used.values() else sum(value or 0 for value in used.values())
        stops, risk = stops_of(account), open_risk(account)
        state = state_of(stops)
        with covering(account.my_masked):  # type: ignore[attr-defined]
            return DeskLine(
                account=account,
                trading=state.word if stops else _("주문 켬") if limits.trading else _("주문 끔"),
                state=state,
                reason=stops[-1].reason if stops else "",
                used=won(total),
                limit=won(limits.max_day),
                bar=_bar(total, limits.max_day),
                today=profit(_realised(account, now)),
                risk=won(risk.won),
                trades=risk.trades,
                unstopped=risk.unstopped,
                waiting=len(open_requests(account)),
                members=tuple(self._members(account, used, wall)),
            )

    def _members(
        self, account: Account, used: dict[int | None, int | None], wall: datetime
    ) -> Iterable[MemberUse]:
        for person in who_sees(account, Right.ORDER):
            own, spent = member_limits_of(account, person, wall), used.get(person.pk, 0)
            limit, role = own.max_day if own else None, role_in(person, account)
            yield MemberUse(
                name=str(person),
                role=str(role.label) if role else "",
                used=won(spent),
                limit=_("계좌 한도") if limit is None else won(limit),
                bar=_bar(spent, limit),
            )


def _bar(used: int | None, limit: int | None) -> SafeString:
    """How much of the limit is gone; nothing where there is none."""
    if used is None or not limit:
        return SafeString("")
    part = 100 * used / limit
    return SafeString(f"{share(part)}{unsigned_percent(round(100 * used / limit))}")


def _realised(account: Account, now: datetime) -> int | None:
    """Of the broker's present day, once it has told it."""
    return (
        RealisedDay.objects.filter(account=account, day=now.date()).values_list("realised", flat=True).first()
    )
