"""The shelf of tables: by the name in the address, what each is called and which sheets it holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiwoomweb.ui.takeaway import Sheet
from portfolio.presenting.files import facts, groups, hits, moves, proof, results, stats, trades
from portfolio.presenting.files.asked import Asked

__all__ = ["TABLES", "Table"]


@dataclass(frozen=True, slots=True)
class Table:
    """``title`` is what the file is called; a CSV holds the first of the sheets, a workbook all."""

    title: "str | Promise"
    makers: Sequence[Callable[[Asked], Sheet]]

    def sheets(self, asked: Asked) -> list[Sheet]:
        """The sheets, their rows unread."""
        return [make(asked) for make in self.makers]


TABLES = {
    "days": Table(_("일자별 손익"), [results.days]),
    "symbols": Table(_("종목별 손익"), [results.symbols]),
    "sales": Table(_("매도별 손익"), [results.sales]),
    "journal": Table(_("매매일지"), [results.journal]),
    "day": Table(_("하루 기록"), [results.lines, results.sales, facts.fills, facts.orders]),
    "stats": Table(_("통계 지표"), [stats.figures]),
    "groups": Table(_("무리별 성적"), [groups.groups]),
    "hits": Table(_("조건식 편입"), [hits.hits]),
    "proof": Table(_("날마다의 대조"), [proof.proof]),
    "fills": Table(pgettext_lazy("own", "체결"), [facts.fills]),
    "orders": Table(_("주문"), [facts.orders]),
    "holdings": Table(_("보유종목"), [facts.holdings]),
    "deposits": Table(_("예수금"), [facts.deposits]),
    "cash": Table(_("입출금"), [trades.cash]),
    "trades": Table(_("매매 목록"), [trades.trades]),
    "moves": Table(_("거래의 체결"), [moves.moves]),
    "slices": Table(_("일자별 실현"), [trades.slices]),
}
