"""Frames: how updates travel from the stream process to the server processes, through the channel layer."""

from typing import Any, TypedDict

__all__ = ["RATE", "TAPES", "Frame", "frame", "group_of", "user_group", "within_bounds"]

#: Frames a second while something changes, unless a page asks otherwise. Latency is at most a frame; cost does
#: not grow with ticks.
RATE = 10
#: What a page may ask for: one frame in five seconds, forty a second.
SLOWEST, FASTEST = 0.2, 40.0

#: How topics begin whose updates are parts of a tape: none stands for the one before it.
TAPES = "prints:"


class Frame(TypedDict):
    """One flush of one account's relay. ``number`` has no holes within a ``fence`` (see StreamLease).

    ``updates`` are JSON texts by topic, written once by the relay; ``feed`` is a FeedState as JSON.
    """

    type: str
    code: str
    fence: int
    number: int
    updates: dict[str, str]
    feed: str


def frame(code: str, fence: int, number: int, updates: dict[str, str], feed: str) -> dict[str, Any]:
    sent: Frame = {
        "type": "live.frame",
        "code": code,
        "fence": fence,
        "number": number,
        "updates": updates,
        "feed": feed,
    }
    return dict(sent)


def group_of(code: str) -> str:
    """The channel-layer group of an account's frames and events."""
    return f"live.{code}"


def user_group(user_id: int) -> str:
    """Where ``access.revoked`` is said when a person's memberships change."""
    return f"user.{user_id}"


def within_bounds(rate: float) -> float:
    """The rate a page gets that asks for this one."""
    return min(FASTEST, max(SLOWEST, rate))
