"""Jobs that run together end together, even one that misses its first cancellation."""

import asyncio
import threading
import time

import pytest

from market import together as module
from market.threads import in_thread
from market.together import end, together


async def for_ever() -> None:
    await asyncio.Event().wait()


async def fails() -> None:
    raise ValueError("no")


async def test_the_first_failure_ends_the_others_and_is_raised() -> None:
    with pytest.raises(ValueError, match="no"):
        await together(for_ever(), fails(), for_ever())
    assert len(asyncio.all_tasks()) == 1


async def test_a_job_that_swallows_its_cancellation_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    swallowed: list[bool] = []

    async def hard_of_hearing() -> None:
        try:
            await for_ever()
        except asyncio.CancelledError:
            swallowed.append(True)
        await for_ever()

    task = asyncio.create_task(hard_of_hearing())
    await asyncio.sleep(0)
    await end([task])
    assert swallowed == [True]
    assert task.cancelled()


async def test_cancelling_the_whole_ends_every_job() -> None:
    whole = asyncio.create_task(together(for_ever(), for_ever()))
    await asyncio.sleep(0.01)
    await end([whole])
    assert len(asyncio.all_tasks()) == 1


async def test_work_in_a_thread_is_finished_before_its_owner_ends() -> None:
    begun, done = threading.Event(), []

    def slow() -> None:
        begun.set()
        time.sleep(0.2)
        done.append(True)

    task = asyncio.create_task(in_thread(slow))
    await asyncio.to_thread(begun.wait)
    await end([task])
    assert done == [True]
    assert task.cancelled()


async def test_what_a_thread_raises_reaches_its_owner() -> None:
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 // 0)
    assert await in_thread(divmod, 7, 2) == (3, 1)
