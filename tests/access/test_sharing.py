"""What all processes share: tokens behind one lock, slots for calls; and what happens when Valkey is gone."""

import logging
import multiprocessing
import threading
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from kiwoomweb.access.pacing.scheduler import scheduler_at
from kiwoomweb.access.pacing.shared import SharedPacer, turns_of
from kiwoomweb.access.shared_tokens import SharedTokens
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerDown, RateLimited
from kiwoomweb.broker.pacing import Priority, Rates
from kiwoomweb.broker.setbacks import Setback
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


def test_what_one_process_was_not_given_another_does_not_ask_for(ring):
    """F-17: the broker gives no tokens; whoever else wants one hears so from us."""
    now = timezone.now()
    shelf().set_back("key", Setback.of(BrokerDown("점검", code="", tr="au10001"), None, now))
    told = shelf().setback("key")
    assert told.holds(now) and not told.holds(now + timedelta(seconds=2))
    assert (type(told.again()), told.again().said) == (BrokerDown, "점검")
    shelf().set_back("key", None)
    assert shelf().setback("key") is None


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
        with pacer.turn("key", tr, Priority.ROUTINE):
            pass
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
    assert taken >= ((8 * 3 - 1) // most_per_second)


def test_what_one_process_was_refused_slows_all(valkey, settings):
    settings.REDIS_URL = valkey
    with (
        pytest.raises(RateLimited),
        SharedPacer(Environment.SIMULATOR, RATES).turn("key", "ka10075", Priority.PERSON),
    ):
        raise RateLimited("[1700:허용된 API 요청 개수를 초과하였습니다. 유량=2, API ID=ka10075]", code="1700")
    seen = scheduler_at(valkey).look(turns_of(Environment.SIMULATOR, "key"))
    assert ["ka10075", 2, 20] in [gate[:3] for gate in seen["gates"]]
    assert seen["refusals"] == 1


def test_a_caller_that_gives_up_waiting_stands_in_nobodys_way(valkey, settings, monkeypatch):
    settings.REDIS_URL = valkey
    pacer = SharedPacer(Environment.SIMULATOR, Rates(per_tr=1, total=50))
    with pacer.turn("key", "ka10075", Priority.PERSON):
        pass

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("kiwoomweb.access.pacing.shared.time.sleep", interrupted)
        with pytest.raises(KeyboardInterrupt), pacer.turn("key", "ka10075", Priority.PERSON):
            pass
    assert sum(scheduler_at(valkey).look(turns_of(Environment.SIMULATOR, "key"))["waiting"]) == 0


def test_without_valkey_each_process_paces_itself_and_the_log_says_so(settings, caplog):
    settings.REDIS_URL = "unix:///nonexistent/other.sock"
    pacer = SharedPacer(Environment.SIMULATOR, RATES)
    began = time.monotonic()
    with caplog.at_level(logging.ERROR):
        for _ in range(4):
            with pacer.turn("key", "ka10075", Priority.ROUTINE):
                pass
    assert time.monotonic() - began >= 3 / 20 * 0.85
    assert caplog.text.count("pacing alone") == 1
