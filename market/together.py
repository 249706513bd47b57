"""Together: run jobs side by side and end them for certain.

``asyncio.TaskGroup`` cancels a child once. A child that is just then waiting for a thread (``sync_to_async``)
can lose that one cancellation, and a group that is itself cancelled while it ends can lose its own.
"""

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any

__all__ = ["end", "together"]

#: Seconds after which a task that has not ended is cancelled again.
PATIENCE = 1.0


async def together(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run until the first job ends or fails; the others are ended then. Raises what the first one raised."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await end(tasks)


async def end(tasks: Collection["asyncio.Task[None]"]) -> None:
    """Cancel until they have ended, whatever they raise."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=PATIENCE)
    await asyncio.gather(*tasks, return_exceptions=True)  # nobody else looks at what they raised
