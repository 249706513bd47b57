"""Faults of the broker while it is being read: what is asked again, how fast, how much of it is taken in."""

import gzip
import json
import threading
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

import httpx
import pytest
import time_machine

from kiwoomweb.broker import errors as e
from kiwoomweb.broker import protocol
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.hearing import NoAnswer, whole
from kiwoomweb.broker.local_pacing import LocalPacer
from kiwoomweb.broker.pacing import RATES, WINDOW, Priority
from kiwoomweb.broker.patience import patiently
from kiwoomweb.broker.sending import LARGEST
from kiwoomweb.broker.tokens import Token
from kiwoomweb.broker.turns import Ticket, Turns
from tests.broker.stage import EXPIRED, said
from tests.broker.test_pacing import Clock

OPEN = {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}
TR = "ka10075"


# --- what is asked again ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_f01_a_broker_that_is_down_is_asked_thrice_and_no_row_is_made_up(stage, status) -> None:
    down = httpx.Response(status, content=b"<html>")
    stage[TR] = down
    client = stage.client()
    with pytest.raises(e.BrokerDown):
        client.rows(TR, OPEN, "oso")
    assert len(stage.asked[TR]) == 3
    assert stage.slept == sorted(stage.slept) and len(stage.slept) == 2
    stage[TR] = [down, {"oso": [{"ord_no": "1"}]}]
    assert client.rows(TR, OPEN, "oso") == [{"ord_no": "1"}]  # it is back: nothing has to be reset


@pytest.mark.parametrize(("each", "asked"), [(0.1, 3), (8.0, 1)])
def test_who_waits_at_a_page_is_told_of_a_silent_broker_after_the_first_try(monkeypatch, each, asked) -> None:
    """A line that breaks at once is tried again all the same."""
    clock, tries = [0.0], []
    monkeypatch.setattr("kiwoomweb.broker.patience.monotonic", lambda: clock[0])

    def silence() -> None:
        clock[0] += each
        tries.append(clock[0])
        raise e.Unreachable("no answer", tr=TR)

    with pytest.raises(e.Unreachable):
        patiently(silence, lambda _seconds: None, within=8.0)
    assert len(tries) == asked
    tries.clear()
    with pytest.raises(e.Unreachable):
        patiently(silence, lambda _seconds: None)
    assert len(tries) == 3


def test_f15_fifty_calls_with_a_dead_token_ask_for_exactly_one(stage) -> None:
    stage[TR] = {"oso": []}
    client = stage.client()
    client.call(TR, OPEN)
    together = threading.Barrier(50)

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] == "Bearer TOKEN-CANARY-1":
            together.wait(20)  # all fifty are refused before any of them asks for a new token
            return said(EXPIRED)
        return said({"oso": []})

    stage[TR] = answer
    in_parallel([lambda: client.call(TR, OPEN)] * 50)
    assert len(stage.asked["au10001"]) == 1 + 1
    assert len(stage.asked[TR]) == 1 + 50 + 50


def test_f19_fifty_accounts_whose_tokens_end_in_the_same_second_ask_for_fifty(stage) -> None:
    """Whoever comes first asks, also for who wants to cancel at that moment; nobody goes without a token."""
    stage[TR] = stage["ka10076"] = {"oso": [], "cntr": []}
    now = datetime.now(UTC)
    address = stage.client()._address
    clients = [
        Client(
            Credentials(f"APPKEY-{n:02}", "SECRET"),
            address,
            tokens=stage.tokens,
            pacer=stage.pacer,
            environment=Environment.PAPER,
            http=stage.line(),
            sleep=stage.slept.append,
        )
        for n in range(50)
    ]
    for n, client in enumerate(clients):
        stage.tokens.put(client.key_id, Token(f"OLD-{n}", now + timedelta(seconds=1), now))
    in_parallel([lambda one=one, tr=tr: one.call(tr, OPEN) for one in clients for tr in (TR, "ka10076")])
    assert len(stage.asked["au10001"]) == 50
    told = [one.headers["authorization"] for tr in (TR, "ka10076") for one in stage.asked[tr]]
    assert len(told) == 100 and len(set(told)) == 50 and not any("OLD" in one for one in told)


