"""Merging: the pages of one answer as one; lists grow, everything else is what the first page said."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["fields_of", "merged"]


def fields_of(content: bytes) -> dict[str, Any] | None:
    """The fields of one page as they came; ``None`` for what is no JSON object."""
    try:
        fields = json.loads(content, parse_float=str)
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def merged(pages: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """One answer of several pages, in their order."""
    whole: dict[str, Any] = {}
    for page in pages:
        for name, value in page.items():
            before = whole.get(name)
            if isinstance(before, list) and isinstance(value, list):
                whole[name] = [*before, *value]
            else:
                whole.setdefault(name, value)
    return whole
