"""Orders come through firms: both sides of a share add up to its volume, on any day and at any instant."""

from datetime import date, timedelta

import pytest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.flows.members import firms
from tests.simulator.flows.asking import FRIDAY, Asker, at
from tests.simulator.flows.test_agreement import number

CODES = ("005930", "247540", "069500", "000080")


def test_firms_have_codes_of_three_digits_and_names_of_their_own(noon: Asker) -> None:
    listed = noon.rows("ka10102")
    assert len({row["code"] for row in listed}) == len({row["name"] for row in listed}) == len(listed) > 30
    assert all(len(row["code"]) == 3 and row["code"].isdigit() for row in listed)
    assert {row["gb"] for row in listed} == {"0", "1"}
    assert {"code": "050", "name": "키움증권", "gb": "0"} in listed


@pytest.mark.parametrize("clock", ["07:30:00", "08:30:00", "10:10:10", "15:35:00", "19:00:00"])
@pytest.mark.parametrize("venue", [Venue.KRX, Venue.NXT, Venue.ALL])
def test_both_sides_add_up_to_the_volume(noon: Asker, clock: str, venue: Venue) -> None:
    flows, now = Asker(at(clock), like=noon).exchange.flows, at(clock)
    for code in CODES:
        for ago in (0, 1, 9, 30):
            day = noon.exchange.market.day_at(now - timedelta(days=ago))
            carried, traded = (ask(code, day, now, venue) for ask in (flows.carried, flows.traded))
            assert sum(carried.bought()) == sum(carried.sold()) == traded.bought()
            assert sum(carried.figures[2 * len(firms()) : 3 * len(firms())]) == traded.paid()
            assert min(carried.figures) >= 0


def test_no_firm_gives_shares_back_while_the_day_goes_on(noon: Asker) -> None:
    flows = noon.exchange.flows
    before = None
    for minutes in range(0, 720, 19):
        figures = flows.carried(
            "005930", FRIDAY, at("08:00:00") + timedelta(minutes=minutes), Venue.ALL
        ).figures
        assert before is None or all(a <= b for a, b in zip(before, figures, strict=True))
        before = figures


def test_the_five_largest_are_told_alike_everywhere(noon: Asker) -> None:
    for code in CODES:
        one, other = noon.said("ka10002", stk_cd=code), noon.said("ka10040", stk_cd=code)
        for rank in range(1, 6):
            for side in ("sel", "buy"):
                assert one[f"{side}_trde_ori_{rank}"] == other[f"{side}_trde_ori_cd_{rank}"]
                assert one[f"{side}_trde_qty_{rank}"] == other[f"{side}_trde_ori_qty_{rank}"]
        history = noon.rows(
            "ka10078",
            mmcm_cd=one["buy_trde_ori_1"],
            stk_cd=code,
            strt_dt="20261101",
            end_dt="20261120",
        )
        assert f"+{history[0]['buy_qty']}" == one["buy_trde_qty_1"]


def test_firms_fall_out_of_the_largest_in_order_of_time(noon: Asker) -> None:
    later = Asker(at("16:00:00"), like=noon)
    rows = [row for code in later.codes() for row in later.rows("ka10053", stk_cd=code)][:200]
    assert any(row["sel_scesn_tm"] for row in rows) and any(row["buy_scesn_tm"] for row in rows)
    assert later.rows("ka10053", stk_cd="005930") == later.rows("ka10040", stk_cd="005930")


def test_firm_rankings_agree_with_single_shares(noon: Asker) -> None:
    ranked = noon.rows("ka10039", mmcm_cd="36", trde_qty_tp="100", trde_tp="2", dt="5", stex_tp="1")
    assert ranked and all(int(row["prid_trde_qty"]) >= 100_000 for row in ranked)
    for row in ranked[:5]:
        days = noon.rows("ka10078", mmcm_cd="036", stk_cd=row["stk_cd"], strt_dt="20261116", end_dt="20261120")
        assert sum(number(day["netprps_qty"]) for day in days) == number(row["netprps"]) < 0
        assert sum(int(day["acc_trde_qty"]) for day in days) == int(row["prid_trde_qty"])
        assert sum(int(day["sell_qty"]) for day in days) == -number(row["sel_trde_qty"])


def test_a_share_lists_net_buyers_and_net_sellers_apart(noon: Asker) -> None:
    buying, selling = (noon.said("ka10038", stk_cd="005930", qry_tp=side, dt="9") for side in "21")
    assert number(buying["rank_3"]) == -number(selling["rank_3"]) > 0
    assert len(buying["stk_sec_rank"]) + len(selling["stk_sec_rank"]) <= len(firms())
    assert buying["prid_trde_qty"] == selling["prid_trde_qty"]


def test_bursts_of_a_firm_add_up_to_its_net(noon: Asker) -> None:
    rows = noon.rows(
        "ka10052", mmcm_cd="050", stk_cd="005930", mrkt_tp="3", qty_tp="0", pric_tp="0", stex_tp="1"
    )
    assert [row["tm"] for row in rows] == sorted((row["tm"] for row in rows), reverse=True)
    large = noon.rows("ka10052", mmcm_cd="050", stk_cd="", mrkt_tp="1", qty_tp="2", pric_tp="5", stex_tp="1")
    assert large and all(abs(number(row["mont_trde_qty"])) >= 2_000 for row in large)
    assert all(abs(number(row["cur_prc"])) >= 10_000 for row in large)


def test_a_firm_nobody_knows_trades_nothing(noon: Asker) -> None:
    period = {"strt_dt": "20261101", "end_dt": "20261120"}
    assert noon.rows("ka10078", mmcm_cd="999", stk_cd="005930", **period) == []
    assert noon.rows("ka10039", mmcm_cd="999", trde_qty_tp="0", trde_tp="1", dt="5", stex_tp="1") == []


def test_a_day_of_a_share_nobody_lists_is_blank(noon: Asker) -> None:
    assert set(noon.said("ka10002", stk_cd="999999").values()) == {""}
    assert date(2026, 11, 20) == FRIDAY
