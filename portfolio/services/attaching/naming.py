"""Names of files, made harmless: no folders, nothing invisible, the ending that fits the content."""

import unicodedata

__all__ = ["harmless_name"]

LONGEST = 100


def harmless_name(name: str, ending: str, otherwise: str) -> str:
    """``../../x\\x00.PNG`` with ``png`` -> ``x.png``; ``otherwise`` when nothing is left of it."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    # Control characters, and those that turn the direction of writing and let gpj.exe look like exe.jpg.
    seen = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, dot, old = seen.rpartition(".")
    stem = stem if dot and 0 < len(old) <= 5 else seen
    stem = " ".join(stem.replace('"', "'").split()).strip(". ")[:LONGEST].strip()
    return f"{stem or otherwise}.{ending}"