def test_f17_a_broker_that_gives_no_tokens_is_asked_twelve_times_in_ten_minutes(stage) -> None:
    """However many want one, and however often; who takes an order back need not wait that long."""
    stage[TR], stage["au10001"] = {"oso": []}, httpx.Response(503)
    reading = [stage.client() for _ in range(3)]
    taking_back = stage.client(priority=Priority.CANCEL)
    began = datetime.now(UTC)
    with time_machine.travel(began, tick=False) as clock:
        for second in range(600):
            clock.move_to(began + timedelta(seconds=second))
            for one in reading:
                with pytest.raises(e.BrokerDown):
                    one.call(TR, OPEN)
        assert 8 <= len(stage.asked["au10001"]) <= 12
        clock.shift(timedelta(hours=-1))  # a clock that was set back holds nobody up
        with pytest.raises(e.BrokerDown):
            reading[0].call(TR, OPEN)
        asked = len(stage.asked["au10001"])
        clock.shift(timedelta(seconds=5))
        with pytest.raises(e.BrokerDown):
            reading[1].call(TR, OPEN)
        assert len(stage.asked["au10001"]) == asked
        del stage.answers["au10001"]
        assert taking_back.call(TR, OPEN).fields["oso"] == []
        assert reading[0].call(TR, OPEN).fields["oso"] == []  # and so it is over for everybody
    assert len(stage.asked[TR]) == 2


def in_parallel(calls) -> None:
    troubles: list[BaseException] = []

    def run(call) -> None:
        try:
            call()
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not troubles


# --- how fast -----------------------------------------------------------------------------------------------


class Counting:
    """A broker that takes so many calls of a TR in any second, which may be fewer than anybody was told."""

    def __init__(self, limit: int) -> None:
        self.limit, self.taken = limit, deque[float]()

    def takes(self, now: float) -> bool:
        while self.taken and now - self.taken[0] >= 1:
            self.taken.popleft()
        if len(self.taken) < self.limit:
            self.taken.append(now)
            return True
        return False


def test_f13_after_a_minute_of_too_many_at_most_one_call_in_a_hundred_is_refused() -> None:
    """The broker takes three a second where five were promised, and says so each time it is too much."""
    clock, broker = Clock(), Counting(3)
    pacer = LocalPacer(RATES[Environment.LIVE], now=clock.now, pause=clock.pause)
    asked: list[tuple[float, bool]] = []
    while clock.at < 240:
        try:
            with pacer.turn("key", TR, Priority.ROUTINE):
                asked.append((clock.at, broker.takes(clock.at)))
                clock.at += 0.02
                if not asked[-1][1]:
                    raise e.RateLimited(f"허용된 요청 개수를 초과하였습니다[1700:API ID={TR}]", code="1700")
        except e.RateLimited:
            continue
    later = [taken for at, taken in asked if at >= 60]
    assert later.count(False) <= len(later) / 100
    assert later.count(True) > 180  # and it has not simply stopped asking


def test_f45_a_cancellation_waits_for_no_backfill_of_a_slow_broker() -> None:
    """Four seconds an answer, a history being read without end: a place is kept for what reduces risk."""
    turns, rates, slow = Turns(), RATES[Environment.LIVE], 4_000
    numbers = count()

    def asking(tr: str, priority: Priority) -> Ticket:
        return Ticket(f"{tr}-{next(numbers)}", priority, "1", rates.gates(tr))

    waited: list[int] = []
    agenda: list[tuple[int, int, str, Ticket, int]] = []
    for n in range(60):
        heappush(agenda, (0, next(numbers), "ask", asking(f"ka1{n % 20:04}", Priority.BACKFILL), 0))
    for at in range(1_000, 20_000, 2_500):
        heappush(agenda, (at, next(numbers), "ask", asking("kt10003", Priority.CANCEL), at))
    while agenda:
        now, _n, what, one, since = heappop(agenda)
        if what == "answered":
            turns.answered(one, now)
        elif wait := turns.ask(one, now):
            heappush(agenda, (now + wait, next(numbers), "ask", one, since))
        else:
            heappush(agenda, (now + slow, next(numbers), "answered", one, since))
            if one.priority is Priority.CANCEL:
                waited.append(now - since)
    assert len(waited) == len(range(1_000, 20_000, 2_500))
    assert sorted(waited)[int(len(waited) * 0.99)] <= WINDOW + 5_000


