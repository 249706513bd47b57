"""The order process: sends what was decided, finds out what became of it, takes back what is halted.

It alone opens account keys, and hands the others the access tokens they work with.
"""

import signal
import sys
import threading
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from redis.exceptions import RedisError

from kiwoomweb.access.gateway import hold_the_order_desk
from kiwoomweb.access.token_window import TokenWindow
from kiwoomweb.operation import heartbeats
from kiwoomweb.operation.closed_memory import close_memory
from kiwoomweb.operation.steady import steady
from orders.desk.exits import ExitWatch
from orders.desk.integrity import look_through
from orders.desk.only_one import AlreadyRunning, lock
from orders.desk.running import Desk, check_durable


class Command(BaseCommand):
    help = "주문을 내는 단 하나의 프로세스 (the one process that sends orders)"

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold the lock for the life of this process; until SIGTERM or Ctrl-C."""
        try:
            lock()
        except AlreadyRunning:
            raise CommandError("주문 프로세스가 이미 있습니다 (the order process is already running)") from None
        close_memory()
        hold_the_order_desk()
        check_durable()
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        steady()
        TokenWindow(stop).start()
        exits = threading.Thread(target=ExitWatch(stop).run, name="exits", daemon=True)
        exits.start()
        threading.Thread(target=look_through, name="integrity", daemon=True).start()
        Desk(stop, _alive).run()
        sys.exit(0)


def _alive() -> None:
    """A queue that is down cannot be told, and does not stop us."""
    with suppress(RedisError, OSError):
        heartbeats.beat("orders")
