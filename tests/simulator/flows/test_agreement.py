"""TRs about the same trades tell the same numbers, whenever they are asked."""

from datetime import date

import pytest

from tests.simulator.flows.asking import FRIDAY, Asker, at

PARTS = ("fnnc_invt", "insrnc", "invtrt", "etc_fnnc", "bank", "penfnd_etc", "samo_fund", "natn")
COLUMNS = ("ind_invsr", "frgnr_invsr", "orgn", *PARTS, "etc_corp", "natfor")
PERIOD = {"strt_dt": "20261102", "end_dt": "20261120"}
INSTANTS = {
    "before the open": at("07:20:00"),
    "at noon": at("12:01:10"),
    "after the close": at("16:20:00"),
    "on Sunday": at("15:00:00", date(2026, 11, 22)),
}


def number(text: str) -> int:
    """The broker's signs as a number: any minus among them counts."""
    digits = int(text.lstrip("+-") or 0)
    return -digits if "-" in text[: len(text) - len(text.lstrip("+-"))] else digits


@pytest.fixture(scope="module", params=INSTANTS)
def asker(request: pytest.FixtureRequest, noon: Asker) -> Asker:
    return Asker(INSTANTS[request.param], like=noon)


def history(asker: Asker, code: str, **other: str) -> list[dict[str, str]]:
    body = {"dt": "20261122", "stk_cd": code, "amt_qty_tp": "2", "trde_tp": "0", "unit_tp": "1"} | other
    return asker.rows("ka10059", **body)


@pytest.mark.parametrize("unit", [{}, {"amt_qty_tp": "1"}, {"unit_tp": "1000"}])
def test_the_total_is_the_sum_of_the_days(asker: Asker, unit: dict[str, str]) -> None:
    days = [row for row in history(asker, "005930", **unit) if "20261102" <= row["dt"] <= "20261120"]
    body = {"stk_cd": "005930", "amt_qty_tp": "2", "trde_tp": "0", "unit_tp": "1", **PERIOD} | unit
    total = asker.rows("ka10061", **body)[0]
    assert {name: number(total[name]) for name in COLUMNS} == {
        name: sum(number(day[name]) for day in days) for name in COLUMNS
    }


def test_a_day_nets_to_nothing_and_its_institutions_are_their_parts(asker: Asker) -> None:
    for side in "012":
        for row in history(asker, "000660", trde_tp=side)[:40]:
            figures = {name: number(row[name]) for name in COLUMNS}
            assert figures["orgn"] == sum(figures[name] for name in PARTS)
            everybody = sum(value for name, value in figures.items() if name != "orgn")
            assert everybody == (0 if side == "0" else int(row["acc_trde_qty"]))


def test_volume_is_that_of_the_daily_chart(asker: Asker) -> None:
    bars = {bar.day: bar for bar in asker.exchange.bars("247540", "day", 60)}
    for row in history(asker, "247540")[:50]:
        bar = bars.get(date.fromisoformat(row["dt"]))
        assert int(row["acc_trde_qty"]) == (bar.volume if bar else 0)
        assert int(row["acc_trde_prica"]) == (bar.turnover // 1_000_000 if bar else 0)
        assert bar is None or number(row["cur_prc"]) in (bar.close, -bar.close)


def test_rankings_tell_what_each_share_tells(asker: Asker) -> None:
    body = {**PERIOD, "trde_tp": "2", "mrkt_tp": "001", "stex_tp": "1"}
    ranked = asker.rows("ka10058", invsr_tp="9000", **body)
    amounts = [number(row["netslmt_amt"]) for row in ranked]
    assert amounts == sorted(amounts, reverse=True) and len(ranked) > 20
    for row in ranked[:5]:
        body = {"stk_cd": row["stk_cd"], "amt_qty_tp": "2", "trde_tp": "0", "unit_tp": "1", **PERIOD}
        assert number(row["netslmt_qty"]) == number(asker.rows("ka10061", **body)[0]["frgnr_invsr"])


def test_streaks_and_histories_agree(asker: Asker) -> None:
    rows = asker.rows(
        "ka10131", dt="5", mrkt_tp="001", netslmt_tp="2", stk_inds_tp="0", amt_qty_tp="1", stex_tp="1"
    )
    for row in rows[:8]:
        days = history(asker, row["stk_cd"])
        for name, column in (("frgnr", "frgnr_invsr"), ("orgn", "orgn")):
            nets = [number(day[column]) for day in days]
            sign = 1 if nets[0] > 0 else -1 if nets[0] < 0 else 0
            count = next((place for place, net in enumerate(nets[:60]) if net * sign <= 0), 60)
            assert number(row[f"{name}_cont_netprps_dys"]) == count * sign
            assert number(row[f"{name}_cont_netprps_qty"]) == sum(nets[:count])
            assert number(row[f"{name}_nettrde_qty"]) == sum(nets[:5])


def test_foreign_rankings_agree_with_holdings(asker: Asker) -> None:
    for row in asker.rows("ka10034", mrkt_tp="000", trde_tp="3", dt="20", stex_tp="1")[:6]:
        held = asker.rows("ka10008", stk_cd=row["stk_cd"])
        moved = int(held[0]["poss_stkcnt"]) - int(held[20]["poss_stkcnt"])
        assert moved == number(row["netprps_qty"])
        assert row["gain_pos_stkcnt"] == held[0]["gain_pos_stkcnt"]
    for row in asker.rows("ka10035", mrkt_tp="000", trde_tp="1", base_dt_tp="1", stex_tp="1")[:6]:
        changes = [number(day["chg_qty"]) for day in asker.rows("ka10008", stk_cd=row["stk_cd"])[2:5]]
        assert changes == [number(row[name]) for name in ("dm1", "dm2", "dm3")]
        assert number(row["tot"]) == sum(changes) < 0


def test_sectors_are_the_sums_of_their_shares(asker: Asker) -> None:
    body = {"mrkt_tp": "0", "amt_qty_tp": "1", "base_dt": "20261113", "stex_tp": "1"}
    rows = {row["inds_cd"]: row for row in asker.rows("ka10051", **body)}
    flows, now = asker.exchange.flows, asker.exchange.now()
    shares = list(asker.exchange.instruments("KOSPI"))
    volume = {one.code: flows.traded(one.code, date(2026, 11, 13), now).bought() for one in shares}
    assert int(rows["001"]["trde_qty"]) == sum(volume.values())
    members = asker.exchange.market.daily.membership
    assert {"002", "013"} < rows.keys()
    for sector in rows:
        ours = sum(volume[one.code] for one in members.of(sector))
        assert int(rows[sector]["trde_qty"]) == ours


def test_the_course_of_the_day_ends_where_the_day_stands(asker: Asker) -> None:
    course = asker.rows("ka10064", mrkt_tp="000", amt_qty_tp="2", trde_tp="0", stk_cd="005930")
    day = history(asker, "005930")[0]
    assert [row["tm"] for row in course] == sorted(row["tm"] for row in course)
    assert {name: number(course[-1][name]) for name in ("frgnr_invsr", "orgn", "natn")} == {
        name: number(day[name]) for name in ("frgnr_invsr", "orgn", "natn")
    }


def test_nothing_is_told_of_days_to_come(asker: Asker) -> None:
    assert max(row["dt"] for row in history(asker, "005930", dt="20261231")) <= f"{FRIDAY:%Y%m%d}"
