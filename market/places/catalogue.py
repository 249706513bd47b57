"""The catalogue: the pages there are, and the numbers the broker's terminal is known to give them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from market.boards.shelves import SHELVES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["NUMBERS", "Place", "place", "places"]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of an account. ``key`` names it in the database; ``also`` are other words for it."""

    key: str
    name: "StrOrPromise"
    url: str
    args: tuple[str, ...] = ()
    also: str = ""

    def address(self, code: str) -> str:
        return reverse(self.url, args=[code, *self.args])


PAGES = (
    Place("overview", _("자산"), "portfolio:overview", also="잔고 계좌 예수금 보유"),
    Place("journal", _("매매일지"), "portfolio:journal", also="달력 자동일지"),
    Place("trades", _("매매"), "portfolio:trades", also="거래 목록"),
    Place("queue", _("복기할 거래"), "portfolio:queue", also="복기 대기"),
    Place("pnl", _("손익"), "portfolio:pnl", also="실현손익"),
    Place("stats", _("통계"), "portfolio:stats", also="승률 손익비 기대값"),
    Place("symbols", _("종목"), "market:symbols", also="현재가 호가 차트"),
    Place("market", _("시장"), "market:home", also="지수 업종"),
    Place("sectors", _("업종"), "market:sectors"),
    Place("conditions", _("조건검색"), "market:conditions"),
    Place("watchlists", _("관심종목"), "market:watchlists"),
    Place("board", _("시세판"), "market:live_board", also="관심 여러 종목"),
    Place("alerts", _("알림"), "market:alerts", also="경보 목표가"),
    Place("screens", _("화면번호"), "market:screens", also="단축 번호"),
    Place("labels", _("라벨 · 원칙 · 장부"), "portfolio:labels", also="셋업 실수 감정 태그"),
    Place("notes", _("메모 찾기"), "portfolio:search_notes", also="일지 검색"),
    Place("trust", _("데이터 신뢰도"), "portfolio:trust", also="대사 검증"),
    Place("imports", _("가져오기"), "portfolio:imports", also="CSV 엑셀"),
    Place("explorer", _("TR 탐색"), "market:explorer", also="API"),
    Place("coverage", _("요청 목록"), "market:coverage"),
)

#: 화면번호 of the terminal whose pages have a counterpart here, as far as its own help and its users' writings
#: confirm them. People add the others they have in their fingers.
NUMBERS: Mapping[str, str] = {
    "0111": "symbols",
    "0130": "watchlists",
    "0198": "tr:ka00198",
    "0600": "symbols",
    "7784": "tr:ka10059",
}


@cache
def places() -> Mapping[str, Place]:
    """All pages by key: ours, then every board of the market as ``tr:<id>``."""
    return {one.key: one for one in (*PAGES, *_boards())}


def place(key: str) -> Place | None:
    return places().get(key)


def _boards() -> Iterator[Place]:
    for shelf in SHELVES:
        for board in shelf.boards():
            yield Place(f"tr:{board.tr}", board.title, "market:board", (shelf.key, board.tr), board.tr)
