"""What stands under a trade or a day: comments, and reviews asked for and given."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import who_sees
from portfolio.models import Comment, ReviewRequest
from portfolio.selectors.together.comments import comments_on, requests_on
from portfolio.selectors.together.subjects import About
from portfolio.services.together.requesting import RUBRIC

__all__ = ["Said", "Talk", "marks_of"]

NAME = re.compile(r"@[\w.\-]{1,64}")


@dataclass(frozen=True, slots=True)
class Said:
    """One comment: its words with the names in them marked, and whether the reader wrote it."""

    comment: Comment
    words: SafeString
    is_mine: bool
    edits: int


@dataclass
class Talk:
    """``wrong`` says why nothing was written; ``draft`` is what was not written."""

    about: About
    reader: User
    wrong: str = ""
    draft: str = ""
    editing: int = 0
    rubric: dict[str, str] = field(default_factory=lambda: {line: str(words) for line, words in RUBRIC.items()})

    @cached_property
    def comments(self) -> list[Said]:
        return [
            Said(one, marked(one.text), one.author_id == self.reader.pk, len(one.versions.all()))
            for one in comments_on(self.about, self.reader)
        ]

    @cached_property
    def requests(self) -> list[tuple[ReviewRequest, list[tuple[str, int]], bool]]:
        """Each with its marks, and whether the reader is the one to give them."""
        return [
            (one, marks_of(one), one.done_at is None and one.of_id == self.reader.pk)
            for one in requests_on(self.about)
        ]

    @cached_property
    def others(self) -> list[User]:
        """Whom the reader may ask or name."""
        return [one for one in who_sees(self.about.account, Right.COMMENT) if one.pk != self.reader.pk]

    @property
    def hint(self) -> str:
        """Whom one may name, as one names them."""
        return _("부를 수 있는 사람: %(names)s") % {
            "names": ", ".join(f"@{str(one).replace(' ', '')}" for one in self.others)
        }


def marks_of(request: ReviewRequest) -> list[tuple[str, int]]:
    """The lines of the rubric with their marks; nothing while it is not done."""
    if request.done_at is None:
        return []
    return [(str(words), getattr(request, line)) for line, words in RUBRIC.items()]


def marked(text: str) -> SafeString:
    """The text with what looks like a name set off. Everything is escaped, names too."""
    parts, last = [], 0
    for found in NAME.finditer(text):
        parts.append(escape(text[last : found.start()]))
        parts.append(format_html("<b>{}</b>", found[0]))
        last = found.end()
    return SafeString("".join([*parts, escape(text[last:])]))
