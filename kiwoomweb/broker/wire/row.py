"""Row: one record of a reply, read field by field; every trouble names the TR and the field."""

from collections.abc import Callable, Mapping
from typing import Any, Self, TypeVar

from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.protocol import Reply

__all__ = ["Row"]

Value = TypeVar("Value")


class Row:
    """A record of text fields.

    >>> row.need(won, "pur_amt")   # Unreadable when absent, blank or malformed
    >>> row.may(day, "crd_loan_dt")  # None when absent or blank, Unreadable when malformed
    """

    __slots__ = ("_fields", "tr")

    def __init__(self, tr: str, fields: Mapping[str, Any]) -> None:
        self.tr, self._fields = tr, fields

    @classmethod
    def of(cls, reply: Reply) -> Self:
        """The fields beside the lists of a reply."""
        return cls(reply.tr, reply.fields)

    def text(self, name: str) -> str:
        """The text of a field, trimmed; ``""`` when absent or blank."""
        value = self._fields.get(name)
        text = "" if value is None else str(value).strip()
        if "\0" in text or not _is_text(text):
            raise Unreadable(f"{name}: not text", tr=self.tr)
        return text

    def may(self, read: Callable[[str], Value | None], name: str) -> Value | None:
        """The value of a field the broker may leave out."""
        try:
            return read(self.text(name))
        except ValueError as trouble:
            raise Unreadable(f"{name}: {trouble}", tr=self.tr) from None

    def need(self, read: Callable[[str], Value | None], name: str) -> Value:
        """The value of a field without which the record means nothing."""
        value = self.may(read, name)
        if value is None:
            raise Unreadable(f"{name}: no value in {self.text(name)!r}", tr=self.tr)
        return value

    def blank(self, *names: str) -> bool:
        """Whether all these fields are blank; without names, whether the whole record is."""
        return not any(self.text(name) for name in names or self._fields)


def _is_text(text: str) -> bool:
    """Whether every character can be stored; JSON can spell halves of characters that cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
