"""Latest: the last value of every topic, kept in Valkey for pages that begin to follow.

Two hundred values ten times a second: as one packed argument of a script that runs there, for the client would
spend longer on writing each of them down as an argument of its own than on everything else of a frame.
"""

from collections.abc import Mapping
from itertools import chain

import msgspec

from market.valkey import latest_key, valkey

__all__ = ["keep"]

#: Latest values outlive a restart of everything but not a holiday.
KEPT_SECONDS = 3 * 24 * 3600

#: KEYS: the hash. ARGV: topic, text, topic, text … as MessagePack; seconds. Lua spreads no more than some
#: thousand values over the arguments of a call.
SCRIPT = """
local told = cmsgpack.unpack(ARGV[1])
for first = 1, #told, 1000 do
  redis.call('HSET', KEYS[1], unpack(told, first, math.min(first + 999, #told)))
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
"""

_pack = msgspec.msgpack.Encoder().encode


async def keep(code: str, values: Mapping[str, str]) -> None:
    """Remember these of the account ``code``; ``values`` are JSON texts by topic. Raises ``RedisError``."""
    script = valkey().register_script(SCRIPT)
    await script(keys=[latest_key(code)], args=[_pack(list(chain.from_iterable(values.items()))), KEPT_SECONDS])
