"""Rounds of the drill: plans come due, workers are killed and stopped at random, then mailboxes are counted.

First as the product is set up: a report whose acceptance was not heard is never sent again by itself; its owner
is told, asks the reader and presses. Nothing may be there twice, before or after; after it everything once.
Then with ``EMAIL_REPEATS``, before mailboxes that keep one of two mails with the same number: all by itself.
"""

from collections.abc import Callable
from random import Random
from time import monotonic

from kiwoomweb.operation.drills.mail.counting import count
from kiwoomweb.operation.drills.mail.hunting import hunt
from kiwoomweb.operation.drills.mail.mischief import Mischief
from kiwoomweb.operation.drills.mail.owner import Pressed, look
from kiwoomweb.operation.drills.mail.scheduled import lay
from kiwoomweb.operation.drills.mail.server import MailServer

__all__ = ["play"]

Say = Callable[[str], None]
#: An owner looks so often at the most; a fifth of the connections go wrong each time.
LOOKS = 20


def play(say: Say, server: MailServer, mails: int, seed: int, workers: int) -> bool:
    """Both rounds. Whether nothing was doubled and nothing lost."""
    say(f"seed {seed}, {mails} scheduled sends, {workers} workers at a time")
    begun = monotonic()
    first = _round(say, server, mails, Random(seed), workers, repeats=False)
    second = _round(say, server, max(mails // 5, 1), Random(seed + 1), workers, repeats=True)
    say(f"{monotonic() - begun:.0f} s: {'HELD' if first and second else 'BROKEN'}")
    return first and second


def _round(say: Say, server: MailServer, mails: int, luck: Random, workers: int, *, repeats: bool) -> bool:
    server.taken.clear()
    server.script = mischief = Mischief(luck)
    stage = lay(mails, "repeats" if repeats else "usual")
    kills = hunt(luck, workers, mails, repeats=repeats)
    say("EMAIL_REPEATS=1, counted by Message-ID" if repeats else "As set up, every copy counted")
    before = count(stage, server.taken, repeats=repeats)
    say(f"  before anybody has looked: {before.words()}")
    pressed, looks = Pressed(), 0
    while looks < LOOKS and look(stage, server.taken, pressed):
        looks += 1
        kills += hunt(luck, workers, mails, repeats=repeats)
    after = count(stage, server.taken, repeats=repeats)
    say(f"  after the owner has looked {looks + 1} times: {after.words()}")
    say(f"  pressed: send again {pressed.again}, it is there {pressed.away}; untold {pressed.untold}")
    say(f"  killed {kills} workers, {mischief.done} connections went wrong: {mischief.words()}")
    return before.clean and after.complete and not pressed.untold
