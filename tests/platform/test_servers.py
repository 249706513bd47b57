"""The real servers tests lean on: a Valkey process behind cache and channels, a PostgreSQL from a wheel."""

from channels.layers import get_channel_layer
from django.core.cache import cache


def test_the_cache_keeps_a_value_in_a_real_valkey(valkey: str) -> None:
    cache.set("who", "kim", 5)
    assert cache.get("who") == "kim"


async def test_a_message_travels_through_a_real_valkey(valkey: str) -> None:
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add("quote.005930", channel)
    await layer.group_send("quote.005930", {"type": "quote.tick", "price": 71_200})
    assert (await layer.receive(channel))["price"] == 71_200
    await layer.flush()


def test_postgres_answers(postgres: str) -> None:
    import psycopg

    with psycopg.connect(postgres) as connection:
        assert connection.execute("SELECT 1 + 1").fetchone() == (2,)
