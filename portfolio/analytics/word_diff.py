"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["Change", "word_diff"]

WORDS = re.compile(r"\s+|[^\s]+")
LINES = re.compile(r"[^\n]*\n|[^\n]+")
#: Above this many pairs of words to compare, whole lines are compared instead.
MOST_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text. ``kind`` is ``same``, ``added`` or ``gone``."""

    kind: str
    text: str


def word_diff(old: str, new: str) -> tuple[Change, ...]:
    """The new text with what is gone from the old one between it. Without ``gone`` it is the new text."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        before, after = LINES.findall(old), LINES.findall(new)
    return tuple(_changes(before, after))


def _changes(before: list[str], after: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) * len(after) > MOST_PAIRS // 16)
    for kind, left, left_end, right, right_end in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(after[right:right_end]))
            continue
        if left < left_end:
            yield Change("gone", "".join(before[left:left_end]))
        if right < right_end:
            yield Change("added", "".join(after[right:right_end]))
