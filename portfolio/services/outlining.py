"""Outlines: made, changed and removed by people; a removed one stays as a row."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from portfolio.models import NoteTemplate, Section
from portfolio.selectors.outlines import own_outlines

__all__ = ["LONGEST_NAME", "LONGEST_TEXT", "Draft", "OutlineRefused", "keep_outline", "remove_outline"]

#: Letters of a name and of a text; outlines of one account.
LONGEST_NAME, LONGEST_TEXT, MOST = 40, 4_000, 60
#: An addition to a plan has no outline of its own: it is a plan's.
SECTIONS = (Section.PLAN, Section.REVIEW, Section.TRADE)


class OutlineRefused(ValueError):
    """Why it was not kept, as a sentence for a person."""

    def __init__(self, notice: str) -> None:
        super().__init__(notice)
        self.notice = notice


@dataclass(frozen=True, slots=True)
class Draft:
    """An outline as somebody typed it."""

    section: str
    name: str
    text: str
    is_shared: bool


def keep_outline(account: Account, draft: Draft, *, author: User, pk: int | None = None) -> NoteTemplate:
    """Make an outline, or change the account's own one ``pk``. Raises :class:`OutlineRefused`."""
    name, text = draft.name.strip(), draft.text.replace("\r\n", "\n").replace("\0", "").strip()
    _check(account, draft.section, name, text, is_new=pk is None)
    if pk is None:
        row = NoteTemplate(account=account, author=author, made_at=timezone.now())
    else:
        row = own_outlines(account).get(pk=pk)
    row.section, row.name, row.text, row.is_shared = draft.section, name, text, draft.is_shared
    row.save()
    return row


def remove_outline(account: Account, pk: int) -> None:
    """Off the list. Notes that were begun with it are as they are."""
    own_outlines(account).filter(pk=pk).update(removed_at=timezone.now())


def _check(account: Account, section: str, name: str, text: str, *, is_new: bool) -> None:
    if section not in SECTIONS:
        raise OutlineRefused(_("어디에 쓰는 틀인지 골라 주세요."))
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise OutlineRefused(_("이름을 1자에서 %(n)d자까지 적어 주세요.") % {"n": LONGEST_NAME})
    if not text or len(text) > LONGEST_TEXT:
        raise OutlineRefused(_("내용을 1자에서 %(n)d자까지 적어 주세요.") % {"n": LONGEST_TEXT})
    if is_new and own_outlines(account).count() >= MOST:
        raise OutlineRefused(_("틀은 %(n)d개까지 만들 수 있습니다. 쓰지 않는 것을 지워 주세요.") % {"n": MOST})
