"""The board's realtime types say what the REST answers say at the same instant."""

import pytest

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies import LOOKS
from kiwoomweb.simulator.replies.boards import LOOKS as OURS
from kiwoomweb.simulator.replies.realtime import entry
from tests.simulator.boards.asking import at, said


@pytest.fixture(scope="module")
def in_the_auction() -> Exchange:
    return Exchange.opened(now=at("2026-11-20T15:26:20"), trader=False)


@pytest.fixture(scope="module")
def after_the_close() -> Exchange:
    return Exchange.opened(now=at("2026-11-20T15:47:10"), trader=False)


def test_each_look_fits_the_guides_fields(exchange: Exchange) -> None:
    for kind, look in OURS.items():
        assert LOOKS[kind] is look
        for item in ("001",) if kind == "0U" else ("005930", "005930_NX", "005930_AL", "069500"):
            seen = look(exchange, item)
            if seen is not None:
                assert "" not in entry(kind, item, seen)["values"].values(), (kind, item)


@pytest.mark.parametrize("kind", sorted(OURS))
def test_what_nobody_lists_stays_silent(at_two: Exchange, kind: str) -> None:
    assert OURS[kind](at_two, "0999Z9") is None
    assert OURS[kind](at_two, "005930_XX") is None
    assert OURS[kind](at_two, "") is None


def test_breadth_is_that_of_the_index(exchange: Exchange) -> None:
    seen, head = OURS["0U"](exchange, "101"), said(exchange, "ka20001", inds_cd="101", most=1).head
    assert seen is not None
    told = entry("0U", "101", seen)["values"]
    pairs = {
        "252": "rising",
        "251": "upl",
        "253": "stdns",
        "255": "fall",
        "254": "lst",
        "10": "cur_prc",
        "12": "flu_rt",
        "13": "trde_qty",
        "14": "trde_prica",
        "256": "trde_frmatn_stk_num",
    }
    assert {name: told[fid] for fid, name in pairs.items()} == {name: head[name] for name in pairs.values()}


def test_best_prices_are_those_of_the_book(at_two: Exchange) -> None:
    seen, book = OURS["0C"](at_two, "005930"), said(at_two, "ka10004").head
    assert seen == {"27": book["sel_fpr_bid"], "28": book["buy_fpr_bid"]}


def test_an_auction_points_to_the_same_price_everywhere(in_the_auction: Exchange) -> None:
    for row in said(in_the_auction, "ka10029").rows[:10]:
        seen = OURS["0H"](in_the_auction, row["stk_cd"])
        many = said(in_the_auction, "ka10095", stk_cd=row["stk_cd"]).rows[0]
        assert seen is not None
        assert seen["10"] == row["exp_cntr_pric"] == many["exp_cntr_pric"]
        assert seen["11"] == row["pred_pre"]
        assert str(seen["15"]).lstrip("+-") == str(row["exp_cntr_qty"]) == many["exp_cntr_qty"]


def test_an_auction_ends_near_where_it_pointed() -> None:
    late = Exchange.opened(now=at("2026-11-20T15:29:58"), trader=False)
    pointed = {row["stk_cd"]: row["exp_cntr_pric"] for row in said(late, "ka10029", sort_tp="6").rows}
    late.jump(at("2026-11-20T15:30:05"))
    assert len(pointed) > 200
    for code, expected in list(pointed.items())[:40]:
        price = int(said(late, "ka10001", stk_cd=code).head["cur_prc"].lstrip("+-"))
        assert abs(int(expected.lstrip("+-")) - price) <= price * 0.006


def test_no_auction_no_indication(at_two: Exchange) -> None:
    assert OURS["0H"](at_two, "005930") is None
    assert said(at_two, "ka10029").rows == []


def test_the_closing_price_book_is_that_of_ka10087(after_the_close: Exchange, at_two: Exchange) -> None:
    seen, head = OURS["0E"](after_the_close, "005930"), said(after_the_close, "ka10087").head
    assert seen is not None
    assert str(seen["131"]) == head["ovt_sel_bid_tot_req"] != "0"
    assert seen["136"] == head["ovt_buy_bid_tot_req_jub_pre"]
    assert OURS["0E"](at_two, "005930") is None


def test_a_share_without_a_trade_is_indicated_until_it_trades() -> None:
    early = Exchange.opened(now=at("2026-11-20T08:45:00"), trader=False)
    seen = OURS["0A"](early, "005930")
    assert seen is not None
    assert seen["10"] == said(early, "ka10001").head["cur_prc"]
    early.jump(at("2026-11-20T09:30:00"))
    assert OURS["0A"](early, "005930") is None


def test_limits_are_those_of_the_quote(exchange: Exchange) -> None:
    seen, own = OURS["0g"](exchange, "035420"), said(exchange, "ka10001", stk_cd="035420").head
    assert seen is not None
    assert (seen["305"], seen["306"], str(seen["307"])) == (own["upl_pric"], own["lst_pric"], own["base_pric"])


def test_the_evening_is_told_alike(in_the_evening: Exchange) -> None:
    rows = said(in_the_evening, "ka10098", sort_base="1").rows
    rates = [float(value) for value in [row["flu_rt"] for row in rows]]
    assert rates and rates == sorted(rates, reverse=True)
    assert [row["rank"] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]
    for row in rows[:5]:
        head = said(in_the_evening, "ka10087", stk_cd=row["stk_cd"]).head
        assert head["ovt_sigpric_cur_prc"] == row["cur_prc"]
        assert head["ovt_sigpric_acc_trde_qty"] == row["acc_trde_qty"]
        own = said(in_the_evening, "ka10001", stk_cd=row["stk_cd"]).head
        assert own["cur_prc"].lstrip("+-") == row["cur_prc"].lstrip("+-")
        sessions = said(in_the_evening, "ka10015", stk_cd=row["stk_cd"], most=1).rows[0]
        assert sessions["af_mkrt_trde_qty"] == row["acc_trde_qty"]


def test_single_prices_were_struck_every_ten_minutes_before_the_after_market() -> None:
    old = Exchange.opened(now=at("2026-09-01T17:21:00"), trader=False)
    first = said(old, "ka10098", sort_base="1").rows
    old.jump(at("2026-09-01T17:29:00"))
    assert first and said(old, "ka10098", sort_base="1").rows == first
    old.jump(at("2026-09-01T17:31:00"))
    assert said(old, "ka10098", sort_base="1").rows != first
