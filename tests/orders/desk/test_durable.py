"""What is claimed is on disk before a connection is opened (R1), and who claims holds the desk."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from orders.desk import memory
from orders.desk.only_one import AlreadyRunning, lock
from orders.desk.running import NotDurable, check_durable
from orders.models import Command, Halt, Lane, OrderProcess
from orders.services import posts
from orders.services.claiming import Before, claim
from orders.states import State

pytestmark = pytest.mark.database


def test_a_claim_is_committed_before_anything_is_opened(floor, monkeypatch) -> None:
    """At the moment the socket is about to connect, another connection already reads the SENDING row."""
    import socket
    import threading

    seen: list[tuple[str, int]] = []
    real = socket.socket.connect
    port = int(floor.broker.address.rest.rpartition(":")[2])
    floor.round._before = lambda intent: Before(floor.broker.clock.now().date())

    def from_outside() -> None:
        row = Command.objects.filter(outcome="").values_list("intent__state", "pk").first()
        seen.append(row or ("nothing", 0))
        connection.close()

    def watched(self, address):
        if address == ("127.0.0.1", port):
            asking = threading.Thread(target=from_outside)
            asking.start()
            asking.join()
        return real(self, address)

    intent = floor.decide()
    monkeypatch.setattr(socket.socket, "connect", watched)
    floor.round._send(intent)
    assert seen == [("sending", Command.objects.get().pk)]
    assert not connection.in_atomic_block


def test_a_second_process_of_this_machine_is_refused(settings, tmp_path) -> None:
    settings.VAR = tmp_path
    held = lock()
    with pytest.raises(AlreadyRunning):
        lock()
    os.close(held)
    os.close(lock())


def test_a_lease_that_was_lost_claims_nothing(floor) -> None:
    """O-08: the old process wakes up after its desk went to another one."""
    intent = floor.decide()
    OrderProcess.objects.update(holder="elsewhere:1", fence=floor.round.post.fence + 1)
    assert claim(intent, floor.round.post, Before(floor.broker.clock.now().date())) is None
    intent.refresh_from_db()
    assert intent.at is State.READY
    assert not posts.renew(floor.round.post, timezone.now())


def test_the_desk_of_a_living_process_is_waited_for_and_a_dead_ones_taken(floor) -> None:
    now = timezone.now()
    assert posts.take(posts.me(), now) is None
    assert posts.take(posts.me(), now + posts.TERM + timedelta(seconds=1)) is not None
    ended = subprocess.Popen([sys.executable, "-c", ""])
    started = posts._started(ended.pid) or 1
    ended.wait()
    OrderProcess.objects.update(pid=ended.pid, pid_started=started, expires=now + timedelta(hours=1))
    assert posts.take(posts.me(), now) is not None


def test_a_leftover_sender_is_ended_before_anything_is_concluded(floor) -> None:
    sleeping = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    while not (started := posts._started(sleeping.pid)):
        time.sleep(0.01)
    other = Command(boot_id=floor.round.post.boot_id, pid=sleeping.pid, pid_started=started)
    assert not posts.sender_is_gone(other, floor.round.post)
    assert posts.end_leftover(other, floor.round.post)
    assert sleeping.wait(5) == -9


def test_a_stranger_with_the_same_number_is_left_alone(floor) -> None:
    sleeping = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    earlier = Command(boot_id=floor.round.post.boot_id, pid=sleeping.pid, pid_started=1)
    assert posts.end_leftover(earlier, floor.round.post)
    assert sleeping.poll() is None
    sleeping.kill()
    sleeping.wait()


def test_a_database_that_may_forget_is_refused(transactional_db) -> None:
    if connection.vendor != "sqlite":
        check_durable()
        return
    with pytest.raises(NotDurable):
        check_durable()  # the tests' own database does not wait for the disk
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        check_durable()
        cursor.execute("PRAGMA synchronous=OFF")


def test_a_database_from_a_backup_is_noticed(floor, settings, tmp_path) -> None:
    """CP19: it knows fewer commands than were sent."""
    settings.VAR = tmp_path
    floor.placed()
    memory.remember()
    assert memory.forgotten() == 0
    Lane.objects.update(busy=None)
    Command.objects.all().delete()
    assert memory.forgotten() > 0
    memory.heed()
    halt = Halt.objects.get(account=None, cause="restored")
    assert halt.released_at is None and not halt.cancels
    memory.heed()  # told once: the halt itself is in the database, and stays until people release it
    assert Halt.objects.count() == 1 and memory.forgotten() == 0
