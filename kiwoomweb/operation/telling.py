"""Telling: one line for the person at the terminal, Korean first, English second. Standard library only."""

import sys
from typing import TextIO

__all__ = ["Trouble", "tell"]


class Trouble(Exception):
    """Something the person at the terminal can put right; says what and how in two languages."""

    def __init__(self, korean: str, english: str) -> None:
        super().__init__(english)
        self.korean = korean
        self.english = english


def tell(korean: str, english: str = "", *, mark: str = "·", to: TextIO | None = None) -> None:
    """Write one line at once: a mark, the Korean sentence, the English one behind it."""
    stream = to or sys.stderr
    line = f"{mark} {korean}" + (f"  ({english})" if english else "")
    stream.write(line.lstrip(" ") + "\n")
    stream.flush()
