"""Masking: account numbers leave this server with four digits only, wherever the broker put them."""

import re
from collections.abc import Mapping
from typing import Any

from kiwoomweb.broker.catalogue import TR, Field

__all__ = ["Mask"]

#: Names the guide forgets to declare (ka10088, kt00015) and those it writes in its own way.
UNDECLARED = re.compile(r"acc?n?t_?(no|print|num)", re.IGNORECASE)
SECRET = re.compile(r"token|appkey|secret", re.IGNORECASE)


class Mask:
    """What must not be read of one account's answers. ``number`` is its own ten digits."""

    def __init__(self, tr: TR, number: str) -> None:
        self._fields = set(_numbers(tr.response)) | set(_numbers(tr.request))
        self._number = re.compile(re.escape(number)) if number else None

    def text(self, name: str, text: str) -> str:
        """The value of one field as it may be shown."""
        if SECRET.search(name):
            return "•" * 8 if text else ""
        if name in self._fields or UNDECLARED.fullmatch(name):
            return _short(text)
        return self._number.sub(lambda found: _short(found[0]), text) if self._number else text

    def all(self, value: Any, name: str = "") -> Any:
        """The same JSON value with every text masked."""
        if isinstance(value, Mapping):
            return {str(key): self.all(each, str(key)) for key, each in value.items()}
        if isinstance(value, list):
            return [self.all(each, name) for each in value]
        return self.text(name, value) if isinstance(value, str) else value


def _numbers(fields: tuple[Field, ...]) -> list[str]:
    found = [item.name for item in fields if "계좌번호" in item.label]
    return found + [name for item in fields for name in _numbers(item.fields)]


def _short(text: str) -> str:
    """``****-4471``; nothing of a text too short to hide anything in."""
    digits = text.strip()
    return f"****-{digits[-4:]}" if len(digits) > 6 else "****" if digits else ""
