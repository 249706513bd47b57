"""What all processes share: tokens behind one lock, slots for calls; and what happens when Valkey is gone."""

import logging
import multiprocessing
import threading
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from kiwoomweb.access.shared_pacing import SharedPacer
from kiwoomweb.access.shared_tokens import SharedTokens
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.pacing import Priority, Rates
from kiwoomweb.broker.tokens import Token
from tests.access.broker_double import TOKEN

RATES = Rates(per_tr=20, total=50, own={})


def fresh_token() -> Token:
    return Token(TOKEN, timezone.now() + timedelta(hours=1))


def shelf() -> SharedTokens:
    """As another process would see it: same cache, own memory."""
    return SharedTokens(Environment.SIMULATOR)


def test_a_token_put_by_one_process_is_found_by_another(ring, valkey):
    token = fresh_token()
    shelf().put("key", token)
    assert shelf().get("key") == token
    shelf().drop("key")
    assert shelf().get("key") is None


def test_tokens_lie_sealed_in_valkey(ring, valkey):
    import redis

    shelf().put("key", fresh_token())
    with redis.Redis.from_url(valkey) as client:
        everything = b"".join(client.get(name) or b"" for name in client.scan_iter())
    assert everything
    assert TOKEN.encode() not in everything


def test_a_token_sealed_for_one_key_pair_does_not_open_for_another(ring):
    shelf().put("mine", fresh_token())
    cache.set("broker-token:simulator:theirs", cache.get("broker-token:simulator:mine"))
    assert shelf().get("theirs") is None


def test_a_token_of_a_lost_ring_counts_as_none(ring):
    from kiwoomweb.access import sealing

    shelf().put("key", fresh_token())
    ring.unlink()
    sealing.make_ring()
    assert shelf().get("key") is None


def test_the_lock_is_held_by_one_at_a_time_over_all_processes(ring, valkey):
    inside, most, guard = [], [], threading.Lock()

    def enter() -> None:
        with shelf().lock("key"):
            inside.append(1)
            with guard:
                most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == [1] * 6


def test_a_holder_that_overslept_does_not_free_the_next_ones_lock(ring):
    with shelf().lock("key"):
        cache.set("broker-lock:simulator:key", "somebody else", 60)
    assert cache.get("broker-lock:simulator:key") == "somebody else"


def test_without_valkey_tokens_stay_in_the_process_and_the_log_says_so(ring, settings, caplog):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nonexistent/valkey.sock",
        }
    }
    store, token = shelf(), fresh_token()
    with store.lock("key"):
        store.put("key", token)
    assert store.get("key") == token
    assert "tokens stay in this process" in caplog.text
    assert TOKEN not in caplog.text
    store.drop("key")
    assert store.get("key") is None


def _ask(url: str, tr: str, rates: Rates, go: object, told: object) -> None:
    from django.conf import settings

    settings.REDIS_URL = url
    pacer = SharedPacer(Environment.SIMULATOR, rates)
    go.wait(60)
    began = time.monotonic()
    for _ in range(8):
        pacer.wait("key", tr, Priority.ROUTINE)
    told.put((began, time.monotonic()))


@pytest.mark.parametrize(
    ("trs", "rates", "most_per_second"),
    [
        (["ka10075"] * 3, Rates(per_tr=20, total=1000, own={}), 20),
        (["ka10075", "kt00018", "ka10170"], Rates(per_tr=1000, total=25, own={}), 25),
    ],
    ids=["one TR", "one key"],
)
def test_three_processes_together_stay_within_the_rate(valkey, trs, rates, most_per_second):
    """A slower machine only makes this slower: the time taken can never be less than the slots allow."""
    context = multiprocessing.get_context("spawn")
    go, told = context.Barrier(len(trs)), context.Queue()
    askers = [context.Process(target=_ask, args=(valkey, tr, rates, go, told)) for tr in trs]
    for asker in askers:
        asker.start()
    times = [told.get(timeout=90) for _ in askers]
    for asker in askers:
        asker.join(10)
    taken = max(end for _, end in times) - min(start for start, _ in times)
    assert taken >= (8 * 3 - 1) / most_per_second * 0.95


def test_a_caller_that_died_waiting_gives_its_slot_back(valkey):
    import redis

    with redis.Redis.from_url(valkey) as client:
        client.set("pace:simulator:key:ka10075", 1, px=300)  # left behind by a process that is gone
    pacer = SharedPacer(Environment.SIMULATOR, RATES)
    pacer.wait("key", "ka10075", Priority.PERSON)
    with redis.Redis.from_url(valkey) as client:
        assert 0 < client.pttl("pace:simulator:key:ka10075") <= 51


def test_without_valkey_each_process_paces_itself_and_the_log_says_so(settings, caplog):
    settings.REDIS_URL = "unix:///nonexistent/other.sock"
    pacer = SharedPacer(Environment.SIMULATOR, RATES)
    began = time.monotonic()
    with caplog.at_level(logging.ERROR):
        for _ in range(4):
            pacer.wait("key", "ka10075", Priority.ROUTINE)
    assert time.monotonic() - began >= 3 / 20 * 0.95
    assert caplog.text.count("pacing alone") == 1
