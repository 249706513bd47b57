"""ka30002: which warrants a member firm has bought or sold most, net, over some days."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiwoomweb.broker.wire.writing import plus
from kiwoomweb.simulator.chance import dice
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.products.warrants import WarrantLine
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.products.elw_words import chosen
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["net_trades"]

#: Of a day's volume a firm's customers make up to this part on either side.
MOST = 0.16
YESTERDAY = "1"


@dataclass(frozen=True, slots=True)
class Traded:
    line: WarrantLine
    before: int
    volume: int
    bought: int
    sold: int

    @property
    def net(self) -> int:
        return self.bought - self.sold


def net_trades(ask: Ask) -> Said:
    """The last so many trading days with today; ``1`` is yesterday alone."""
    least, buys = int(ask.text("trde_qty_tp")) * 1_000, ask.text("trde_tp") == "1"
    lines = chosen(ask, ended="trde_end_elwskip", firm=False)
    found = [traded for line in lines if (traded := _traded(ask, line)) and traded.volume >= max(least, 1)]
    found = [one for one in found if (one.net > 0 if buys else one.net < 0)]
    found.sort(key=lambda one: (-abs(one.net), one.line.warrant.code))
    return Said(rows=Rows("trde_ori_elwnettrde_upper", found, _row))


def _traded(ask: Ask, line: WarrantLine) -> Traded | None:
    warrants, one, days = ask.exchange.products.warrants, line.warrant, int(ask.text("dt"))
    bars = list(warrants.bars(one))
    part = bars[1:2] if ask.text("dt") == YESTERDAY and bars[0].day == warrants.board_day else bars[:days]
    if not part:
        return None
    place = bars.index(part[-1])
    before = bars[place + 1].close if place + 1 < len(bars) else bars[-1].open
    bought = sold = 0
    for bar in part:
        luck = dice(ask.exchange.market.seed, "elw firm", ask.text("isscomp_cd"), one.code, bar.day)
        bought += int(bar.volume * MOST * luck.random())
        sold += int(bar.volume * MOST * luck.random())
    return Traded(line, before, sum(bar.volume for bar in part), bought, sold)


def _row(it: Traded) -> Mapping[str, Value]:
    moved = it.line.quote.price - it.before
    return {
        "stk_cd": it.line.warrant.code,
        "stk_nm": it.line.warrant.name,
        "stkpc_flu": plus(moved),
        "flu_rt": plus(percent(moved, it.before)),
        "trde_qty": it.volume,
        "netprps": plus(it.net),
        "buy_trde_qty": it.bought,
        "sel_trde_qty": it.sold,
    }
