"""Samples: one entry of a realtime type, word for word, for whoever waits; nothing for whoever does not."""

import asyncio
import json

from kiwoomweb.broker.samples import Samples

TICK = {"type": "0B", "name": "주식체결", "item": "005930_AL", "values": {"20": "093015", "10": "-72400"}}
BOOK = {"type": "0D", "name": "주식호가잔량", "item": "000660", "values": {"21": "093016"}}


def real(*entries):
    return json.dumps({"trnm": "REAL", "data": list(entries)}, ensure_ascii=False)


async def heard(samples, wanted, *messages):
    """What somebody who waits for ``wanted`` gets of these messages; ``None`` when none was for them."""
    waiting = asyncio.create_task(samples.next(wanted))
    await asyncio.sleep(0)
    for message in messages:
        samples.overhear([message.encode()])
    await asyncio.sleep(0)
    if waiting.done():
        return waiting.result()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    return None


async def test_the_first_entry_of_the_type_and_item_is_handed_over_as_it_came():
    later = TICK | {"values": {"10": "1"}}
    assert await heard(Samples(), ("0B", "005930_AL"), real(BOOK, TICK), real(later)) == TICK


async def test_another_item_or_another_type_is_none_of_it():
    assert await heard(Samples(), ("0B", "005930"), real(TICK)) is None
    assert await heard(Samples(), ("0D", "005930_AL"), real(TICK)) is None


async def test_a_blank_item_is_any_item():
    assert await heard(Samples(), ("0D", ""), real(BOOK)) == BOOK


async def test_what_is_no_realtime_message_is_passed_over():
    nonsense = ("PING", "{", '"REAL"', '{"trnm":"REAL","data":[1,null]}', '{"trnm":"REAL"}', '["REAL"]')
    assert await heard(Samples(), ("0B", "005930_AL"), *nonsense) is None


async def test_two_who_wait_for_the_same_both_hear_it():
    samples = Samples()
    both = [asyncio.create_task(samples.next(("0D", "000660"))) for _ in range(2)]
    await asyncio.sleep(0)
    samples.overhear([real(BOOK).encode()])
    assert await asyncio.gather(*both) == [BOOK, BOOK]


async def test_nobody_is_kept_after_hearing_or_giving_up():
    samples = Samples()
    await heard(samples, ("0B", "005930_AL"), real(TICK))
    await heard(samples, ("0B", "005930"), real(TICK))
    assert samples._waiting == []
