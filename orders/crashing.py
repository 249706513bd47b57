"""Crash points: named instants at which a drill ends this process. Elsewhere they do nothing."""

from collections.abc import Callable

__all__ = ["at_crashpoint", "crashpoint"]

_hook: Callable[[str], object] | None = None


def crashpoint(name: str) -> None:
    """This instant is called ``name`` (order safety 3.7)."""
    if _hook is not None:
        _hook(name)


def at_crashpoint(hook: Callable[[str], object] | None) -> None:
    """Drills and tests: call ``hook`` with every name that is reached."""
    global _hook  # noqa: PLW0603  one process, one drill
    _hook = hook
