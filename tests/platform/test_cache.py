"""The cache object is made anew for every request; its connections to Valkey are not."""

import redis
from django.core.cache import cache, caches
from django.test.utils import override_settings


def test_a_new_cache_object_finds_an_open_connection(valkey):
    cache.set("one", 1)
    with redis.Redis.from_url(valkey) as looking:
        before = looking.info("stats")["total_connections_received"]
        for _request in range(5):
            assert caches.create_connection("default").get("one") == 1
        assert looking.info("stats")["total_connections_received"] == before


def test_another_place_for_the_cache_is_another_cache(valkey, settings):
    cache.set("one", 1)
    there = {**settings.CACHES["default"], "KEY_PREFIX": "other", "OPTIONS": {"db": 1}}
    with override_settings(CACHES={"default": there}):
        assert caches.create_connection("default").get("one") is None
