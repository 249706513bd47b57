"""A stranger's client, ``kiwoom-client`` from PyPI, works against the simulator (PROTOCOL 11 item 80, and 12).

It was written by people who never saw our code, for the real broker: the two cannot agree on the same mistake.
"""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from kiwoom_client import KiwoomAPI
from kiwoom_client.websocket import KiwoomWebSocket

from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.market_calendar import next_trading_day
from kiwoomweb.simulator.serve import Running, running

# It opens its socket in a way that the newest websockets library discourages.
pytestmark = pytest.mark.filterwarnings(r"ignore:connect\(\) must be used:DeprecationWarning")

PATIENCE_S = 60


def opening() -> datetime:
    """Ahead of the wall clock: the stranger compares ``expires_dt`` with it, not with the Date header."""
    day = next_trading_day(datetime.now(SEOUL).date())
    return datetime(day.year, day.month, day.day, 10, 30, tzinfo=SEOUL)


@pytest.fixture(scope="module")
def broker() -> Iterator[Running]:
    with running("real", opening=opening(), quota=100, total_quota=1000, token_quota=100) as one:
        yield one


@pytest.fixture
def api(broker: Running) -> Iterator[KiwoomAPI]:
    with KiwoomAPI(
        broker.keys.app_key, broker.keys.app_secret, base_url=broker.address.rest, rate_limit=None
    ) as one:
        yield one


@pytest.mark.behaviour(80)
def test_it_logs_in_and_reads_the_account(api: KiwoomAPI, broker: Running) -> None:
    assert api.account.account_number_inquiry()["acctNo"] == broker.account
    deposit = api.account.deposit_detail(qry_tp="3")
    assert int(deposit["entr"]) == broker.call(lambda exchange: exchange.deposit()).cash
    balance = api.account.evaluation_balance_detail(qry_tp="1", dmst_stex_tp="KRX")
    held = [one for one in broker.call(lambda exchange: list(exchange.positions())) if one.quantity]
    assert int(balance["tot_evlt_amt"]) == sum(one.value for one in held)


def test_it_reads_account_lists_page_by_page(api: KiwoomAPI, broker: Running) -> None:
    today = broker.clock.now().date()
    start = today - timedelta(days=360)
    body = {"strt_dt": f"{start:%Y%m%d}", "end_dt": f"{today:%Y%m%d}"}
    sales = api._client.request_all("/api/dostk/acnt", "ka10073", body, "dt_stk_rlzt_pl")
    held = broker.call(lambda exchange: list(exchange.realised_rows(start, today)))
    assert len(sales) == len(held) > 50
    first = api.account.realized_profit_by_period(**body)
    assert (first["cont-yn"], len(first["dt_stk_rlzt_pl"])) == ("Y", 50)
    ledger = {**body, "tp": "0", "gds_tp": "0", "dmst_stex_tp": "%"}
    rows = api._client.request_all("/api/dostk/acnt", "kt00015", ledger, "trst_ovrl_trde_prps_array")
    assert len(rows) == len(broker.call(lambda exchange: list(exchange.cash_ledger(start, today))))


def test_it_recovers_from_an_expired_token(api: KiwoomAPI, broker: Running) -> None:
    api.account.account_number_inquiry()
    broker.faults.add("expire_tokens")
    assert api.account.account_number_inquiry()["acctNo"] == broker.account


@pytest.mark.behaviour(80)
def test_it_hears_ticks(api: KiwoomAPI, broker: Running) -> None:
    ticks = asyncio.run(heard(api.login()["token"], broker))
    assert {tick["item"] for tick in ticks} == {"005930", "000660"}
    for tick in ticks:
        assert int(tick["values"]["10"].lstrip("+-")) > 0
        assert tick["values"]["13"].isdigit()


async def heard(token: str, broker: Running) -> list[dict[str, Any]]:
    """Ticks of two stocks, at least ten, while the clock runs a minute a second."""
    ticks: list[dict[str, Any]] = []
    enough = asyncio.Event()

    def note(tick: dict[str, Any]) -> None:
        ticks.append(tick)
        if len(ticks) >= 10 and len({one["item"] for one in ticks}) == 2:
            enough.set()

    stream = KiwoomWebSocket(token, ws_url=broker.address.socket)
    stream.on("0B", note)
    async with stream:
        await stream.subscribe("0B", ["005930", "000660"])
        await asyncio.to_thread(broker.clock.resume, 60)
        listening = asyncio.create_task(stream.listen())
        await asyncio.wait_for(enough.wait(), PATIENCE_S)
        await stream.disconnect()
        await listening
    await asyncio.to_thread(broker.clock.pause)
    return ticks


@pytest.mark.behaviour(80, 76)
def test_it_searches_by_condition(api: KiwoomAPI, broker: Running) -> None:
    listed, once, for_good, cleared = asyncio.run(searched(api, broker))
    assert listed["data"] and all(len(row) == 2 for row in listed["data"])
    assert once["data"] and once["data"][0]["9001"].startswith("A")
    assert {row["jmcode"] for row in for_good["data"]} == {row["9001"] for row in once["data"]}
    assert cleared["return_code"] == 0


async def searched(api: KiwoomAPI, broker: Running) -> list[dict[str, Any]]:
    """The list, one search, the same for good, and its end; the client builds the questions."""
    told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    stream, ask = KiwoomWebSocket(api.login()["token"], ws_url=broker.address.socket), api.condition_search
    for trnm in ("CNSRLST", "CNSRREQ", "CNSRCLR"):
        stream.on_trnm(trnm, told.put_nowait)
    answers = []
    async with stream:
        listening = asyncio.create_task(stream.listen())
        await stream.send(ask.condition_list())
        answers.append(await asyncio.wait_for(told.get(), PATIENCE_S))
        seq = next(seq for seq, name in answers[0]["data"] if "갭상승" in name)
        for question in (
            ask.condition_search(seq),
            ask.condition_search_realtime(seq),
            ask.condition_search_cancel(seq),
        ):
            await stream.send(question)
            answers.append(await asyncio.wait_for(told.get(), PATIENCE_S))
        await stream.disconnect()
        await listening
    return answers
