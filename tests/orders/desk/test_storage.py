"""A disk that failed once is not believed again: nothing new is sent, everything halts, cancelling goes on."""

import errno
import sqlite3
import threading

import pytest
from django.db import DatabaseError, OperationalError

from orders.desk import round as rounds
from orders.desk.running import Desk
from orders.models import Halt
from orders.services import storage
from orders.states import State
from orders.tickets import Kind

pytestmark = pytest.mark.database


def failed(code: int, state: str = "") -> DatabaseError:
    """What the database says, as Django hands it on."""
    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorcode = code
    if state:
        cause.sqlstate = state
    said = OperationalError("disk I/O error")
    said.__cause__ = cause
    return said


@pytest.fixture(autouse=True)
def _believed():
    yield
    storage._seen.clear()


def test_f30_after_the_first_failed_write_nothing_is_placed_and_cancelling_works(floor, monkeypatch) -> None:
    waits = floor.placed()
    held = floor.decide(floor.ticket(quantity=2))
    before, claim, stop = len(floor.at_broker()), rounds.claim, threading.Event()
    desk = Desk(stop)
    desk.post, desk.rounds = floor.round.post, {floor.account.pk: floor.round}

    def torn(*parts):
        raise failed(sqlite3.SQLITE_IOERR_FSYNC)

    monkeypatch.setattr(rounds, "claim", torn)
    desk._work(floor.account)
    monkeypatch.setattr(rounds, "claim", claim)  # the next fsync says that all is well
    assert storage.is_unreliable()
    back = floor.decide(floor.ticket(kind=Kind.CANCEL, quantity=0, price=None, target_no=waits.order_no))
    desk._work(floor.account)
    floor.go()
    for one in (waits, held, back):
        one.refresh_from_db()
    assert (held.at, waits.at, back.at) == (State.READY, State.CANCELLED, State.CONFIRMED)
    assert [one.number for one in floor.at_broker()[before:]] == [back.order_no]
    storage.say_so()
    storage.say_so()
    assert Halt.objects.get().cause == "storage" and Halt.objects.get().account is None


def test_f30_a_send_already_claimed_looks_once_more(floor, monkeypatch) -> None:
    before, send = len(floor.at_broker()), rounds.send

    def torn_just_now(*parts):
        storage.notice(OSError(errno.EIO, "Input/output error"))
        return send(*parts)

    monkeypatch.setattr(rounds, "send", torn_just_now)
    intent = floor.placed()
    assert intent.at is State.NOT_SENT and len(floor.at_broker()) == before


@pytest.mark.parametrize(
    ("trouble", "is_disks"),
    [
        (failed(sqlite3.SQLITE_IOERR_FSYNC), True),
        (failed(sqlite3.SQLITE_IOERR), True),
        (failed(sqlite3.SQLITE_READONLY), True),
        (failed(sqlite3.SQLITE_CORRUPT), True),
        (failed(0, "58030"), True),
        (OSError(errno.EROFS, ""), True),
        (failed(sqlite3.SQLITE_FULL), False),
        (failed(sqlite3.SQLITE_BUSY), False),
        (OSError(errno.ENOSPC, ""), False),
        (OperationalError("server closed the connection"), False),
        (ValueError(), False),
    ],
)
def test_f30_what_is_the_disks_fault(trouble: Exception, is_disks: bool) -> None:
    assert storage.fails(trouble) is is_disks
