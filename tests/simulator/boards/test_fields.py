"""Every field of the guide is filled for a share that trades as usual, or a reason is given here."""

import pytest

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies.boards import REPLIES
from tests.simulator.boards.asking import said

#: Columns of ELWs and futures.
OF_OTHERS = (
    *("prty", "gear", "pl_qutr", "cap_support", "elwexec_pric", "cnvt_rt", "elwexpr_dt", "cntr_engg"),
    *("cntr_pred_pre", "theory_pric", "innr_vltl", "delta", "gam", "theta", "vega", "law"),
)
#: (TR, field) that may be blank for a normally traded share, and why.
BLANK_BY_RIGHT = {
    ("ka10001", "per"): "a loss",
    ("ka10001", "ev"): "a loss",
    ("ka10026", "per"): "a loss",
    ("ka10054", "virelis_time"): "a halt that has not been released",
    **{("ka10095", name): "a column of ELWs and futures" for name in OF_OTHERS},
}


@pytest.mark.parametrize("tr", [*REPLIES, "ka10001", "ka10095"])
def test_a_reply_fills_the_guides_fields(at_two: Exchange, tr: str) -> None:
    told = said(at_two, tr, most=50)
    filled = {name for row in told.rows for name, value in row.items() if value != ""}
    empty = {name for row in told.rows for name in row} - filled
    empty |= {name for name, value in told.head.items() if value == ""}
    assert {(tr, name) for name in empty} <= BLANK_BY_RIGHT.keys()
    assert told.rows or told.head or tr in NOTHING_AT_TWO


#: Lists that are rightly empty on an afternoon: nobody at a limit, no auction, no evening yet.
NOTHING_AT_TWO = {"ka10017", "ka10029", "ka10098"}
