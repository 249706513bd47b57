"""The cache in Valkey, over connections that outlive a request.

Django makes its cache object anew for every request it serves by ASGI, and with it a pool that has yet to
connect. Here all of a process share one.
"""

from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache

__all__ = ["SharedRedisCache"]

_clients: dict[str, Any] = {}


class SharedRedisCache(RedisCache):
    """Django's, with one client a process for each address and its options."""

    @cached_property
    def _cache(self) -> Any:
        own: Any = self  # what it was made of is not in Django's types
        key = f"{own._servers} {sorted(own._options.items())}"
        client = _clients.get(key)
        return client or _clients.setdefault(key, own._class(own._servers, **own._options))
