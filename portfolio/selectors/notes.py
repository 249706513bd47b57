"""Notes as pages show them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.models import Note, NoteVersion, Place, Section, Trade
from portfolio.selectors.attachments import RESTORABLE, Shelf, shelf_of
from portfolio.selectors.planning import is_frozen

__all__ = [
    "NoteText",
    "NoteView",
    "note_at",
    "note_of",
    "note_of_trade",
    "note_texts",
    "place_of_trade",
    "swallowed_notes",
]


@dataclass(frozen=True, slots=True)
class NoteText:
    """One saved text and who saved it when (our clock)."""

    number: int
    text: str
    author: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class NoteView:
    """A place's note. ``version`` goes into the form and back (0: nothing saved yet). ``conflicts`` are copies
    saved from an older version since the present text was saved, newest first: nobody's words are lost.

    ``shelf`` holds what is attached. ``is_frozen``: a plan whose day has begun. ``removed_at`` is set while a
    removed note can be brought back. ``swallowed``: notes of trades that were merged into this one.
    """

    place: Place
    version: int
    text: str
    author: str
    saved_at: datetime | None
    conflicts: tuple[NoteText, ...]
    is_frozen: bool
    shelf: Shelf
    removed_at: datetime | None = None
    swallowed: tuple[NoteText, ...] = ()


def note_of(account: Account, day: date, section: Section = Section.REVIEW) -> NoteView:
    """One note of one day, empty when nobody has written one."""
    return note_at(Place(account, section, day))


def place_of_trade(trade: Trade) -> Place:
    """Where the note of a trade stands: with the trade that stands for its fills now."""
    return Place(trade.account, Section.TRADE, trade=trade.present)


def note_of_trade(trade: Trade) -> NoteView:
    """The note of a trade, empty when nobody has written one."""
    return replace(note_at(place_of_trade(trade)), swallowed=swallowed_notes(trade.present))


def swallowed_notes(trade: Trade) -> tuple[NoteText, ...]:
    """Notes written on trades that were merged into this one when older history arrived."""
    notes = Note.objects.filter(trade__merged_into=trade, current__gt=0, removed_at=None)
    rows = NoteVersion.objects.filter(note__in=notes, number=F("note__current")).exclude(text="")
    return tuple(map(_text, rows.select_related("author").order_by("saved_at")))


def note_at(place: Place) -> NoteView:
    """The note of a place, empty when nobody has written one or it was removed."""
    note, frozen = Note.objects.filter(**place.lookup).first(), is_frozen(place)
    shelf = shelf_of(place) if note else Shelf(place, (), ())
    if note is None:
        return NoteView(place, 0, "", "", None, (), frozen, shelf)
    newest = note.versions.filter(number__gte=note.current).select_related("author").order_by("-number")
    versions = [_text(version) for version in newest]
    conflicts = tuple(version for version in versions if version.number > note.current)
    if note.removed_at:
        is_young = timezone.now() - note.removed_at < RESTORABLE
        gone_at = note.removed_at if is_young else None
        return NoteView(place, note.current, "", "", None, conflicts, frozen, shelf, gone_at)
    if not note.current:
        return NoteView(place, 0, "", "", None, conflicts, frozen, shelf)
    present = versions[-1]
    return NoteView(
        place, note.current, present.text, present.author, present.saved_at, conflicts, frozen, shelf
    )


def note_texts(account: Account, first: date, last: date) -> dict[date, str]:
    """A text for each day that has one: of the review, or else of what was planned."""
    notes = Note.objects.filter(account=account, day__range=(first, last), current__gt=0, removed_at=None)
    texts = _present_texts(list(notes))
    order = [Section.LATER, Section.PLAN, Section.REVIEW]
    ranked = sorted(notes, key=lambda note: order.index(Section(note.section)))
    return {note.day: text for note in ranked if note.day and (text := texts.get(note.pk))}


def _present_texts(notes: list[Note]) -> dict[int, str]:
    """The present text of each of these notes, by their keys."""
    current = NoteVersion.objects.filter(note__in=notes, number=F("note__current"))
    return dict(current.values_list("note_id", "text"))


def _text(version: NoteVersion) -> NoteText:
    return NoteText(version.number, version.text, str(version.author or ""), version.saved_at)
