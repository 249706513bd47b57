"""What was written about days and trades, as it stood at the report's moment."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from portfolio.models import Note, NoteVersion
from portfolio.models import Section as Place
from portfolio.reports.content.asked import Asked
from portfolio.reports.content.pieces import Section, Words
from portfolio.reports.content.saying import day_words, moment_words

__all__ = ["notes_section"]

#: Notes a report quotes, and how much of each; the journal has them whole.
MOST, LONGEST = 12, 1_500
ORDER = (Place.PLAN, Place.LATER, Place.REVIEW, Place.TRADE)


def notes_section(asked: Asked, first: date, last: date) -> Section:
    """Plan and review of the days and the notes of trades closed on them; empty when nobody wrote."""
    days, trades = Q(day__range=(first, last)), Q(trade__closed_day__range=(first, last))
    notes = Note.objects.filter(days | trades, account=asked.account, current__gt=0)
    notes = notes.filter(Q(removed_at=None) | Q(removed_at__gt=asked.as_of)).select_related("trade")
    ordered = sorted(notes, key=lambda note: (str(note.day or ""), ORDER.index(Place(note.section)), note.pk))
    texts = [(note, found) for note in ordered if (found := _as_known(asked, note)) and found.text.strip()]
    blocks = tuple(
        block for note, found in texts[:MOST] for block in _quoted(asked, note, found, first != last)
    )
    if len(texts) > MOST:
        rest = _("그 밖의 메모 %(n)s개는 일지에 있습니다.") % {"n": len(texts) - MOST}
        blocks = (*blocks, Words((rest,), "quiet"))
    return Section("notes", _("메모"), blocks)


def _as_known(asked: Asked, note: Note) -> NoteVersion | None:
    """The text that counted then: copies saved beside a newer one never did."""
    versions = note.versions.filter(number__lte=note.current, saved_at__lte=asked.as_of)
    return versions.select_related("author").order_by("-number").first()


def _quoted(asked: Asked, note: Note, found: NoteVersion, with_day: bool) -> tuple[Words, Words]:
    about = note.trade.name if note.trade else day_words(note.day) if with_day and note.day else ""
    author = str(found.author or "")
    parts = (str(Place(note.section).label), about, author, moment_words(found.saved_at))
    text = asked.free(found.text.strip())
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return Words((" · ".join(part for part in parts if part),), "quiet"), Words(
        tuple(cut.splitlines()), "quote"
    )
