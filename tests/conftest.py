"""What every test may use: an empty queue, a real Valkey, a real PostgreSQL, and no way out of this machine."""

import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, settings

from tests import queue, servers

pytest_plugins = ["tests.people", "tests.browsing", "tests.passkeys", "tests.running", "tests.strangers_report"]

# A busy machine must not fail a property for being slow, and a failure must be the same tomorrow.
settings.register_profile("calm", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

# The same examples every time: a run proves the same as the last one. A slow machine is no wrong answer.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("steady")

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    queue.asked.clear()
    yield
    queue.asked.clear()


@pytest.fixture(autouse=True)
def _korean() -> Iterator[None]:
    """Every test begins in Korean; a request that chose English must not speak for the next test."""
    from django.utils import translation

    with translation.override("ko"):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    from django.core.cache import cache

    if "locmem" in type(cache._connections[cache._alias]).__module__:
        cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _stay_at_home() -> Iterator[None]:
    """Refuse every connection that would leave this machine: a test must not depend on the world."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)

    socket.socket.connect = connect
    yield
    socket.socket.connect = real


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """The audit trail cannot be emptied. For the flush between tests its guard is taken down, and up after."""
    from django.core.management.commands import flush
    from django.db import connections

    from kiwoomweb.access import audit_guard

    real = flush.Command.handle

    def handle(self: Any, **options: Any) -> None:
        audit_guard.take_down(connections[options["database"]])
        real(self, **options)
        audit_guard.put_up(connections[options["database"]])

    flush.Command.handle = handle
    yield
    flush.Command.handle = real


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[str]:
    """The address of a real Valkey process, on a socket file, alive for the whole run."""
    with servers.valkey() as url:
        yield url


@pytest.fixture
def valkey(valkey_server: str, settings: Any) -> Iterator[str]:
    """An empty real Valkey behind cache and channel layer; its address."""
    import redis
    from channels.layers import channel_layers

    with redis.Redis.from_url(valkey_server) as client:
        client.flushall()
    settings.REDIS_URL = valkey_server
    settings.CACHES = {"default": {"BACKEND": "kiwoomweb.cache.SharedRedisCache", "LOCATION": valkey_server}}
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [valkey_server]},
        }
    }
    channel_layers.backends.clear()
    yield valkey_server
    channel_layers.backends.clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL, alive for the whole run."""
    with servers.postgres() as url:
        yield url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database (run again on PostgreSQL), needs a browser, or starts the whole site."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"}:
            item.add_marker(pytest.mark.database)
        if "page" in fixtures:
            item.add_marker(pytest.mark.browser)
        elif "site" in fixtures:
            item.add_marker(pytest.mark.drill)
