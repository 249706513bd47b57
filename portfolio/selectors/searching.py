"""Searching notes: every word of the question in one note, the newest days first, with the lines around it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db.models import F

from kiwoomweb.access.models import Account
from portfolio.analytics.grams import Marked, excerpt, holds, needles
from portfolio.models import Note, NoteIndex, Place
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.matching import BEYOND, candidates

__all__ = ["Hit", "search_notes"]

#: Notes read at first and at the most: the search for pairs that hardly ever form the word comes to an end.
FEW, MOST = 30, 3_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One note that holds every word. ``id`` goes into the question for the next ones."""

    id: int
    place: Place
    day: date
    excerpt: Marked


class _Row(NamedTuple):
    """One candidate. ``title`` is that of its place; it is of a trade or of a day."""

    place: int
    note: int
    text: str
    title: str
    trade: int | None
    day: date | None


def search_notes(
    account: Account, text: str, limit: int = 20, before: int = BEYOND, chosen: Chosen | None = None
) -> tuple[Hit, ...]:
    """The newest notes of the account that hold every word of ``text``, written apart or together.

    Nothing for a question without a letter or a figure. ``before`` is the last hit's ``id`` of the page before.
    Of ``chosen`` trades their own notes, and those of the days on which one of them was traded.
    """
    words = needles(text)
    of = chosen if chosen and not chosen.is_everything else None
    found = tuple(islice(_found(account, words, limit, before, of), limit)) if words else ()
    notes = Note.objects.filter(account=account).select_related("trade").in_bulk([row.note for row in found])
    return tuple(_hit(row, notes[row.note], account, words) for row in found)


def _found(
    account: Account, words: tuple[str, ...], limit: int, before: int, chosen: Chosen | None
) -> Iterator[_Row]:
    """Those of the candidates that hold the words."""
    places = candidates(account, words, before, MOST)
    for some in _growing(places, max(FEW, limit)):
        rows = _rows(account, some)
        if chosen:
            rows = _of(chosen, rows)
        for place in some:
            if (row := rows.get(place)) and holds(f"{row.title} {row.text}", words):
                yield row


def _growing(places: list[int], size: int) -> Iterator[list[int]]:
    """In parts, each thrice the one before: the first usually holds all that is asked for."""
    begin = 0
    while begin < len(places):
        yield places[begin : begin + size]
        begin, size = begin + size, size * 3


def _rows(account: Account, places: list[int]) -> dict[int, _Row]:
    """What is looked at of these notes, by place: their present texts and the shares of their trades."""
    present = NoteIndex.objects.filter(
        pk__in=places, note__account=account, note__versions__number=F("note__current")
    )
    of_trade = ("note__trade__name", "note__trade__symbol", "note__trade")
    told = present.values_list("pk", "note", "note__versions__text", "note__day", *of_trade)
    return {
        place: _Row(place, note, text, f"{name} {symbol}" if trade else "", trade, day)
        for place, note, text, day, name, symbol, trade in told
    }


def _of(chosen: Chosen, rows: dict[int, _Row]) -> dict[int, _Row]:
    """Those that belong to the chosen trades or to a day of theirs."""
    days = {row.day for row in rows.values() if row.day}
    on = chosen.days(min(days), max(days)) if days else set()
    numbers = [row.trade for row in rows.values() if row.trade]
    trades = set(chosen.trades.filter(pk__in=numbers).values_list("pk", flat=True))
    return {place: row for place, row in rows.items() if row.trade in trades or row.day in on}


def _hit(row: _Row, note: Note, account: Account, words: tuple[str, ...]) -> Hit:
    note.account = account
    return Hit(row.place, note.place, note.place.on, excerpt(row.text, words))
