"""Where the tape moved too far, the exchange would have stopped the share: told once, never twice."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kiwoomweb.simulator.boards.halts import LASTS
from kiwoomweb.simulator.exchange import Exchange
from tests.simulator.boards.asking import at, said


@pytest.fixture
def wild(tmp_path: Path) -> Exchange:
    """A day on which one share climbs by a quarter, one falls by as much, and one sleeps."""
    days = ["2025-05-15", "2025-05-16", "2025-05-19"]
    lines = ["code,date,open,high,low,close,volume"]
    lines += [f"005930,{day},10000,10050,9950,10000,400000" for day in days]
    lines += [f"000660,{day},10000,10050,9950,10000,400000" for day in days]
    lines += [f"035420,{day},10000,10050,9950,10000,400000" for day in [*days, "2025-05-20"]]
    lines += ["005930,2025-05-20,10000,12500,9990,12480,900000"]
    lines += ["000660,2025-05-20,9990,10000,7500,7520,900000"]
    path = tmp_path / "bars.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Exchange.opened(history=path, trader=False, now=at("2025-05-20T17:00:00"))


def test_a_quarter_up_and_a_quarter_down_are_halted_more_than_once(wild: Exchange) -> None:
    halts = wild.halts.until(wild.now())
    assert {halt.code for halt in halts} == {"005930", "000660"}
    for code, rising in (("005930", True), ("000660", False)):
        own = [halt for halt in halts if halt.code == code]
        assert own[0].static_base == own[0].opened
        far = [halt for halt in own if halt.is_static]
        assert len(far) >= 2
        assert far[0].rising is rising
        assert all(abs(halt.static_rate) >= 10 for halt in far)


def test_a_share_is_not_halted_while_it_is_halted(wild: Exchange) -> None:
    for code in ("005930", "000660"):
        own = [halt for halt in wild.halts.until(wild.now()) if halt.code == code]
        assert [halt.count for halt in own] == list(range(1, len(own) + 1))
        assert all(later.at > halt.until for halt, later in pairwise(own))
        assert all(halt.until - halt.at == LASTS for halt in own)


def test_events_between_two_moments_are_told_once(wild: Exchange) -> None:
    opens, ends = at("2025-05-20T09:00:00"), at("2025-05-20T17:00:00")
    whole = wild.halts.events(opens, ends)
    assert [event.at for event in whole] == sorted(event.at for event in whole)
    assert sum(event.released for event in whole) == sum(not event.released for event in whole) > 0
    told, since = [], opens
    while since < ends:
        told += wild.halts.events(since, since + timedelta(minutes=7))
        since += timedelta(minutes=7)
    assert told[: len(whole)] == list(whole)


def test_nothing_is_told_before_it_happens(wild: Exchange) -> None:
    first = wild.halts.until(wild.now())[0]
    assert not wild.halts.until(first.at - timedelta(milliseconds=1))
    assert wild.halts.until(first.at)[0] == first


def test_the_list_of_halts_and_its_filters(wild: Exchange) -> None:
    rows = said(wild, "ka10054").rows
    assert rows[0]["trde_cntr_proc_time"] >= rows[-1]["trde_cntr_proc_time"]
    assert {row["stk_cd"] for row in said(wild, "ka10054", motn_drc="1").rows} >= {"005930"}
    assert all(
        float(row["static_dispty_rt"]) < 0 for row in said(wild, "ka10054", motn_drc="2", motn_tp="1").rows
    )
    assert {row["stk_cd"] for row in said(wild, "ka10054", stk_cd="000660").rows} == {"000660"}
    assert {row["viaplc_tp"] for row in said(wild, "ka10054", motn_tp="1").rows} == {"정적"}
    assert said(wild, "ka10054", bf_mkrt_tp="2").rows == []
    assert said(wild, "ka10054", stex_tp="2").rows == []
    banded = said(
        wild, "ka10054", trde_qty_tp="1", min_trde_qty="000000100000", max_trde_qty="000000500000"
    ).rows
    assert [row for row in rows if 100_000 <= int(row["acc_trde_qty"]) <= 500_000] == banded


def test_left_out_shares(at_two: Exchange) -> None:
    every = said(at_two, "ka10054").column("stk_cd")
    assert every
    kept = said(at_two, "ka10054", skip_stk="111111111").column("stk_cd")
    assert set(kept) <= set(every)


def test_a_leap_from_one_trade_to_the_next_is_a_dynamic_halt(tmp_path: Path) -> None:
    """A share of ten trades a day leaps by eight percent: too far from the trade before, not from the open."""
    path = tmp_path / "thin.csv"
    path.write_text(
        "code,date,open,high,low,close,volume\n"
        "005930,2025-05-19,10000,10000,10000,10000,10\n"
        "005930,2025-05-20,10000,10800,10000,10800,10\n",
        encoding="utf-8",
    )
    thin = Exchange.opened(history=path, trader=False, now=at("2025-05-20T17:00:00"))
    first = thin.halts.until(thin.now())[0]
    assert (first.words, first.dynamic_base, first.price) == ("동적", 10_000, 10_800)
    assert said(thin, "ka10054", motn_tp="2").rows[0]["dynm_dispty_rt"] == "+8.00"
