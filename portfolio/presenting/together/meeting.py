"""The page of a weekly meeting, to be read together and printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.selectors import who_sees
from portfolio.models import MeetingVote
from portfolio.selectors.days import today_of
from portfolio.selectors.together.agenda import Agenda, Item, agenda_of, monday_of

__all__ = ["MeetingPage"]

WHY: Mapping[str, "object"] = {
    "win": _("가장 크게 이긴 거래"),
    "leak": _("가장 크게 샌 거래"),
    "broken": _("원칙을 어긴 거래"),
    "disputed": _("생각이 갈린 거래"),
}


@dataclass
class MeetingPage:
    """``draft``: minutes that were not saved, and ``wrong`` why."""

    account: Account
    week: date
    reader: User
    may_write: bool
    wrong: str = ""
    draft: str = ""

    @cached_property
    def agenda(self) -> Agenda:
        return agenda_of(self.account, self.week, self.reader)

    @property
    def lines(self) -> list[tuple[Item, list[object], list[tuple[str, str, int, bool]]]]:
        """Each trade with why it is here, and each side with its votes and whether it is the reader's."""
        return [
            (
                item,
                [WHY[one] for one in item.why],
                [
                    (side.value, str(side.label), item.votes[side.value], item.mine == side.value)
                    for side in MeetingVote.Side
                ],
            )
            for item in self.agenda.items
        ]

    @cached_property
    def members(self) -> list[User]:
        return who_sees(self.account)

    @property
    def before(self) -> date:
        return self.week - timedelta(days=7)

    @property
    def after(self) -> date | None:
        """The next week, once it has begun."""
        following = self.week + timedelta(days=7)
        return following if following <= monday_of(today_of(self.account)) else None
