"""Raw: an answer as pretty JSON, line by line and coloured; long lists folded, numbers of accounts masked."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

__all__ = ["pretty"]

#: Rows of a list that are shown before the fold, and the most lines a page gets.
SHOWN, MOST_LINES = 2, 2_000


def pretty(value: Any) -> SafeString:
    """``<span class="ln">`` for every line of the value. A list of more than two rows is folded."""
    lines = list(_lines(value, 0, "", last=True))
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], _dim(0, "…")]
    return SafeString("\n".join(f'<span class="ln">{line}</span>' for line in lines))


def _lines(value: Any, depth: int, key: str, *, last: bool) -> Iterator[str]:
    head = "  " * depth + (f'<span class="jk">{_quoted(key)}</span>: ' if key else "")
    tail = "" if last else ","
    if isinstance(value, Mapping) and value:
        yield f"{head}{{"
        for place, (name, each) in enumerate(value.items(), 1):
            yield from _lines(each, depth + 1, str(name), last=place == len(value))
        yield "  " * depth + "}" + tail
    elif isinstance(value, list) and value:
        yield f"{head}["
        yield from _rows(value, depth + 1)
        yield "  " * depth + "]" + tail
    else:
        yield head + _leaf(value) + tail


def _rows(rows: list[Any], depth: int) -> Iterator[str]:
    shown = rows if len(rows) <= SHOWN + 1 else rows[:SHOWN]
    for place, each in enumerate(shown, 1):
        yield from _lines(each, depth, "", last=place == len(rows))
    if len(shown) < len(rows):
        yield _dim(depth, _("… %(n)s행 접음") % {"n": len(rows) - len(shown)})


def _leaf(value: Any) -> str:
    css = "js" if isinstance(value, str) else "jn"
    return f'<span class="{css}">{_quoted(value)}</span>'


def _quoted(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False))


def _dim(depth: int, text: str) -> str:
    return "  " * depth + f'<span class="jm">{escape(text)}</span>'
