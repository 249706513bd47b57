"""Seals: secrets of channels and of waiting messages, sealed to the row they belong to (access.sealing)."""

from kiwoomweb.access import sealing
from kiwoomweb.access.key_ring import KeyFileMissing
from kiwoomweb.notices.models import Channel

__all__ = ["address_of", "channel_place", "message_place", "seal", "secret_of"]


def seal(secret: str, place: sealing.Place) -> bytes:
    """Sealed with the newest key; the first secret of an installation makes the ring."""
    try:
        sealing.ring()
    except KeyFileMissing:
        sealing.make_ring()
    return sealing.seal(secret, place)


def address_of(channel: Channel) -> str:
    """The channel's address in the clear: a URL, or a bot's token. Raises ``SealError``."""
    return sealing.unseal(channel.address or b"", channel_place(channel, "address"))


def secret_of(channel: Channel) -> str:
    """The key that signs a webhook. Raises ``SealError``."""
    return sealing.unseal(channel.secret or b"", channel_place(channel, "secret"))


def channel_place(channel: Channel, field: str) -> sealing.Place:
    """Where a secret of the channel lies."""
    return sealing.Place("notices_channel", channel.code, field, "-")


def message_place(message_id: str) -> sealing.Place:
    """Where a message that signs somebody in lies while it waits."""
    return sealing.Place("notices_delivery", message_id, "content", "-")
