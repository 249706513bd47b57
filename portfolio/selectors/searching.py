"""Searching notes: every word of the question in one note, the newest days first, with the lines around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kiwoomweb.access.models import Account
from portfolio.analytics.grams import Marked, excerpt, holds, needles
from portfolio.models import Note, NoteIndex, Place
from portfolio.selectors.filtering.results import Chosen
from portfolio.selectors.matching import BEYOND, candidates
from portfolio.selectors.notes import present_texts

__all__ = ["Hit", "search_notes"]

#: Rows looked at first and at the most: the search for pairs that hardly ever form the word comes to an end.
FEW, MOST = 30, 3_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One note that holds every word. ``id`` goes into the question for the next ones."""

    id: int
    place: Place
    day: date
    excerpt: Marked


def search_notes(
    account: Account, text: str, limit: int = 20, before: int = BEYOND, chosen: Chosen | None = None
) -> tuple[Hit, ...]:
    """The newest notes of the account that hold every word of ``text``, written apart or together.

    Nothing for a question without a letter or a figure. ``before`` is the last hit's ``id`` of the page before.
    Of ``chosen`` trades their own notes, and those of the days on which one of them was traded.
    """
    words = needles(text)
    of = chosen if chosen and not chosen.is_everything else None
    return tuple(_hits(account, words, limit, before, of)) if words else ()


def _hits(
    account: Account, words: tuple[str, ...], limit: int, before: int, chosen: Chosen | None
) -> Iterator[Hit]:
    batch = max(FEW, limit)
    while batch < MOST:
        found = candidates(account, words, before, batch)
        for hit in _looked_at(account, words, found, chosen):
            yield hit
            if (limit := limit - 1) <= 0:
                return
        if len(found) < batch:
            return
        before, batch = found[-1], batch * 3


def _looked_at(
    account: Account, words: tuple[str, ...], found: list[int], chosen: Chosen | None
) -> Iterator[Hit]:
    """The hits among the candidates; a text is only read as far as hits are asked for."""
    rows = NoteIndex.objects.filter(pk__in=found, note__account=account).select_related("note__trade")
    notes = {row.pk: row.note for row in rows}
    if chosen:
        fitting = _of(chosen, notes.values())
        notes = {place: note for place, note in notes.items() if note.pk in fitting}
    texts = present_texts(list(notes.values()))
    for place in found:
        note = notes.get(place)
        if not note:
            continue
        note.account = account
        if holds(f"{note.place.title} {(text := texts.get(note.pk, ''))}", words):
            yield _hit(place, note, text, words)


def _of(chosen: Chosen, notes: Iterable[Note]) -> set[int]:
    """The numbers of the notes that belong to the chosen trades or to a day of theirs."""
    days = {note.day for note in notes if note.day}
    on = chosen.days(min(days), max(days)) if days else set()
    numbers = [note.trade_id for note in notes if note.trade_id]
    trades = set(chosen.trades.filter(pk__in=numbers).values_list("pk", flat=True))
    return {note.pk for note in notes if note.trade_id in trades or note.day in on}


def _hit(order: int, note: Note, text: str, words: tuple[str, ...]) -> Hit:
    return Hit(order, note.place, note.place.on, excerpt(text, words))
