"""Noting: save what a person wrote about a day or a trade. Nobody's words are ever overwritten."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from orders.services.locking import locked
from portfolio.models import Note, NoteVersion, Place, Section, Trade
from portfolio.selectors.notes import place_of_trade
from portfolio.selectors.planning import is_frozen
from portfolio.services.indexing import index

__all__ = ["LONGEST", "Saved", "TooLong", "bring_back", "remove", "restore", "save", "save_trade_note", "write"]

#: Characters of one note.
LONGEST = 20_000


class TooLong(ValueError):
    """A text above ``LONGEST`` characters. It is refused as a whole: half a note would be a loss."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} characters")
        self.length = length


@dataclass(frozen=True, slots=True)
class Saved:
    """``version`` is the present one. With ``is_conflict`` the text was kept as a copy beside it and
    is not the present one: somebody had saved in between or, with ``is_frozen``, the plan's time was over."""

    version: int
    is_conflict: bool
    is_frozen: bool = False


def save(
    account: Account, day: date, text: str, *, based_on: int, author: User, section: Section = Section.REVIEW
) -> Saved:
    """Save a note of a day; see :func:`write`."""
    return write(Place(account, section, day), text, based_on=based_on, author=author)


def save_trade_note(trade: Trade, text: str, *, based_on: int, author: User) -> Saved:
    """Save the note of a trade, or of the one it was merged into; see :func:`write`."""
    return write(place_of_trade(trade), text, based_on=based_on, author=author)


def write(place: Place, text: str, *, based_on: int, author: User) -> Saved:
    """Save the note of a place. ``based_on`` is the version the writer saw (0 for a blank page).

    The same text again saves nothing, so a form sent twice is one version. Raises :class:`TooLong`.
    """
    text = text.replace("\r\n", "\n").replace("\0", "").strip()  # no database keeps a NUL
    if len(text) > LONGEST:
        raise TooLong(len(text))
    frozen = is_frozen(place)
    with transaction.atomic():
        locked(place.account.pk)
        note, _made = Note.objects.get_or_create(**place.lookup)
        present = note.versions.filter(number=note.current).first()
        shown = "" if note.removed_at or present is None else present.text
        if text == shown:
            return Saved(note.current, is_conflict=False)
        if frozen or based_on != note.current:
            return _keep_copy(note, text, author, is_frozen=frozen)
        return _present(note, text, author)


def restore(note: Note, number: int, *, author: User) -> Saved:
    """Make an old version's text the present one, as a new version. The plan of a day that began stays."""
    text = note.versions.get(number=number).text
    return write(note.place, text, based_on=note.current, author=author)


def remove(note: Note, *, author: User) -> None:
    """Take the note off the pages and out of the search. Its versions stay."""
    with transaction.atomic():
        locked(note.account_id)
        Note.objects.filter(pk=note.pk, removed_at=None).update(removed_at=timezone.now(), removed_by=author)
        note.refresh_from_db()
        index(note)


def bring_back(note: Note) -> None:
    """Undo a removal."""
    with transaction.atomic():
        locked(note.account_id)
        Note.objects.filter(pk=note.pk).update(removed_at=None, removed_by=None)
        note.refresh_from_db()
        index(note)


def _present(note: Note, text: str, author: User) -> Saved:
    note.current = _add(note, text, author, is_conflict=False)
    note.removed_at = note.removed_by = None
    note.save(update_fields=["current", "removed_at", "removed_by"])
    index(note, text)
    return Saved(note.current, is_conflict=False)


def _keep_copy(note: Note, text: str, author: User, *, is_frozen: bool) -> Saved:
    if not note.versions.filter(number__gt=note.current, text=text).exists():
        _add(note, text, author, is_conflict=True)
    return Saved(note.current, is_conflict=True, is_frozen=is_frozen)


def _add(note: Note, text: str, author: User, *, is_conflict: bool) -> int:
    number = (note.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    NoteVersion.objects.create(
        note=note,
        number=number,
        text=text,
        is_conflict=is_conflict,
        author=author,
        saved_at=timezone.now(),
    )
    return int(number)
