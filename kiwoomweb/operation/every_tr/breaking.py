"""Breaking: the ways in which a broker, a proxy or a bad day would break the text of one field."""

import random
from collections.abc import Callable
from typing import Any

__all__ = ["BREAKS", "FIGURES"]

FIGURES = "1234567890"

#: Ways to break a text.
BREAKS: tuple[Callable[[random.Random, str], Any], ...] = (
    lambda chance, text: "",
    lambda chance, text: " " * chance.randrange(4),
    lambda chance, text: f"--{text.lstrip('+-')}",
    lambda chance, text: f"+{text.lstrip('+-')}",
    lambda chance, text: text.zfill(chance.randrange(1, 20)),
    lambda chance, text: text[: chance.randrange(len(text) + 1)],
    lambda chance, text: text + chance.choice(["%", "원", ".", ".5", ",", "\0", "\ud800", "\n", "٣", "e9"]),
    lambda chance, text: chance.choice(["-", "+", "+-", ".", "NaN", "inf", "1e5", "0x1f", "00000000", "없음"]),
    lambda chance, text: "".join(chance.choices(FIGURES, k=chance.randrange(1, 60))),
    lambda chance, text: "4294967295",
    lambda chance, text: chance.choice([None, True, 7, 7.5, [], {}, [text], {"a": text}]),
    lambda chance, text: "".join(chr(chance.randrange(32, 0x3000)) for _ in range(chance.randrange(9))),
)