# --- how much is taken in -----------------------------------------------------------------------------------


class Pouring(httpx.SyncByteStream):
    """A body that never stops by itself; ``poured`` counts what was asked of it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self.poured = pieces, 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.poured += len(piece)
            yield piece


def bomb() -> Iterator[bytes]:
    """A gigabyte of zeros, packed."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(1_024):
        yield packer.compress(bytes(1_048_576))
    yield packer.flush()


@pytest.mark.parametrize(
    ("headers", "pieces"),
    [
        ({"content-encoding": "gzip"}, bomb()),
        ({}, (b" " * 65_536 for _ in range(1_600))),
        ({"content-encoding": "br"}, iter([b"\x0b\x02\x80"])),
        ({"content-encoding": "gzip"}, iter([gzip.compress(b'{"return_code":0}' * 50)[:-12]])),
        ({"content-encoding": "gzip"}, iter([b"<html>"])),
    ],
    ids=["gzip bomb", "100 MB", "not asked for", "cut", "not packed at all"],
)
def test_f10_what_is_too_much_or_packed_wrongly_is_no_answer(stage, headers, pieces) -> None:
    body = Pouring(pieces)
    with pytest.raises(NoAnswer):
        whole(httpx.Response(200, headers=headers, stream=body))
    assert body.poured <= LARGEST + 65_536  # left where it is
    stage[TR] = lambda _request: httpx.Response(200, headers={"content-encoding": "br"}, content=b"")
    with pytest.raises((e.Unreadable, e.BrokerDown)):
        stage.client().call(TR, OPEN)


def test_f10_an_honest_packing_is_unpacked() -> None:
    text = json.dumps({"return_code": 0, "oso": [{"ord_no": str(n)} for n in range(5_000)]}).encode()
    for packed, name in ((gzip.compress(text), "gzip"), (zlib.compress(text), "deflate"), (text, "identity")):
        pieces = Pouring(iter([packed[:100], packed[100:]]))
        heard = whole(httpx.Response(200, headers={"content-encoding": name}, stream=pieces))
        assert (heard.content, heard.status_code) == (text, 200)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!DOCTYPE html><title>login</title>",
        b'{"return_code":0,"oso":[{"ord',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe\x00",
        b"null",
        b'"0"',
        b"[]",
    ],
    ids=["nothing", "login page", "cut", "deep lists", "deep objects", "no text", "null", "text", "list"],
)
def test_f09_f10_what_is_no_reply_is_an_error_and_no_empty_list(stage, content) -> None:
    stage[TR] = lambda _request: httpx.Response(200, content=content)
    with pytest.raises((e.Unreadable, e.BrokerDown)):
        stage.client().rows(TR, OPEN, "oso")


@pytest.mark.parametrize("wrong", [None, "abc", 1.5, True, [], {}, "1e5", "١٢", "NaN", "--"])
def test_f11_a_field_of_the_wrong_kind_is_never_a_silent_zero(stage, wrong) -> None:
    """Named with its TR and field; the raw answer was kept before it was read."""
    row = {"ord_no": "0000139", "stk_cd": "005930", "ord_qty": wrong}
    stage[TR] = {"oso": [row]}
    client = stage.client()
    from kiwoomweb.broker.calls import orders

    with pytest.raises(e.Unreadable) as told:
        orders.open_orders(client)
    assert told.value.tr == TR
    assert json.loads(stage.kept[-1].content)["oso"] == [row]


def test_f11_fields_nobody_announced_cost_nothing() -> None:
    reply = protocol.read(TR, 200, {}, json.dumps({"return_code": 0, "oso": [], "new": {"a": 1}}).encode())
    assert protocol.rows(reply, "oso") == []
    assert replace(reply, fields={"return_code": 0}).fields.get("oso") is None
