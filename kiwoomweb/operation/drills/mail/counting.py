"""Counting: what the outbox says of every letter, beside what the mail server has taken."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kiwoomweb.notices.models import Delivery, State

__all__ = ["Tally", "count"]


@dataclass
class Tally:
    """``doubled``: in a mailbox twice. ``lost``: said to be sent, never taken; or taken, and said refused.
    ``open``: not ended. ``unsure`` are shown to their owner: some were taken, some not."""

    letters: int = 0
    sent: int = 0
    refused: int = 0
    unsure: int = 0
    unsure_taken: int = 0
    again: int = 0
    doubled: int = 0
    lost: int = 0
    open: int = 0

    @property
    def held(self) -> bool:
        """Nothing doubled, nothing lost, nothing forgotten."""
        return self.letters > 0 and not (self.doubled or self.lost or self.open)

    def words(self) -> str:
        """One line."""
        return (
            f"{self.letters} letters, {self.sent} sent, {self.refused} refused by the server, "
            f"{self.unsure} unsure and shown as such (taken: {self.unsure_taken}, not: "
            f"{self.unsure - self.unsure_taken}), {self.again} handed over again with the same number; "
            f"duplicates {self.doubled}, losses {self.lost}, unfinished {self.open}"
        )


def count(taken: Mapping[str, int], *, repeats: bool) -> Tally:
    """With ``repeats`` the mailbox keeps one message of a number, so that a second one doubles nothing."""
    rows = Delivery.objects.values_list("message_id", "state")
    tally, states = Tally(letters=len(rows)), Counter(state for _, state in rows)
    tally.sent, tally.unsure = states[State.SENT], states[State.UNSURE]
    tally.refused = states[State.REFUSED] + states[State.FAILED]
    tally.open = tally.letters - tally.sent - tally.unsure - tally.refused
    for number, state in rows:
        times = taken.get(number, 0)
        tally.again += max(times - 1, 0)
        tally.doubled += times > 1 and not repeats
        tally.unsure_taken += state == State.UNSURE and times > 0
        tally.lost += state == State.SENT and not times
        tally.lost += state == State.REFUSED and times > 0 and not repeats
    # What the server has and we have no row of came from nowhere.
    tally.doubled += len(taken.keys() - {number for number, _ in rows})
    return tally
