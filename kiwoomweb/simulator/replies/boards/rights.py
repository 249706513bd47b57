"""Rights: ka10011, all 신주인수권 and what they cost."""

from collections.abc import Mapping

from kiwoomweb.broker.wire.writing import directed, plus
from kiwoomweb.simulator.boards.rights import TICK, Right, rights
from kiwoomweb.simulator.market_facts import percent
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.shape import Value
from kiwoomweb.simulator.replies.text import direction

__all__ = ["all_rights"]

EVERY = "00"


def all_rights(ask: Ask) -> Said:
    """ka10011."""
    kind = ask.text("newstk_recvrht_tp")
    found = [one for one in rights(ask.exchange.board, ask.now) if kind in (EVERY, one.kind)]
    return Said(rows=Rows("newstk_recvrht_mrpr", found, _row))


def _row(one: Right) -> Mapping[str, Value]:
    return {
        "stk_cd": one.code,
        "stk_nm": one.name,
        "cur_prc": directed(one.price, one.base),
        "pred_pre_sig": direction(one.price, one.base),
        "pred_pre": plus(one.change),
        "flu_rt": plus(percent(one.change, one.base)),
        "fpr_sel_bid": directed(one.price + TICK, one.base),
        "fpr_buy_bid": directed(one.price, one.base),
        "acc_trde_qty": one.volume,
        "open_pric": directed(one.open, one.base),
        "high_pric": directed(one.high, one.base),
        "low_pric": directed(one.low, one.base),
    }
