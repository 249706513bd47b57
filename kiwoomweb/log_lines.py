"""Log lines: one entry begins one line and no other; what a message or a traceback brings along is set behind a
bar, so that nothing somebody has sent us can pass for an entry of its own."""

import logging
import unicodedata

__all__ = ["BAR", "OneEntry"]

#: Begins every further line of an entry.
BAR = "    | "
#: What turns the direction of reading, or hides: written out like control characters.
ODD = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class OneEntry(logging.Formatter):
    """As ``logging`` writes it, with every line after the first behind the bar and no control characters."""

    def format(self, record: logging.LogRecord) -> str:
        first, *rest = super().format(record).split("\n")
        return "\n".join([_plain(first), *(BAR + _plain(line) for line in rest)])


def _plain(line: str) -> str:
    return "".join(
        f"\\u{ord(sign):04x}" if unicodedata.category(sign) in ODD and sign != "\t" else sign for sign in line
    )
