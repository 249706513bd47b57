"""Playing: sessions at their keys, the master key changed again and again, every second changer killed."""

import subprocess
import sys
import time
from collections.abc import Callable
from random import Random

from kiwoomweb.access import desk_keys
from kiwoomweb.access.models import Account, Credential, Team
from kiwoomweb.access.services import keys
from kiwoomweb.access.services.resealing import reseal
from kiwoomweb.operation.drills.keys.sessions import Sessions, pair

__all__ = ["play"]

#: Seconds within which a changer is killed after it has begun.
KILLED_WITHIN = 0.6


def play(say: Callable[[str], None], sessions: int, changes: int, seed: int) -> bool:
    """Whether no read and no write failed, every row ended under the newest key, and every key still opens."""
    accounts = _accounts(sessions)
    crowd, chance, killed = Sessions(accounts, sessions), Random(seed), 0
    began = time.monotonic()
    crowd.start()
    try:
        for number in range(changes):
            killed += _change(kill_after=chance.uniform(0, KILLED_WITHIN) if number % 2 else None)
    finally:
        crowd.stop()
    left = reseal()
    newest = desk_keys.private().newest
    old = Credential.objects.exclude(key_version=newest).count()
    opened = sum(keys.opened(account) is not None for account in accounts)
    took = time.monotonic() - began
    say(f"sessions {sessions} · master keys {newest} · changers killed {killed} · {took:.0f} s")
    say(f"reads {crowd.reads:,} · failed {len(crowd.wrong)}")
    say(f"writes {crowd.writes:,} · waited too long for their turn {crowd.repeated}")
    say(f"rows brought along after the last crash {left.done} · under an older key {old} · opened {opened}")
    for line in crowd.wrong[:10]:
        say(f"  {line}")
    return (
        not crowd.wrong
        and not crowd.repeated
        and not left.unreadable
        and old == 0
        and opened == sessions
        and crowd.reads > 0
    )


def _accounts(count: int) -> list[Account]:
    team = Team.objects.create(name="drill")
    accounts = [
        Account.objects.create(team=team, name=f"{n}", number=f"81{n:08}", environment="simulator")
        for n in range(count)
    ]
    for account in accounts:
        keys.keep(account, pair(account.pk, 0))
    return accounts


def _change(kill_after: float | None) -> int:
    """One new master key by a process of its own; 1 when it was killed at work."""
    command = [sys.executable, "-m", "kiwoomweb.operation.drills.keys.changing"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as changer:
        assert changer.stdout  # noqa: S101  narrows the type
        changer.stdout.readline()
        if kill_after is not None:
            time.sleep(kill_after)
            changer.kill()
        code = changer.wait()
    if kill_after is None and code:
        raise RuntimeError(f"the changer failed: {code}")
    return int(code != 0)
