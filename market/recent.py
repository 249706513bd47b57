"""Recently looked at: the last symbols of a person in this browser, per account, newest first."""

from django.contrib.sessions.backends.base import SessionBase

__all__ = ["looked_at", "remember"]

MOST = 12


def remember(session: SessionBase, code: str, symbol: str) -> None:
    """Put the symbol in front. The session is written only when the order changes."""
    before = looked_at(session, code)
    after = [symbol, *(each for each in before if each != symbol)][:MOST]
    if after != before:
        session[_key(code)] = after


def looked_at(session: SessionBase, code: str) -> list[str]:
    return list(session.get(_key(code), []))


def _key(code: str) -> str:
    return f"recent:{code}"
