"""The answer: everything a page shows of what the broker said, kind words or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, BrokerReply
from kiwoomweb.broker.catalogue import TR
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.forms import sent_of
from kiwoomweb.broker.reading import Reading, read
from market.explorer.masking import Mask
from market.explorer.raw import pretty
from market.explorer.tables import Pair, Shown, pair
from market.explorer.ticket import Ticket
from market.explorer.ways import Way, way_of
from market.merging import fields_of, merged

__all__ = ["Answer"]


@dataclass(frozen=True)
class Answer:
    """``pages`` are the kept replies of ``ticket``; ``refused`` the words of an answer that was a no.

    ``error`` says what went wrong with the latest page; what came before it is still shown.
    """

    tr: TR
    account: Account
    ticket: Ticket
    pages: Sequence[BrokerReply]
    error: BrokerError | None = None
    refused: BrokerReply | None = None

    @cached_property
    def mask(self) -> Mask:
        return Mask(self.tr, self.account.number)

    @cached_property
    def fields(self) -> dict[str, Any]:
        """All pages as one, as it came over the wire."""
        return merged(fields for page in self.pages if (fields := fields_of(page.raw)) is not None)

    @cached_property
    def reading(self) -> Reading | None:
        return read(self.tr, self.fields, self.ticket.body) if self.fields else None

    @property
    def is_sample(self) -> bool:
        """One entry of a realtime type: its fields are shown one below the other, not as a row."""
        return way_of(self.tr) is Way.LIVE

    @cached_property
    def tables(self) -> list[Shown]:
        symbols = reverse("market:symbols", args=[self.account.code])
        tables = self.reading.tables if self.reading and not self.is_sample else ()
        return [Shown(table, self.mask, symbols, hides=self.is_private) for table in tables]

    @cached_property
    def pairs(self) -> list[Pair]:
        fields = self.reading.fields if self.reading else ()
        if self.reading and self.is_sample:
            fields = tuple(
                each
                for table in self.reading.tables
                for row in table.rows[:1]
                for each in zip(table.columns, row, strict=True)
            )
        return [pair(column, cell, self.mask, hides=self.is_private) for column, cell in fields]

    @property
    def is_private(self) -> bool:
        """Whether the answer is about somebody's own money."""
        return self.tr.path == "/api/dostk/acnt"

    @property
    def is_blank(self) -> bool:
        """The broker answered, and said nothing: no row, no field with a value."""
        return (
            not self.is_sample
            and not any(table.total for table in self.tables)
            and not any(cell.raw.strip() for _column, cell in (self.reading.fields if self.reading else ()))
        )

    @property
    def sentence(self) -> str:
        """What went wrong, in plain words."""
        return _(self.error.notice) if self.error else ""

    @property
    def said(self) -> str:
        """The broker's own words: of a refusal, or those beside the data."""
        if self.error and self.error.said and self.refused:
            return self.mask.text("return_msg", self.error.said)
        return self.mask.text("return_msg", str(self.fields.get("return_msg", ""))).strip()

    @property
    def rc(self) -> str:
        told = self._latest_fields or {}
        return str(told.get("return_code", told.get("returnCode", "—")))

    @property
    def status(self) -> int | None:
        return self._latest.status if self._latest else None

    @property
    def by_socket(self) -> bool:
        return self.tr.transport == "websocket"

    @property
    def request_body(self) -> dict[str, str]:
        """The question as it went out."""
        return sent_of(self.tr, self.ticket.body) if self.by_socket else self.ticket.body

    @property
    def size(self) -> int:
        """Bytes of all pages."""
        return sum(len(page.raw) for page in self.pages) or (len(self.refused.raw) if self.refused else 0)

    @property
    def at(self) -> datetime | None:
        return self._latest.seen_at if self._latest else None

    @property
    def raw(self) -> SafeString:
        """The answer as it came, masked and folded; words that are no JSON as they are."""
        told = self._latest_fields if self.refused else self.fields
        if told:
            return pretty(self.mask.all(told))
        text = self._latest.raw.decode(errors="replace") if self._latest else ""
        return pretty(self.mask.text("", text[:2000])) if text else SafeString("")

    @property
    def request(self) -> SafeString:
        return pretty(self.request_body)

    @property
    def page_rows(self) -> int:
        """How many rows the last page brought; the next one may bring as many."""
        last = fields_of(self.pages[-1].raw) if self.pages else None
        return max((len(value) for value in (last or {}).values() if isinstance(value, list)), default=0)

    @property
    def _latest(self) -> BrokerReply | None:
        return self.refused or (self.pages[-1] if self.pages else None)

    @cached_property
    def _latest_fields(self) -> dict[str, Any] | None:
        return fields_of(self._latest.raw) if self._latest else None
