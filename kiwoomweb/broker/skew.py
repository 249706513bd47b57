"""Skew: how far the broker's clock is ahead of ours, as far as one answer proves it."""

from datetime import datetime, timedelta

__all__ = ["proven_skew"]

#: The Date header says the second that has begun.
GRAIN = timedelta(seconds=1)


def proven_skew(said_at: datetime, asked_at: datetime, received_at: datetime) -> timedelta:
    """Broker time less our time, as near to nothing as the answer allows.

    It was written somewhere between question and answer: an answer that took four seconds tells the time no
    better than to four seconds, and must not look like a clock that is wrong, for that stops all trading.
    """
    least, most = said_at - received_at, said_at + GRAIN - asked_at
    return max(least, min(most, timedelta()))
