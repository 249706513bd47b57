"""The faces as files, and which letters they have."""

from functools import cache
from pathlib import Path

__all__ = ["FACES", "FAMILY", "GETA", "face", "letters_of", "readable"]

#: The licence reserves the font's own name for the whole font: a cut one goes by another.
FAMILY = "KiwoomWeb Report"
FACES = {"regular": "KiwoomWebReport-Regular.ttf", "bold": "KiwoomWebReport-Bold.ttf"}
#: What stands where the face has no such letter.
GETA = "□"


def face(weight: str) -> Path:
    """The file of ``regular`` or ``bold``."""
    return Path(__file__).parent / FACES[weight]


@cache
def letters_of(weight: str) -> frozenset[int]:
    """The code points a face can draw."""
    from fontTools.ttLib import TTFont

    with TTFont(face(weight), lazy=True) as font:
        return frozenset(font.getBestCmap())


def readable(text: str, weight: str = "regular") -> str:
    """The text with ``□`` for every letter the face lacks; what only steers emoji is left out.

    >>> readable("오늘 좋았다 😀")
    '오늘 좋았다 □'
    """
    known = letters_of(weight)
    if known.issuperset(map(ord, text)):
        return text
    kept = (letter for letter in text if letter not in "\ufe0f\u200d")
    return "".join(letter if ord(letter) in known or letter == "\n" else GETA for letter in kept)
