"""Market lists over the wire: pages of a hundred, unknown codes, wrong choices, and looks on the socket."""

import pytest

from kiwoomweb.broker import catalogue
from kiwoomweb.broker.reading import read
from kiwoomweb.simulator.replies.boards import LOOKS, REPLIES
from tests.simulator.boards.asking import body_of
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.listener import Listener

#: TRs that ask for one share.
OF_A_SHARE = sorted(
    tr for tr in REPLIES if any(f.name == "stk_cd" and f.required for f in catalogue.find(tr).request)
)


@pytest.mark.parametrize("tr", sorted(REPLIES))
def test_a_reply_reads_without_a_problem(caller: Caller, tr: str) -> None:
    told = caller.said(tr, **body_of(tr))
    reading = read(catalogue.find(tr), told)
    assert not reading.problems
    assert not reading.unknown


def test_b25_rankings_come_a_hundred_at_a_time(caller: Caller) -> None:
    for tr in ("ka10026", "ka10030", "ka10032", "ka10028"):
        sizes = [len(page.json()[catalogue.find(tr).lists[0].name]) for page in caller.pages(tr, **body_of(tr))]
        assert sizes[0] == 100 and all(size == 100 for size in sizes[:-1])
        assert sum(sizes) > 150


def test_pages_of_a_ranking_have_no_gap_and_no_repetition(caller: Caller) -> None:
    rows = caller.rows("ka10032", "trde_prica_upper", **body_of("ka10032"))
    assert [row["now_rank"] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
    assert len({row["stk_cd"] for row in rows}) == len(rows)


def test_b25_index_charts_turn_pages_of_their_own_size(caller: Caller) -> None:
    for tr, size in (("ka20004", 900), ("ka20005", 900), ("ka20006", 600), ("ka20009", 100)):
        body = {**body_of(tr), "inds_cd": "101"}
        pages = caller.pages(tr, **body)
        first, second = next(pages).json(), next(pages).json()
        name = catalogue.find(tr).lists[0].name
        assert len(first[name]) == size, tr
        stamp = next(key for key in first[name][0] if key in {"cntr_tm", "dt", "dt_n"})
        assert second[name][0][stamp] <= first[name][-1][stamp]


@pytest.mark.parametrize("tr", OF_A_SHARE)
def test_a_share_nobody_lists_is_answered_blank(caller: Caller, tr: str) -> None:
    told = caller.said(tr, **{**body_of(tr), "stk_cd": "0999Z9"})
    del told["return_code"], told["return_msg"]
    assert all(value in ("", []) for value in told.values())


@pytest.mark.parametrize("tr", OF_A_SHARE)
def test_b30_a_prefixed_code_is_refused(caller: Caller, tr: str) -> None:
    family, words = caller.refusal(tr, **{**body_of(tr), "stk_cd": "A005930"})
    assert (family, "[1902:" in words) == (5, True)


def test_an_index_nobody_knows_is_answered_blank(caller: Caller) -> None:
    assert caller.said("ka20001", mrkt_tp="0", inds_cd="999")["cur_prc"] == ""
    assert caller.said("ka20002", mrkt_tp="0", inds_cd="999", stex_tp="1")["inds_stkpc"] == []
    assert caller.said("ka20003", inds_cd="013")["all_inds_idex"] == []
    assert caller.said("ka20006", inds_cd="999", base_dt="20261120")["inds_dt_pole_qry"] == []
    assert caller.said("ka90002", thema_grp_cd="999", stex_tp="1")["thema_comp_stk"] == []


def test_every_sector_of_the_list_has_an_index(caller: Caller) -> None:
    for market, whole in (("0", "001"), ("1", "101"), ("2", "201"), ("7", "701")):
        rows = caller.said("ka10101", mrkt_tp=market)["list"]
        assert rows[0]["code"] == whole
        for row in rows:
            assert caller.said("ka20001", mrkt_tp="0", inds_cd=row["code"])["cur_prc"]


def test_looks_come_over_the_socket(caller: Caller) -> None:
    """Every type that has something to say at this hour is told."""
    base = caller.said("ka10001", stk_cd="005930")["base_pric"]
    listener = Listener(caller)
    try:
        listener.log_in()
        listener.register(sorted(LOOKS), ["005930", "001"])
        wanted, told = {"0g", "0U", "0C"}, dict[str, dict[str, str]]()
        while wanted - told.keys():
            frame = listener.answer("REAL")
            told |= {one["type"]: one["values"] for one in frame["data"]}
        assert told["0g"]["307"] == base
        assert int(told["0U"]["252"]) + int(told["0U"]["255"]) > 0
        assert told["0C"]["27"]
    finally:
        listener.close()
