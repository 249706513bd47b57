"""Questions: the form of a board. What it offers comes from the catalogue, what was chosen from the address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.reading import question_problems
from kiwoomweb.broker.reading.usual import usual_question
from market.boards.shelves import Board
from market.saying import said_of
from market.selectors.instruments import find
from market.terms import term

__all__ = ["Input", "Option", "body_of", "inputs_of", "problems_of"]

#: Fields with one possible value, or none a person would want to change.
SILENT = frozenset({"rank_strt", "rank_end", "skip_stk", "trace_idex", "netslmt_tp", "all_tp", "trnm"})
SYMBOL = re.compile(r"[0-9A-Z]{6,9}(_NX|_AL)?", re.ASCII)
#: Choices shown at once; the others are behind "more", as on a screen of 영웅문 that has been opened wide.
FIRST = 4
MOST = 60


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """``kind`` is ``select``, ``symbol``, ``day``, ``number`` or ``text``; ``value`` is what its box holds.

    A day is ``2026-11-20`` in the box and ``20261120`` on the wire. ``problem`` says what to do about it.
    """

    name: str
    label: str
    kind: str
    value: str
    options: tuple[Option, ...] = ()
    problem: str = ""


def body_of(
    board: Board, tr: TR, asked: Mapping[str, str], *, today: date, symbol: str, venue: str
) -> dict[str, str]:
    """The body to send: what the address says, else what the board opens with, else what is suggested."""
    body = usual_question(tr, today, symbol)
    if "stex_tp" in body:
        body["stex_tp"] = venue
    body |= board.chosen
    for field in tr.request:
        if field.name in asked and not is_silent(field):
            body[field.name] = _on_the_wire(field, asked[field.name].strip()[:MOST])
    return body


def problems_of(tr: TR, body: Mapping[str, str]) -> dict[str, str]:
    """Field -> what is wrong and what to do; only fields of the form can be wrong."""
    return said_of(question_problems(tr, body))


def inputs_of(
    tr: TR, body: Mapping[str, str], problems: Mapping[str, str], known: Mapping[str, Iterable[tuple[str, str]]]
) -> list[Input]:
    """The form, in the catalogue's order. ``known`` gives (code, name) pairs of fields another TR lists."""
    return [
        _input(field, body.get(field.name, ""), problems.get(field.name, ""), known.get(field.name, ()))
        for field in tr.request
        if not is_silent(field)
    ]


def is_silent(field: Field) -> bool:
    return field.name in SILENT or (len(field.choices) == 1 and field.required and not field.lookup)


def _input(field: Field, value: str, problem: str, known: Iterable[tuple[str, str]]) -> Input:
    pairs = list(known) or list(field.choices.items())
    if pairs:
        options = tuple(Option(code, term(label), code == value) for code, label in pairs)
        return Input(field.name, term(field.label), "select", value, options, problem)
    if field.format == "YYYYMMDD":
        return Input(field.name, term(field.label), "day", _as_day(value), problem=problem)
    kind = "symbol" if field.format == "symbol" else "number" if field.format == "number" else "text"
    return Input(field.name, term(field.label), kind, value, problem=problem)


def _on_the_wire(field: Field, text: str) -> str:
    if field.format == "YYYYMMDD":
        return text.replace("-", "")
    if field.format == "symbol" and not field.choices:
        return _symbol(text)
    return text


def _symbol(text: str) -> str:
    """A code as it is; a name or 초성 becomes the code of the best match."""
    code = text.upper()
    if not text or SYMBOL.fullmatch(code):
        return code
    best = find(text, most=1).first()
    return best.symbol if best else text


def _as_day(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y%m%d").date().isoformat()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        return text
