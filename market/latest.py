"""Latest: the last value of every topic, kept in Valkey for pages that begin to follow.

A frame is kept and told in one go: a script there takes the values out of the very message it then publishes,
as the channel layer would have. So two hundred values ten times a second travel once, are nobody's arguments
one by one, and no page can begin to follow between the keeping and the telling.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from channels.layers import get_channel_layer

from market.frames import group_of
from market.valkey import latest_key, valkey

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript

__all__ = ["keep_and_tell"]

#: Latest values outlive a restart of everything but not a holiday.
KEPT_SECONDS = 3 * 24 * 3600

#: KEYS: the hash. ARGV: the frame's message as the channel layer writes it; what of it is kept otherwise, by
#: topic, as MessagePack; seconds; the channel. Lua spreads no more than some thousand values over a call.
SCRIPT = """
local values = cmsgpack.unpack(ARGV[1]).updates
for topic, text in pairs(cmsgpack.unpack(ARGV[2])) do
  values[topic] = text
end
local told, n = {}, 0
for topic, text in pairs(values) do
  told[n + 1], told[n + 2], n = topic, text, n + 2
end
for first = 1, n, 1000 do
  redis.call('HSET', KEYS[1], unpack(told, first, math.min(first + 999, n)))
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[1])
"""

_pack = msgspec.msgpack.Encoder().encode


@lru_cache(maxsize=1)
def _script_of(client: "Redis") -> "AsyncScript":
    """The script for one client: its name is a hash of it, which would be made anew for every frame."""
    return client.register_script(SCRIPT)


async def keep_and_tell(code: str, frame: Mapping[str, Any], whole: Mapping[str, str]) -> None:
    """Remember the updates of a frame of the account ``code`` and tell its pages.

    ``whole`` are texts by topic that are kept in place of the frame's, which has only their newest part. Raises
    ``RedisError``.
    """
    layer: Any = get_channel_layer()
    channel = f"{layer.prefix}__group__{group_of(code)}"  # a test holds that its pages listen there
    args = [layer.serialize(frame), _pack(whole), KEPT_SECONDS, channel]
    await _script_of(valkey())(keys=[latest_key(code)], args=args)
