"""The shelf: all TRs by chapter, as somebody looks for one — by id, name, 초성 or the name of a field."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby

from django.utils.translation import gettext as _

from kiwoomweb.broker.catalogue import TR, Field, all_trs
from market.explorer.ways import Way, way_of
from market.initials import initials

__all__ = ["Entry", "Shelf", "named_trs"]

#: What the buttons above the list leave in it; the condition searches are asked, too.
FILTERS: dict[str, frozenset[Way]] = {
    "all": frozenset(Way),
    "read": frozenset({Way.READ, Way.CONDITION}),
    "live": frozenset({Way.LIVE}),
    "order": frozenset({Way.ORDER}),
}
#: Chapters in the order people look for them.
CHAPTERS = [
    "차트",
    "종목정보",
    "시세",
    "순위정보",
    "업종",
    "테마",
    "계좌",
    "기관/외국인",
    "공매도",
    "대차거래",
    "ETF",
    "ELW",
    "관심종목",
    "조건검색",
    "실시간시세",
    "주문",
    "신용주문",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: ``answered`` is when the broker last answered it for this account."""

    tr: TR
    way: Way
    is_favourite: bool
    answered: datetime | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the list shows: what was typed, which button is pressed, whether only the marked are kept."""

    favourites: AbstractSet[str]
    answered: Mapping[str, datetime]
    text: str = ""
    which: str = "all"
    starred: bool = False

    @property
    def total(self) -> int:
        return len(_everything())

    @property
    def chapters(self) -> list[tuple[str, list[Entry]]]:
        """(chapter, its lines); chapters without a line are left out."""
        return [(name, list(lines)) for name, lines in groupby(self._matching(), lambda line: line.tr.group)]

    @property
    def marked(self) -> list[TR]:
        """The TRs with a star, in the order of the list."""
        return [tr for tr, _words in _everything() if tr.id in self.favourites]

    @property
    def proven(self) -> int:
        """How many TRs the broker has answered for this account."""
        return len(self.answered)

    @property
    def filters(self) -> list[tuple[str, str]]:
        return [("all", _("전체")), ("read", _("조회")), ("live", _("실시간")), ("order", _("주문"))]

    def _matching(self) -> Iterator[Entry]:
        wanted, ways = self.text.casefold().split(), FILTERS.get(self.which, FILTERS["all"])
        for tr, words in _everything():
            if way_of(tr) not in ways or (self.starred and tr.id not in self.favourites):
                continue
            if all(word in words for word in wanted):
                yield Entry(tr, way_of(tr), tr.id in self.favourites, self.answered.get(tr.id))


def named_trs(text: str) -> list[TR]:
    """The TRs whose id begins so, or whose name holds the text; nothing for a letter or less."""
    text = text.strip().casefold()
    if len(text) < 2:
        return []
    by_id = [tr for tr, _words in _everything() if tr.id.casefold().startswith(text)]
    return by_id or [tr for tr, _words in _everything() if text in tr.name.casefold()]


@cache
def _everything() -> tuple[tuple[TR, str], ...]:
    """Every TR by chapter, each with all words it may be found by."""
    trs = sorted(all_trs(), key=lambda tr: CHAPTERS.index(tr.group))
    return tuple((tr, "\n".join(_words(tr)).casefold()) for tr in trs)


def _words(tr: TR) -> Iterator[str]:
    yield from (tr.id, tr.name, tr.name.replace(" ", ""), initials(tr.name), tr.group)
    yield from _fields(tr.request + tr.response)


def _fields(fields: tuple[Field, ...]) -> Iterator[str]:
    for item in fields:
        yield from (item.name, item.label)
        yield from _fields(item.fields)
