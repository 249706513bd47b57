"""The history of a note: every version with what changed in it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.urls import reverse

from portfolio.analytics.word_diff import Change, word_diff
from portfolio.models import Note, NoteVersion, Place
from portfolio.selectors.notes import NoteView, note_at

__all__ = ["HistoryPage", "Sitting", "address_of"]

#: Versions of one page, and the longest pause within one sitting.
MANY, PAUSE = 60, timedelta(minutes=5)


def address_of(place: Place) -> str:
    """The page a note stands on."""
    if place.trade:
        return f"{reverse('portfolio:trade', args=[place.account.code, place.trade.pk])}#trade"
    return f"{reverse('portfolio:day', args=[place.account.code, place.day])}#{place.section}"


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one person saved without a longer pause: its last version, and the ones it went through (newest
    first). ``changes`` lead from the text before it; for a copy, from the text it lies beside."""

    version: NoteVersion
    between: tuple[NoteVersion, ...]
    is_current: bool
    changes: tuple[Change, ...]

    @property
    def author(self) -> str:
        """Who wrote it; blank when the person is gone."""
        return str(self.version.author or "")


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
    def sittings(self) -> list[Sitting]:
        """One page of them, newest first. Writing saves itself every few words: nobody wants each as a step."""
        together: list[list[NoteVersion]] = []
        for version in self._versions:
            if together and _is_one_sitting(together[-1][-1], version):
                together[-1].append(version)
            else:
                together.append([version])
        return [self._sitting(versions) for versions in together]

    @property
    def older(self) -> int | None:
        """The number before which the next page goes on; none when this is the last."""
        last = self._versions[-1].number if self._versions else 1
        return last if last > 1 else None

    @cached_property
    def _row(self) -> Note | None:
        return Note.objects.filter(**self.place.lookup).first()

    @cached_property
    def _versions(self) -> list[NoteVersion]:
        if self._row is None:
            return []
        rows = self._row.versions.select_related("author").order_by("-number")
        if self.before.isascii() and self.before.isdigit():
            rows = rows.filter(number__lt=min(int(self.before), 2**31 - 1))
        return list(rows[:MANY])

    def _sitting(self, versions: list[NoteVersion]) -> Sitting:
        # Copies lie beside the line of texts: the next text follows the last that was shown, not the copy.
        rows = NoteVersion.objects.filter(note=versions[0].note_id, is_conflict=False)
        earlier = rows.filter(number__lt=versions[-1].number).order_by("-number").first()
        changes = word_diff(earlier.text if earlier else "", versions[0].text)
        is_current = self._row is not None and versions[0].number == self._row.current
        is_shown = is_current and self._row is not None and self._row.removed_at is None
        return Sitting(versions[0], tuple(versions[1:]), is_shown, changes)


def _is_one_sitting(later: NoteVersion, earlier: NoteVersion) -> bool:
    is_line = not later.is_conflict and not earlier.is_conflict
    return is_line and later.author_id == earlier.author_id and later.saved_at - earlier.saved_at <= PAUSE
