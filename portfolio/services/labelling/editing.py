"""One posted change of the labels page: which row of this team, and what happens to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from portfolio.models import Book, Rule, Tag, TagGroup
from portfolio.selectors.days import today_of
from portfolio.services.labelling.arranging import arrange, step
from portfolio.services.labelling.books import close_book, edit_book, make_book
from portfolio.services.labelling.labels import MOST, edit_group, edit_tag, make_group, make_tag, retire
from portfolio.services.labelling.naming import Refused
from portfolio.services.labelling.rules import edit_rule, make_rule, retire_rule

__all__ = ["Editing"]

T = TypeVar("T")
ROWS = ("group", "tag", "rule", "book")
MOVES = ("up", "down", "order")


@dataclass
class Editing:
    """``posted``: ``do`` ("make-tag", "edit-group", "retire-rule", "return-book", "up-tag", "order-rule" …),
    ``pk``, and the fields; ``order`` are numbers joined by commas."""

    account: Account
    author: User
    posted: Mapping[str, str]

    def apply(self) -> str:
        """Do it and say what was done. Raises ``Refused``."""
        verb, _dash, noun = self._of("do").partition("-")
        acts = {"make": self._make, "edit": self._edit, "retire": self._retire, "return": self._retire}
        acts |= dict.fromkeys(MOVES, self._move)
        if verb not in acts or noun not in ROWS or (verb in MOVES and noun == "book"):
            raise Refused(_("무엇을 바꿀지 알 수 없습니다. 화면을 새로 고친 뒤 다시 해 주세요."))
        acts[verb](noun)
        return {
            "make": _("만들었습니다."),
            "edit": _("바꾸었습니다."),
            "retire": _("그만 쓰기로 했습니다. 이미 붙인 거래에는 남아 있습니다."),
            "return": _("다시 쓰기로 했습니다."),
        }.get(verb, _("옮겼습니다."))

    def _make(self, noun: str) -> None:
        team, name, color = self.account.team_id, self._of("name"), self._of("color")
        if noun == "group":
            exclusive = bool(self._of("exclusive"))
            make_group(team, self._of("kind"), name, color, self.author, is_exclusive=exclusive)
        elif noun == "tag":
            make_tag(self._group(), name, self.author)
        elif noun == "rule":
            make_rule(team, self._of("text"), self.author, **self._judging)
        else:
            make_book(self.account, name, color, self.author)

    def _edit(self, noun: str) -> None:
        name, color = self._of("name"), self._of("color")
        if noun == "group":
            edit_group(self._group(), name, color, self.author, is_exclusive=bool(self._of("exclusive")))
        elif noun == "tag":
            edit_tag(self._tag(), name, color, self.author)
        elif noun == "book":
            edit_book(self._book(), name, color, self.author)
        else:
            edit_rule(self._rule(), self._of("text"), self.author, today_of(self.account), **self._judging)

    def _retire(self, noun: str) -> None:
        is_over = self._of("do").startswith("retire")
        if noun == "rule":
            retire_rule(self._rule(), self.author, is_over=is_over)
        elif noun == "book":
            close_book(self._book(), self.author, is_over=is_over)
        else:
            retire(self._group() if noun == "group" else self._tag(), self.author, is_over=is_over)

    def _move(self, noun: str) -> None:
        row = self._group() if noun == "group" else self._tag() if noun == "tag" else self._rule()
        verb = self._of("do").partition("-")[0]
        if verb == "order":
            numbers = self._of("order").split(",")[:MOST]
            arrange(row, [int(one) for one in numbers if one.isascii() and one.isdigit()], self.author)
        else:
            step(row, -1 if verb == "up" else 1, self.author)

    @property
    def _judging(self) -> dict[str, str]:
        return {name: self._of(name) for name in ("condition", "limit", "setup")}

    def _group(self) -> TagGroup:
        return _found(TagGroup.objects.filter(team=self.account.team_id, pk=self._pk).first())

    def _tag(self) -> Tag:
        rows = Tag.objects.filter(group__team=self.account.team_id).select_related("group")
        return _found(rows.filter(pk=self._pk).first())

    def _rule(self) -> Rule:
        return _found(Rule.objects.filter(team=self.account.team_id, pk=self._pk).first())

    def _book(self) -> Book:
        rows = Book.objects.filter(account=self.account).select_related("account")
        return _found(rows.filter(pk=self._pk).first())

    @property
    def _pk(self) -> int:
        text = self._of("pk")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0

    def _of(self, name: str) -> str:
        return self.posted.get(name, "").strip()


def _found(row: T | None) -> T:
    if row is None:
        raise Refused(_("이 팀에 없는 것입니다. 화면을 새로 고친 뒤 다시 해 주세요."))
    return row
