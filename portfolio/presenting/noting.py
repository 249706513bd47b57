"""The history of a note: every version with what changed in it."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from portfolio.analytics.word_diff import Change, word_diff
from portfolio.models import Note, NoteVersion, Place
from portfolio.selectors.notes import NoteView, note_at

__all__ = ["HistoryPage", "VersionView", "address_of"]

#: Versions of one page.
MANY = 20


def address_of(place: Place) -> str:
    """The page a note stands on."""
    if place.trade:
        return _address_of_trade(place.account.code, place.trade.pk, place.key)
    return f"{reverse('portfolio:day', args=[place.account.code, place.day])}#{place.section}"


def _address_of_trade(code: str, pk: int, key: str) -> str:
    """The page of a trade; where this install has none, the history of its note."""
    try:
        return f"{reverse('portfolio:trade', args=[code, pk])}#trade"
    except NoReverseMatch:
        return reverse("portfolio:note", args=[code, key])


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version and what it changed in the one it followed: for a copy, the text it lies beside."""

    version: NoteVersion
    author: str
    is_current: bool
    changes: tuple[Change, ...]


@dataclass
class HistoryPage:
    """``before`` comes from the address and may be nonsense."""

    place: Place
    before: str
    may_write: bool

    @cached_property
    def note(self) -> NoteView:
        """The note as it is now."""
        return note_at(self.place)

    @cached_property
    def address(self) -> str:
        """Where the note stands."""
        return address_of(self.place)

    @cached_property
    def total(self) -> int:
        """How many texts were saved."""
        return NoteVersion.objects.filter(note=self._row).count() if self._row else 0

    @cached_property
    def versions(self) -> list[VersionView]:
        """One page of them, newest first."""
        if self._row is None:
            return []
        rows = self._row.versions.select_related("author").order_by("-number")
        if self.before.isascii() and self.before.isdigit():
            rows = rows.filter(number__lt=min(int(self.before), 2**31 - 1))
        return [self._view(self._row, version) for version in rows[:MANY]]

    @property
    def older(self) -> int | None:
        """The number before which the next page goes on; none when this is the last."""
        last = self.versions[-1].version.number if self.versions else 1
        return last if last > 1 else None

    @cached_property
    def _row(self) -> Note | None:
        return Note.objects.filter(**self.place.lookup).first()

    def _view(self, note: Note, version: NoteVersion) -> VersionView:
        # Copies lie beside the line of texts: the next text follows the last that was shown, not the copy.
        earlier = note.versions.filter(number__lt=version.number, is_conflict=False).order_by("-number").first()
        changes = word_diff(earlier.text if earlier else "", version.text)
        is_current = version.number == note.current and note.removed_at is None
        return VersionView(version, str(version.author or ""), is_current, changes)
