"""A market made from somebody's own daily bars answers everything, too: strangers, holes, halts and splits."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies.boards import LOOKS, REPLIES
from tests.simulator.boards.asking import at, said

#: Mondays to Fridays of three months.
DAYS = [day for n in range(90) if (day := date(2025, 3, 3) + timedelta(days=n)).weekday() < 5 and day.day % 17]
HOURS = ("08:45:00", "11:00:00", "15:25:00", "15:50:00", "18:30:00")


def bars() -> list[str]:
    lines = ["code,date,open,high,low,close,volume"]
    for number, day in enumerate(DAYS):
        up = 10_000 + 37 * number
        lines.append(f"005930,{day},{up},{up + 300},{up - 200},{up + 100},{500_000 + 977 * number}")
        lines.append(f"777770,{day},{up // 5},{up // 5 + 60},{up // 5 - 40},{up // 5 + 20},{8_000 + number}")
        if number % 9:  # a share that is halted now and then
            lines.append(f"000660,{day},50000,52000,49000,51000,90000")
        else:
            lines.append(f"000660,{day},0,0,0,51000,0")
        if number > 40:  # a newcomer that splits its shares
            price = 90_000 if number < 50 else 18_000
            lines.append(f"0999A0,{day},{price},{price + 500},{price - 500},{price},1200")
        if number < 70:  # a share whose bars end
            lines.append(f"035720,{day},30000,30100,29900,30000,7")
    return lines


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("history") / "bars.csv"
    path.write_text("\n".join(bars()) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize("day", [DAYS[3], DAYS[-1], DAYS[-1] + timedelta(days=1)])
def test_everything_is_answered_at_every_hour(file: Path, day: date, hour: str) -> None:
    exchange = Exchange.opened(history=file, trader=False, now=at(f"{day}T{hour}"))
    for code in ("005930", "777770", "000660", "0999A0", "035720"):
        for tr in REPLIES:
            said(exchange, tr, most=30, stk_cd=code, strt_dt=f"{day:%Y%m%d}")
        for kind, look in LOOKS.items():
            look(exchange, "101" if kind == "0U" else code)


def test_numbers_agree_there_as_well(file: Path) -> None:
    exchange = Exchange.opened(history=file, trader=False, now=at(f"{DAYS[-1]}T15:45:00"))
    for tr in ("ka10027", "ka10032", "ka20002"):
        for row in said(exchange, tr, stex_tp="1").rows:
            own = said(exchange, "ka10001", stk_cd=row["stk_cd"]).head
            assert (row["cur_prc"], row["pred_pre"]) == (own["cur_prc"], own["pred_pre"])
    index = said(exchange, "ka20001", inds_cd="001", most=1).head
    members = said(exchange, "ka20002", inds_cd="001").rows
    assert int(index["trde_qty"]) == sum(int(row["now_trde_qty"]) for row in members) // 1_000
    assert sum(int(index[name]) for name in ("upl", "rising", "stdns", "fall", "lst")) == len(members)


def test_themes_hold_what_is_listed(file: Path) -> None:
    exchange = Exchange.opened(history=file, trader=False, now=at(f"{DAYS[-1]}T14:00:00"))
    for row in said(exchange, "ka90001").rows:
        codes = set(said(exchange, "ka90002", thema_grp_cd=row["thema_grp_cd"], date_tp="5").column("stk_cd"))
        assert codes and codes <= {"005930", "000660", "035720"}


def test_a_stranger_has_shares_a_worth_and_a_company(file: Path) -> None:
    exchange = Exchange.opened(history=file, trader=False, now=at(f"{DAYS[-1]}T14:00:00"))
    own, listed = said(exchange, "ka10001", stk_cd="777770").head, exchange.instrument("777770")
    assert listed is not None and listed.shares > 0
    assert int(own["mac"]) == int(own["cur_prc"].lstrip("+-")) * listed.shares // 100_000_000
    assert int(own["bps"]) > 0 and own["sale_amt"] != ""
