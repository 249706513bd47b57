"""Counting: what was to be sent, beside what lies in the mailboxes. Every copy counts, whatever its number.

Only with ``EMAIL_REPEATS`` a second copy of one Message-ID is no second mail: there the mailbox keeps one.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Delivery, State
from kiwoomweb.operation.drills.mail.scheduled import Scheduled, Send, scheduled_rows
from portfolio.models import ReportIssue

__all__ = ["Tally", "count"]

ENDED = (State.SENT, State.REFUSED, State.FAILED, State.UNSURE)


@dataclass(frozen=True, slots=True)
class Tally:
    """``once``, ``doubled``, ``missing``: reports in their mailbox once, more often, not at all.
    ``strange``: mails nobody had planned. ``lies``: said to be sent and not there. ``open``: not ended."""

    sends: int
    once: int
    doubled: int
    missing: int
    strange: int
    lies: int
    open: int
    states: Mapping[str, int]
    unsure_there: int
    alarms: int
    alarms_missing: int
    alarm_copies: int

    @property
    def clean(self) -> bool:
        """Nothing double, nothing strange, nothing said that is not so, nothing forgotten."""
        return self.sends > 0 and not (self.doubled or self.strange or self.lies or self.open)

    @property
    def complete(self) -> bool:
        """And everything has arrived."""
        return self.clean and not (self.missing or self.alarms_missing)

    def words(self) -> str:
        """Two lines."""
        unsure = self.states.get(State.UNSURE, 0)
        refused = self.states.get(State.REFUSED, 0) + self.states.get(State.FAILED, 0)
        return (
            f"{self.sends} scheduled reports: {self.once} arrived once, duplicates {self.doubled}, not arrived "
            f"{self.missing}; said to be sent and not there {self.lies}, unplanned {self.strange}, unfinished "
            f"{self.open}; refused by the server {refused}, unsure {unsure} (there {self.unsure_there}, not "
            f"{unsure - self.unsure_there})\n"
            f"    {self.alarms} alarms: not arrived {self.alarms_missing}, more copies of the same number "
            f"{self.alarm_copies}"
        )


def count(stage: Scheduled, taken: Mapping[str, int], *, repeats: bool) -> Tally:
    """``taken``: copies in the mailboxes by Message-ID."""
    rows = list(
        Delivery.objects.filter(account=stage.account).values_list("key", "kind", "message_id", "state")
    )
    named = scheduled_rows(stage)
    copies: Counter[Send] = Counter()
    for key, _kind, number, _state in rows:
        if key in named:
            copies[named[key]] += min(taken.get(number, 0), 1) if repeats else taken.get(number, 0)
    alarms = [taken.get(number, 0) for _key, kind, number, _state in rows if kind == Kind.LOSS_LIMIT]
    known = {number for _key, _kind, number, _state in rows}
    return Tally(
        sends=len(stage.sends),
        once=sum(copies[send] == 1 for send in stage.sends),
        doubled=sum(copies[send] > 1 for send in stage.sends),
        missing=sum(copies[send] == 0 for send in stage.sends),
        strange=len(taken.keys() - known) + len(set(named.values()) - stage.sends),
        lies=sum(state == State.SENT and not taken.get(number) for _key, _kind, number, state in rows),
        open=_open(stage, rows),
        states=Counter(state for key, _kind, _number, state in rows if key in named),
        unsure_there=sum(
            state == State.UNSURE and key in named and number in taken for key, _kind, number, state in rows
        ),
        alarms=stage.alarms,
        alarms_missing=stage.alarms - sum(times > 0 for times in alarms),
        alarm_copies=sum(max(times - 1, 0) for times in alarms),
    )


def _open(stage: Scheduled, rows: list[tuple[str, str, str, str]]) -> int:
    unmade = ReportIssue.objects.filter(account=stage.account, made_at__isnull=True).count()
    return unmade + sum(state not in ENDED for _key, _kind, _number, state in rows)
