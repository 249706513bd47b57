"""Rounds of the drill: letters are posted, workers killed and stopped at random, then everything is counted.

First as the product is set up: a letter whose answer was not heard is never sent again. Then with
``EMAIL_REPEATS``, before a server that keeps one of two messages with the same number.
"""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from random import Random
from time import monotonic, sleep

from django.db import transaction

from kiwoomweb.notices.letters import Letter
from kiwoomweb.notices.models import Delivery, Telling
from kiwoomweb.notices.services.posting import post
from kiwoomweb.operation.drills.mail.counting import count
from kiwoomweb.operation.drills.mail.mischief import Mischief
from kiwoomweb.operation.drills.mail.server import MailServer
from kiwoomweb.operation.drills.mail.worker import LEASE, work

__all__ = ["play"]

Say = Callable[[str], None]
#: Seconds between two kills, and how many of them stop somebody for longer than a lease instead.
BETWEEN, STOPPED = (0.1, 0.6), 0.02
#: A round that takes longer than so many seconds for each letter has hung.
PATIENCE = 0.5


def play(say: Say, server: MailServer, mails: int, seed: int, workers: int) -> bool:
    """Both rounds. Whether nothing was doubled and nothing lost."""
    say(f"seed {seed}, {mails} letters, {workers} workers at a time")
    first = _round(say, server, mails, Random(seed), workers, repeats=False)
    second = _round(say, server, max(mails // 5, 1), Random(seed + 1), workers, repeats=True)
    return first and second


def _round(say: Say, server: MailServer, mails: int, luck: Random, workers: int, *, repeats: bool) -> bool:
    Telling.objects.all().delete()
    Delivery.objects.all().delete()
    server.taken.clear()
    server.script = mischief = Mischief(luck)
    _post(mails, luck.randrange(10**9))
    kills = _hunt(luck, workers, mails, repeats=repeats)
    tally = count(server.taken, repeats=repeats)
    say(f"{'EMAIL_REPEATS=1' if repeats else 'never twice'}: {tally.words()}")
    say(f"  killed {kills} workers, {mischief.done} connections went wrong: {mischief.words()}")
    return tally.held


def _post(mails: int, number: int) -> None:
    for start in range(0, mails, 500):
        with transaction.atomic():
            for n in range(start, min(start + 500, mails)):
                post(Letter(f"reader{n}@example.com", f"보고서 {n}", f"손익 {n}원", f"drill:{number}:{n}"))


def _hunt(luck: Random, workers: int, mails: int, *, repeats: bool) -> int:
    """Kill a worker, begin another, until all letters have ended. How many were killed."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["kiwoomweb.operation.drills.mail.preloaded"])
    running = [_begun(context, repeats) for _ in range(workers)]
    kills, until = 0, monotonic() + 60 + mails * PATIENCE
    while any(one.is_alive() for one in running) and monotonic() < until:
        sleep(luck.uniform(*BETWEEN))
        place = luck.randrange(workers)
        prey = running[place]
        if not prey.is_alive():
            continue
        if luck.random() < STOPPED:
            _stop_a_while(prey)
            continue
        prey.kill()
        prey.join()
        kills += 1
        running[place] = _begun(context, repeats)
    for one in running:
        one.kill()
        one.join()
    return kills


def _begun(context: ForkServerContext, repeats: bool) -> ForkServerProcess:
    process: ForkServerProcess = context.Process(target=work, args=(repeats,))
    process.start()
    return process


def _stop_a_while(process: ForkServerProcess) -> None:
    """Its claim ends meanwhile; when it wakes up, others have gone on."""
    if process.pid is not None:
        os.kill(process.pid, signal.SIGSTOP)
        sleep(LEASE.total_seconds() * 1.3)
        os.kill(process.pid, signal.SIGCONT)
