"""Sheets made of rows and a list of columns that say where each value comes from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext

from kiwoomweb.broker.domain import Side
from kiwoomweb.ui.takeaway import Column, Form, Sheet, Value

__all__ = ["Of", "made", "side"]


@dataclass(frozen=True, slots=True)
class Of:
    """One column: its heading, how it looks, and the attribute (or function) of a row it shows."""

    label: "str | Promise"
    source: "str | Callable[[Any], Value]"
    form: Form = Form.TEXT


def made(name: str, columns: Sequence[Of], rows: Iterable[Any]) -> Sheet:
    """The sheet ``name``; ``rows`` are read while it is written."""
    sources = [attrgetter(of.source) if isinstance(of.source, str) else of.source for of in columns]
    return Sheet(
        name,
        [Column(of.label, of.form) for of in columns],
        ([source(row) for source in sources] for row in rows),
    )


def side(row: Any) -> str:
    """매수 or 매도."""
    return pgettext("trade side", "매수") if row.side == Side.BUY else pgettext("trade side", "매도")
