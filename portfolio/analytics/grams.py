"""Words for searching Korean: letters in pairs, written together or apart, in any case and width.

Korean words are often two syllables and are spaced as one likes (종가베팅, 종가 베팅), so neither words nor
threes of letters make a useful index. A text is squeezed (no spaces, one case, one width) and every two
neighbouring letters become one word of the index; the last letter stands alone.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["MOST_WORDS", "Squeezed", "excerpt", "grams", "holds", "needles", "squeezed"]

#: More words than these of one question are not looked at.
MOST_WORDS = 8
#: Letters before the first find, and in the whole excerpt.
LEAD, LENGTH = 30, 140

#: Parts of a text, each with whether it was looked for.
Marked = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Squeezed:
    """``text`` without spaces; ``origin[i]`` is the place of its i-th letter in the text it was made of."""

    text: str
    origin: tuple[int, ...]


def squeezed(text: str) -> Squeezed:
    """The text as search sees it. ``origin`` counts in the NFC form of the text."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(unicodedata.normalize("NFC", text)):
        if not (folded := _folded(letter)):
            continue
        letters.append(folded)
        origin.extend([place] * len(folded))
    return Squeezed("".join(letters), tuple(origin))


@lru_cache(maxsize=8_192)
def _folded(letter: str) -> str:
    """One letter in its one form; nothing for a space and what cannot be seen."""
    if letter.isspace() or unicodedata.category(letter) in {"Cf", "Cc"}:
        return ""
    return unicodedata.normalize("NFKC", letter).casefold()


def grams(text: str) -> tuple[str, ...]:
    """The words of the index for a text, each once: ``손절매`` -> ``손절``, ``절매``, ``매``."""
    letters = "".join(letter for letter in squeezed(text).text if letter.isalnum())
    pairs = (letters[place : place + 2] for place in range(len(letters)))
    return tuple(dict.fromkeys(pairs))


def needles(question: str) -> tuple[str, ...]:
    """The words of a question, squeezed; what has neither letter nor figure is dropped."""
    words = (squeezed(word).text for word in question.split())
    return tuple(dict.fromkeys(word for word in words if any(map(str.isalnum, word))))[:MOST_WORDS]


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether every word is somewhere in the text."""
    whole = squeezed(text).text
    return all(word in whole for word in words)


def excerpt(text: str, words: tuple[str, ...]) -> Marked:
    """The lines around the first find with every find marked; the beginning of the text when none is in it."""
    plain = unicodedata.normalize("NFC", text)
    marked = _places(squeezed(plain), words)
    first = min(marked, default=0)
    start = max(0, first - LEAD)
    end = min(len(plain), start + LENGTH)
    parts = _runs(plain, marked, start, end)
    return (*((("…", False),) if start else ()), *parts, *((("…", False),) if end < len(plain) else ()))


def _places(found: Squeezed, words: tuple[str, ...]) -> set[int]:
    """The places of all letters that belong to a find."""
    places: set[int] = set()
    for word in words:
        at = found.text.find(word)
        while at >= 0:
            places.update(range(found.origin[at], found.origin[at + len(word) - 1] + 1))
            at = found.text.find(word, at + 1)
    return places


def _runs(plain: str, marked: set[int], start: int, end: int) -> Marked:
    runs: list[tuple[str, bool]] = []
    begun = start
    for place in range(start + 1, end + 1):
        if place == end or (place in marked) != (begun in marked):
            runs.append((plain[begun:place], begun in marked))
            begun = place
    return tuple(runs)
