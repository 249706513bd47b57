"""Programs are a part of what institutions and foreigners trade; a market's are the sums of its shares'."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.flows.traded import FOREIGN, INSTITUTIONS
from tests.simulator.flows.asking import FRIDAY, Asker, at
from tests.simulator.flows.test_agreement import number

CODES = ("005930", "000660", "247540", "000080")
BY_MINUTE = {"amt_qty_tp": "1", "stex_tp": "1"}
INSTANTS = {
    "at noon": at("12:01:10"),
    "after the close": at("16:20:00"),
    "on Sunday": at("15:00:00", date(2026, 11, 22)),
}


@pytest.fixture(scope="module", params=INSTANTS)
def asker(request: pytest.FixtureRequest, noon: Asker) -> Asker:
    return Asker(INSTANTS[request.param], like=noon)


def test_programs_are_no_more_than_what_institutions_and_foreigners_traded(noon: Asker) -> None:
    flows = noon.exchange.flows
    for code in CODES:
        for minutes in range(0, 700, 41):
            moment = at("08:05:00") + timedelta(minutes=minutes)
            for venue in (Venue.KRX, Venue.ALL):
                traded = flows.traded(code, FRIDAY, moment, venue)
                program = flows.program(code, FRIDAY, moment, venue)
                group = (*FOREIGN, *INSTITUTIONS)
                assert program.buys.shares <= traded.bought(group) + len(group)
                assert program.sells.shares <= traded.sold(group) + len(group)


def test_no_program_takes_back_while_the_day_goes_on(noon: Asker) -> None:
    states = [
        noon.exchange.flows.program("005930", FRIDAY, at("08:00:00") + timedelta(minutes=n), Venue.ALL)
        for n in range(0, 725, 7)
    ]
    for earlier, later in pairwise(states):
        assert all(a <= b for a, b in zip(earlier.figures, later.figures, strict=True))


def test_funds_have_no_programs(asker: Asker) -> None:
    assert {row["prm_buy_qty"] for row in asker.rows("ka90013", stk_cd="069500")} == {"0"}


@pytest.mark.parametrize(("market", "name"), [("P00101", "KOSPI"), ("P10102", "KOSDAQ")])
@pytest.mark.parametrize("day", ["20261113", "20261120"])
def test_a_market_is_the_sum_of_its_shares(asker: Asker, market: str, name: str, day: str) -> None:
    said = asker.said("ka90004", dt=day, mrkt_tp=market, stex_tp="1")
    flows, now = asker.exchange.flows, asker.exchange.now()
    when = date.fromisoformat(day)
    shares = [flows.program(one.code, when, now) for one in asker.exchange.instruments(name)]
    assert int(said["tot_2"]) == sum(one.buys.won for one in shares) // 1_000_000
    assert int(said["tot_3"]) == sum(one.sells.shares for one in shares) // 1_000
    assert len(said["stk_prm_trde_prst"]) == len(shares)
    told = asker.rows("ka90010", date=day, mrkt_tp=market, min_tic_tp="0", **BY_MINUTE)[0]
    assert told["cntr_tm"].startswith(day)
    assert told["all_buy"] == said["tot_2"] and told["all_sel"] == said["tot_4"]


def test_the_minutes_of_a_market_end_where_the_day_stands(asker: Asker) -> None:
    minutes = asker.rows("ka90005", date="20261120", mrkt_tp="P00101", min_tic_tp="1", **BY_MINUTE)
    day = asker.rows("ka90010", date="20261120", mrkt_tp="P00101", min_tic_tp="1", **BY_MINUTE)[0]
    assert {name: text for name, text in minutes[0].items() if name != "cntr_tm"} == {
        name: text for name, text in day.items() if name != "cntr_tm"
    }
    assert [row["cntr_tm"] for row in minutes] == sorted((row["cntr_tm"] for row in minutes), reverse=True)
    for later, earlier in pairwise(minutes):
        assert int(later["all_buy"]) >= int(earlier["all_buy"])
        assert int(later["dfrt_trde_sel"]) >= int(earlier["dfrt_trde_sel"])


def test_ticks_are_finer_than_minutes(noon: Asker) -> None:
    asked = {"date": "20261120", "mrkt_tp": "P10102", **BY_MINUTE}
    fine, coarse = (noon.rows("ka90005", min_tic_tp=kind, **asked) for kind in "01")
    assert len(fine) > len(coarse)
    assert fine[-1] == coarse[-1] and {row["cntr_tm"] for row in coarse[5:]} <= {r["cntr_tm"] for r in fine}


def test_a_share_by_minute_ends_as_its_day(asker: Asker) -> None:
    for code in CODES:
        minutes = asker.rows("ka90008", stk_cd=code, date="20261120", amt_qty_tp="1")
        day = asker.rows("ka90013", stk_cd=code, amt_qty_tp="1")[0]
        for name in ("prm_sell_qty", "prm_buy_qty", "prm_netprps_qty", "prm_netprps_amt", "trde_qty"):
            assert minutes[0][name] == day[name]
        for later, earlier in pairwise(minutes):
            moved = number(later["prm_netprps_qty"]) - number(earlier["prm_netprps_qty"])
            assert moved == number(later["prm_netprps_qty_irds"])


def test_the_top_fifty_agree_with_each_share(asker: Asker) -> None:
    rows = asker.rows("ka90003", trde_upper_tp="1", amt_qty_tp="1", mrkt_tp="P00101", stex_tp="1")
    assert 0 < len(rows) <= 50
    for row in rows[:5]:
        day = asker.rows("ka90013", stk_cd=row["stk_cd"], amt_qty_tp="1")[0]
        assert number(day["prm_netprps_amt"]) == number(row["prm_netprps_amt"]) <= 0
        said = asker.said("ka10010", stk_cd=row["stk_cd"])
        assert said["all_dfrt_trst_sell_amt"] == row["prm_sell_amt"]
        arbitrage, other = said["dfrt_trst_buy_qty"], said["ndiffpro_trst_buy_qty"]
        assert int(arbitrage) + int(other) == int(said["all_dfrt_trst_buy_qty"])


def test_what_accumulates_is_the_sum_of_the_days(asker: Asker) -> None:
    rows = asker.rows("ka90007", date="20261120", amt_qty_tp="1", mrkt_tp="0", stex_tp="1")[:12]
    for later, earlier in pairwise(rows):
        for kind in ("dfrt_trde", "ndiffpro_trde", "all"):
            moved = number(later[f"{kind}_acc"]) - number(earlier[f"{kind}_acc"])
            assert moved == number(later[f"{kind}_tdy"])


def test_arbitrage_is_that_of_the_market(asker: Asker) -> None:
    rows = asker.rows("ka90006", date="20261113", stex_tp="1")
    day = asker.rows("ka90010", date="20261113", mrkt_tp="P00101", min_tic_tp="0", **BY_MINUTE)[0]
    assert rows[0]["buy_dfrt_trde_amt"] == day["dfrt_trde_buy"]
    assert rows[0]["sel_dfrt_trde_qty"] == day["dfrt_trde_sell_qty"]
    moved = int(rows[0]["buy_dfrt_trde_amt"]) - int(rows[1]["buy_dfrt_trde_amt"])
    assert moved == number(rows[0]["buy_dfrt_trde_irds_amt"])
