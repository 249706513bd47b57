"""What a form over many trades asks for: which trades, what to do with them, and the words for it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from portfolio.models import Book, BulkEdit, Tag, TagGroup, Trade
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter, filtered
from portfolio.services.reviews.bulk import mark_reviewed, put_in_book, put_tag, set_setup, take_tag

__all__ = ["BulkForm", "Impossible"]

LABELS = (TagGroup.Kind.TAG, TagGroup.Kind.MISTAKE)
#: Trades that can be ticked on one page, and then some.
MOST_TICKED = 500


class Impossible(ValueError):
    """Why it cannot be done, in the reader's language."""


@dataclass
class BulkForm:
    """``do`` is ``put:12``, ``take:12``, ``setup:12`` (``setup:`` for none), ``reviewed`` or ``book:3``
    (``book:`` for the default one); ``all`` means every trade of ``query``, else those ticked as ``trade``."""

    account: Account
    author: User
    posted: QueryDict

    def apply(self) -> BulkEdit:
        """Do it. Raises ``Impossible``."""
        action, _colon, number = self.posted.get("do", "").partition(":")
        acts = {"put": self._put, "take": self._take, "setup": self._setup, "book": self._book}
        if action == "reviewed":
            return mark_reviewed(self.account, self._trades(), _("복기 완료로 표시"), self.author)
        if action not in acts:
            raise Impossible(_("무엇을 할지 골라 주세요."))
        return acts[action](number)

    def _trades(self) -> "QuerySet[Trade]":
        query = self.posted.get("query", "")[:4_000]
        asked = TradeFilter.parse(query, today_of(self.account))
        if self.posted.get("all"):
            # A filter that was not wholly understood must not become a wider one when it changes things.
            if asked.told:
                raise Impossible(asked.told[0])
            return filtered(self.account, asked)
        ticked = [text for text in self.posted.getlist("trade") if text.isascii() and text.isdigit()]
        if not ticked:
            raise Impossible(_("먼저 거래를 고르거나 ‘필터의 모든 거래’를 켜 주세요."))
        return filtered(self.account, TradeFilter()).filter(
            pk__in=[int(one[:18]) for one in ticked[:MOST_TICKED]]
        )

    def _put(self, number: str) -> BulkEdit:
        tag = self._tag(number, *LABELS)
        return put_tag(
            self.account, self._trades(), tag, _("‘%(name)s’ 붙이기") % {"name": tag.name}, self.author
        )

    def _take(self, number: str) -> BulkEdit:
        tag = self._tag(number, *LABELS)
        return take_tag(
            self.account, self._trades(), tag, _("‘%(name)s’ 떼기") % {"name": tag.name}, self.author
        )

    def _setup(self, number: str) -> BulkEdit:
        setup = self._tag(number, TagGroup.Kind.SETUP) if number else None
        words = _("셋업을 ‘%(name)s’(으)로") % {"name": setup.name} if setup else _("셋업 없애기")
        return set_setup(self.account, self._trades(), setup, words, self.author)

    def _book(self, number: str) -> BulkEdit:
        book = Book.objects.filter(account=self.account, pk=_pk(number)).first() if number else None
        if number and book is None:
            raise Impossible(_("이 계좌에 없는 장부입니다. 화면을 새로 고친 뒤 다시 골라 주세요."))
        words = _("‘%(name)s’ 장부로 옮기기") % {"name": book.name} if book else _("기본 장부로 옮기기")
        return put_in_book(self.account, self._trades(), book, words, self.author)

    def _tag(self, number: str, *kinds: str) -> Tag:
        mine = Tag.objects.filter(group__team=self.account.team_id, group__kind__in=kinds)
        tag = mine.select_related("group").filter(pk=_pk(number)).first()
        if tag is None:
            raise Impossible(_("이 팀에 없는 라벨입니다. 화면을 새로 고친 뒤 다시 골라 주세요."))
        return tag


def _pk(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
