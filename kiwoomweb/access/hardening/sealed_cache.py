"""What lies in Valkey is data of whoever can write there. Of Python objects only our own, sealed ones, are made
into objects again: an object made by somebody else could run what they like in every process that reads it."""

import hmac
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache.backends.redis import RedisSerializer

__all__ = ["SealedSerializer"]

SIZE = sha256().digest_size


class SealedSerializer(RedisSerializer):
    """Numbers as they are, so that Valkey can count them; everything else behind its seal. A seal that is not
    ours counts as nothing kept."""

    def dumps(self, obj: Any) -> Any:
        packed = super().dumps(obj)
        return _seal(packed) + packed if isinstance(packed, bytes) else packed

    def loads(self, data: Any) -> Any:
        try:
            return int(data)
        except ValueError:
            seal, packed = data[:SIZE], data[SIZE:]
            return super().loads(packed) if hmac.compare_digest(seal, _seal(packed)) else None


def _seal(packed: bytes) -> bytes:
    return hmac.digest(f"cache:{settings.SECRET_KEY}".encode(), packed, "sha256")
