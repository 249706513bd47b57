"""The question: a TR's request as inputs of a form, and what was filled in as the body that is sent."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.dateformat import format as dated

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.suggestions import suggested
from market.models import Instrument

__all__ = ["Input", "body_of", "filled", "inputs"]

#: A longer text is no answer to any field of the guide.
LONGEST = 200
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_WIRE_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)


@dataclasses.dataclass(frozen=True, slots=True)
class Input:
    """One field as a person fills it in: ``value`` is what the control shows, ``problem`` what is wrong.

    ``kind`` is ``choice``, ``day``, ``symbol``, ``lookup`` or ``text``; ``known_as`` the name of a symbol.
    """

    field: Field
    kind: str
    value: str
    problem: str = ""
    known_as: str = ""
    choices: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"ask-{self.field.name}"

    @property
    def strange(self) -> bool:
        """A value that is none of the choices: shown all the same, nothing that was typed is lost."""
        return self.kind == "choice" and self.value not in self.choices and bool(self.value)

    @property
    def weekday(self) -> str:
        """The day of the week of a date that is one."""
        try:
            return dated(date.fromisoformat(self.value), "D") if self.kind == "day" else ""
        except ValueError:
            return ""


def inputs(
    tr: TR, body: Mapping[str, str], problems: Mapping[str, str], known: Mapping[str, Instrument]
) -> list[Input]:
    """The form of a TR, filled with ``body`` (wire texts). ``known`` names the symbols among them."""
    return [_input(item, body.get(item.name, ""), problems, known) for item in _asked(tr)]


def body_of(tr: TR, sent: Mapping[str, str]) -> dict[str, str]:
    """Wire name -> text of what a form has sent; a field that did not come is blank."""
    return {item.name: _wire(item, sent.get(item.name, "")) for item in _asked(tr)}


def filled(tr: TR, last: Mapping[str, str], today: date, symbol: str) -> dict[str, str]:
    """What the form shows first: what was asked last, else what may be sent as it stands.

    Dates are not remembered: yesterday's today is seldom meant.
    """
    fresh = suggested(tr, today, symbol)
    kept = {item.name for item in _asked(tr) if item.format != "YYYYMMDD"}
    return {name: last[name] if name in last and name in kept else text for name, text in fresh.items()}


def _asked(tr: TR) -> Iterator[Field]:
    return (item for item in tr.request if item.kind != "list")


def _input(item: Field, text: str, problems: Mapping[str, str], known: Mapping[str, Instrument]) -> Input:
    kind = _kind(item)
    instrument = known.get(text.partition("_")[0]) if kind == "symbol" else None
    return Input(
        field=item,
        kind=kind,
        value=_shown_day(text) if kind == "day" else text,
        problem=problems.get(item.name, ""),
        known_as=instrument.name if instrument else "",
        choices=item.choices,
    )


def _kind(item: Field) -> str:
    if item.lookup:
        return "lookup"
    if item.format == "YYYYMMDD":
        return "day"
    if item.format == "symbol":
        return "symbol"
    return "choice" if item.choices else "text"


def _wire(item: Field, text: str) -> str:
    text = text.strip()[:LONGEST]
    if item.format == "YYYYMMDD" and (day := _DAY.fullmatch(text)):
        return "".join(day.groups())
    if item.format == "symbol":
        return text.upper()
    return text


def _shown_day(text: str) -> str:
    day = _WIRE_DAY.fullmatch(text)
    return "-".join(day.groups()) if day else text
