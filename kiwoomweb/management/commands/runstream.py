"""Hold the broker's realtime sockets: one line per connected account, until SIGTERM or Ctrl-C."""

import asyncio
import contextlib
import signal
from typing import Any

import uvloop
from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand
from redis.exceptions import RedisError

from kiwoomweb.operation import heartbeats
from kiwoomweb.operation.closed_memory import close_memory
from kiwoomweb.operation.giving_up import give_up_account_keys
from kiwoomweb.operation.steady import steady
from kiwoomweb.streams import account_handlers, essential_symbols, market_handlers
from market.line.switchboard import Switchboard, wait

#: Seconds between signs of life for /healthz.
BEAT_EVERY = 5


class Command(BaseCommand):
    help = "키움 실시간 소켓을 열고 시세와 체결을 전달합니다."

    def handle(self, *args: Any, **options: Any) -> None:
        close_memory()
        give_up_account_keys()
        uvloop.run(hold())


async def hold() -> None:
    """Run the switchboard and the heartbeat side by side until told to stop."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    board = Switchboard(market_handlers(), account_handlers(), essential_symbols)
    steady()
    await asyncio.gather(board.run(stop), beat(stop))


async def beat(stop: asyncio.Event) -> None:
    """Say that we are alive; a queue that is down cannot be told, and does not stop us."""
    while not stop.is_set():
        with contextlib.suppress(RedisError, OSError):
            await sync_to_async(heartbeats.beat)("stream")
        await wait(stop, BEAT_EVERY)
