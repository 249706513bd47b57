"""A market of real bars, with its halts, holes, splits and strangers: who traded adds up there, too."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.flows.traded import Investor
from kiwoomweb.simulator.replies.flows import LOOKS
from tests.simulator.flows.asking import Asker

#: A listed share, one only its name is known of, and one nobody has heard of.
KNOWN, NAMED, STRANGER = "005930", "000040", "999990"


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """Forty trading days with a halt, a hole, a split and tiny volumes."""
    days = [day for n in range(56) if (day := date(2025, 3, 4) + timedelta(days=n)).weekday() < 5]
    lines = ["code,date,open,high,low,close,volume"]
    for place, day in enumerate(days):
        price = 60_000 + 100 * (place % 7)
        lines.append(
            f"{KNOWN},{day},{price},{price + 900},{price - 700},{price + 300},{900_000 + 1_000 * place}"
        )
        if place == 10:
            lines.append(f"{NAMED},{day},0,0,0,5000,0")
        elif place != 12:
            base = 5_000 if place < 20 else 1_000
            lines.append(f"{NAMED},{day},{base},{base + 50},{base - 50},{base + 10},{place % 3 + 1}")
        lines.append(f"{STRANGER},{day},700,700,700,700,{place * 40}")
    path: Path = tmp_path_factory.mktemp("bars") / "bars.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Asker(None, history=path)


def test_days_of_any_kind_add_up(asker: Asker) -> None:
    market, flows, now = asker.exchange.market, asker.exchange.flows, asker.exchange.now()
    for code in (KNOWN, NAMED, STRANGER):
        for bar in market.daily.series(code, now.date()).back_from(now.date() - timedelta(days=1)):
            traded = flows.traded(code, bar.day, now)
            assert traded.bought() == traded.sold() == max(bar.volume, 0)
            assert traded.paid() == traded.received() == (0 if bar.halted else bar.worth)
            carried = flows.carried(code, bar.day, now)
            assert sum(carried.bought()) == sum(carried.sold()) == traded.bought()
            assert all(traded.net((kind,)) == 0 for kind in Investor) or bar.volume


def test_today_adds_up_while_it_goes_on(asker: Asker) -> None:
    exchange = asker.exchange
    now, day = exchange.now(), exchange.market.day_at(exchange.now())
    for code in (KNOWN, NAMED, STRANGER):
        quote = exchange.quote(code, Venue.ALL)
        traded = exchange.flows.traded(code, day, now, Venue.ALL)
        assert (traded.bought(), traded.sold()) == (quote.volume, quote.volume)
        assert (traded.paid(), traded.received()) == (quote.turnover, quote.turnover)


def test_histories_tell_halts_as_days_on_which_nobody_traded(asker: Asker) -> None:
    rows = asker.rows("ka10059", stk_cd=NAMED, dt="20250501", amt_qty_tp="2", trde_tp="1", unit_tp="1")
    halted = next(row for row in rows if row["acc_trde_qty"] == "0")
    assert halted["ind_invsr"] == halted["frgnr_invsr"] == halted["orgn"] == "0"
    held = asker.rows("ka10008", stk_cd=NAMED)
    for newer, older in pairwise(held):
        assert int(newer["poss_stkcnt"]) - int(older["poss_stkcnt"]) == int(newer["chg_qty"])


def test_every_list_of_a_strange_share_can_be_read(asker: Asker) -> None:
    period = {"strt_dt": "20250304", "end_dt": "20250501"}
    for code in (NAMED, STRANGER):
        assert asker.rows("ka10013", stk_cd=code, dt="20250501", qry_tp="1")
        assert asker.rows("ka10014", stk_cd=code, tm_tp="1", **period)
        assert asker.rows("ka20068", stk_cd=code, **period)
        assert asker.rows("ka10078", stk_cd=code, mmcm_cd="050", **period)
        assert asker.rows("ka90013", stk_cd=code)
        assert asker.said("ka10040", stk_cd=code)["frgn_buy_prsm_sum"]
        for look in LOOKS.values():
            look(asker.exchange, code)


def test_a_whole_market_can_be_ranked(asker: Asker) -> None:
    asked = {"mrkt_tp": "000", "stex_tp": "3"}
    assert asker.rows("ka10034", trde_tp="3", dt="20", **asked)
    assert asker.rows("ka10037", trde_tp="3", dt="5", sort_tp="2", **asked)
    assert asker.rows("ka10068", all_tp="1")
    assert asker.rows("ka10051", mrkt_tp="0", amt_qty_tp="0", base_dt="20250410", stex_tp="1")
