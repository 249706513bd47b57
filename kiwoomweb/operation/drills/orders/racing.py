"""Racing: the same order asked for by several at once: one intent and equal answers (O-01, O-02)."""

import threading
import time
from unittest.mock import patch

from django.db import connection

from kiwoomweb.access.models import Account, Team
from kiwoomweb.broker.domain import Side
from orders.errors import InProgress, KeyReused
from orders.models import Intent
from orders.services import examining
from orders.services.deciding import decide
from orders.services.examining import Examined
from orders.tickets import Kind, Ticket

__all__ = ["HANDS", "race", "run"]

HANDS = 8


def race(races: int) -> int:
    """On an account made for it; how many went wrong."""
    team = Team.objects.create(name="race")
    return run(Account.objects.create(team=team, name="race", environment="simulator"), races)


def run(account: Account, races: int) -> int:
    """How many races did not end with one intent and equal answers. A hand that is told to wait asks again."""
    answers: dict[int, list[int]] = {number: [] for number in range(races)}
    gate = threading.Barrier(HANDS)
    with (
        patch.object(examining, "examine", lambda *_, **__: Examined(cash=1)),
        patch.object(examining, "prepare", lambda *_: None),
    ):
        hands = [threading.Thread(target=_hand, args=(account, hand, gate, answers)) for hand in range(HANDS)]
        for one in hands:
            one.start()
        for one in hands:
            one.join()
    made = dict(Intent.objects.filter(account=account, key__startswith="race-").values_list("key", "pk"))
    return sum(
        len(given) < HANDS - 1 or set(given) != {made.get(_key(number))} for number, given in answers.items()
    )


def _hand(account: Account, hand: int, gate: threading.Barrier, answers: dict[int, list[int]]) -> None:
    try:
        for number, given in answers.items():
            gate.wait()
            ticket = Ticket(Kind.PLACE, "005930", Side.BUY, 1, price=70_000 + number)
            other = Ticket(Kind.PLACE, "005930", Side.BUY, 2, price=70_000 + number)
            if hand or number % 2:
                given.append(_insist(account, ticket, _key(number)))
            else:
                _stranger(account, other, _key(number), given)
    finally:
        connection.close()


def _stranger(account: Account, ticket: Ticket, key: str, given: list[int]) -> None:
    """Another ticket under a key that is taken: it gets nothing."""
    while not Intent.objects.filter(account=account, key=key).exists():
        time.sleep(0)
    try:
        given.append(decide(account, None, ticket, key).intent.pk)
    except KeyReused:
        return
    except InProgress:
        given.append(-1)


def _insist(account: Account, ticket: Ticket, key: str) -> int:
    while True:
        try:
            return decide(account, None, ticket, key).intent.pk
        except InProgress:
            time.sleep(0.001)


def _key(number: int) -> str:
    return f"race-{number:07}"
