"""Paging: a list is whole or it is not there. Watches the pages of one question go by.

The cursor is opaque and lives in headers (PROTOCOL 3); a server that loses its thread hands out the same cursor
or the same page again, and what looks like a longer list is a doubled one.
"""

import json
from typing import Any

from kiwoomweb.broker.errors import Incomplete
from kiwoomweb.broker.protocol import Reply

__all__ = ["MOST_PAGES", "PageWatch"]

MOST_PAGES = 200


class PageWatch:
    """Refuses a page that repeats an earlier one, a cursor seen before, empty pages and a list without end."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._pages: set[str] = set()
        self._empty = 0

    def see(self, reply: Reply) -> None:
        """Raises ``Incomplete`` when the list cannot be trusted to be whole."""
        page, rows = _rows(reply), _count(reply)
        if not rows and reply.next_key:
            self._empty += 1
            if self._empty > 1:
                raise Incomplete("one empty page after another", tr=reply.tr)
        if page and page in self._pages:
            raise Incomplete("the same page came twice", tr=reply.tr)
        if reply.next_key and reply.next_key in self._keys:
            raise Incomplete("the same next-key came twice", tr=reply.tr)
        self._pages.add(page)
        self._keys.add(reply.next_key)
        if reply.next_key and len(self._keys) >= MOST_PAGES:
            raise Incomplete(f"more than {MOST_PAGES} pages", tr=reply.tr)


def _count(reply: Reply) -> int:
    return sum(len(value) for value in reply.fields.values() if isinstance(value, list))


def _rows(reply: Reply) -> str:
    """The rows of a page as one text; blank when they are all alike.

    Three equal sales are three equal lines (PROTOCOL 6.5), and with small pages three equal pages.
    """
    rows: list[Any] = [row for value in reply.fields.values() if isinstance(value, list) for row in value]
    told = [json.dumps(row, sort_keys=True) for row in rows]
    return "\n".join(told) if len(set(told)) > 1 else ""
