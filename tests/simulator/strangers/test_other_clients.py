"""Three more clients from PyPI complete what their own documentation shows (PROTOCOL 11, 80 and 81).

kiwoom-rest-trade and kiwoom-playground were made from the guide, pykiwoom-rest by hand. What fails by a mistake
of their own is named, and must fail in just that way.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from kiwoom import AsyncKiwoomClient
from kiwoom.api.base import BaseAPI
from kiwoom.auth import TokenManager
from kiwoom.models import domestic as asked
from kiwoom_rest import KiwoomClient
from pykiwoom_rest import KiwoomAPIError, KiwoomRest
from pykiwoom_rest.kiwoom_base import KiwoomAPIBase

from kiwoomweb.simulator.serve import Running
from tests.simulator.strangers.conftest import Record

PATIENCE_S = 60


def cash(broker: Running) -> int:
    return broker.call(lambda exchange: exchange.deposit()).cash


# --- kiwoom-rest-trade: HTTP only, no paging headers, one connection a call ----------------------------------


@pytest.mark.behaviour(80, 4)
def test_kiwoom_rest_trade_reads_account_and_quote(
    broker: Running, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (BaseAPI, TokenManager):  # the broker's address is written into the class
        monkeypatch.setattr(kind, "base_url", property(lambda one: broker.address.rest))

    async def snippet() -> list[Any]:
        api = AsyncKiwoomClient(broker.keys.app_key, broker.keys.app_secret)
        return [
            await api.domestic.ka00001(asked.Ka00001Request()),
            await api.domestic.kt00001(asked.Kt00001Request(qry_tp="3")),
            await api.domestic.kt00018(asked.Kt00018Request(qry_tp="1", dmst_stex_tp="KRX")),
            await api.domestic.ka10001(asked.Ka10001Request(stk_cd="005930")),
        ]

    account, deposit, balance, quote = asyncio.run(snippet())
    for method, told in (("ka00001", account), ("kt00001", deposit), ("kt00018", balance), ("ka10001", quote)):
        record("kiwoom-rest-trade", f"domestic.{method}", method, told.model_dump() | {"return_code": 0})
    assert account.acctNo == broker.account
    assert int(deposit.entr) == cash(broker)
    assert quote.stk_nm == "삼성전자"
    held = [one for one in broker.call(lambda exchange: list(exchange.positions())) if one.quantity]
    assert len(balance.acnt_evlt_remn_indv_tot) == len(held)


# --- kiwoom-playground: requests and websockets, LOGIN behind an authorization header ------------------------


@pytest.mark.behaviour(80)
def test_kiwoom_playground_reads_orders_nothing_and_hears_a_book(broker: Running, record: Record) -> None:
    api = KiwoomClient(
        broker.keys.app_key, broker.keys.app_secret, base_url=broker.address.rest, ws_url=broker.address.socket
    )
    account = api.core.call("ka00001")
    record("kiwoom-playground", "call", "ka00001", account)
    assert account["acctNo"] == broker.account
    deposit = api.core.call("kt00001", qry_tp="3")
    record("kiwoom-playground", "call", "kt00001", deposit)
    assert int(deposit["entr"]) == cash(broker)
    quote = api.core.call("ka10004", stk_cd="005930")
    record("kiwoom-playground", "call", "ka10004", quote)
    assert int(quote["buy_fpr_bid"].lstrip("+-")) > 0
    heard = asyncio.run(a_book(api.core))
    assert [frame["trnm"] for frame in heard[:2]] == ["LOGIN", "SYSTEM"]
    assert heard[-1]["data"][0]["values"]["41"]
    assert api.core.revoke_token()["return_code"] == 0


async def a_book(core: Any) -> list[dict[str, Any]]:
    """Every frame up to the first REAL one, after registering the order book of one share."""
    heard: list[dict[str, Any]] = []
    told = asyncio.Event()

    def note(frame: dict[str, Any]) -> None:
        heard.append(frame)
        if frame["trnm"] == "REAL":
            told.set()

    await core.connect_ws(note)
    try:
        wanted = [{"item": ["005930"], "type": ["0D"]}]
        await core.send_ws({"trnm": "REG", "grp_no": "1", "refresh": "1", "data": wanted})
        await asyncio.wait_for(told.wait(), PATIENCE_S)
    finally:
        await core.disconnect_ws()
    return heard


# --- pykiwoom-rest: asks for two tokens at once, sends account numbers nobody reads --------------------------


@pytest.fixture
def pykiwoom(broker: Running, monkeypatch: pytest.MonkeyPatch) -> KiwoomRest:
    monkeypatch.setattr(KiwoomAPIBase, "BASE_URL", broker.address.rest)
    return KiwoomRest(
        account_no=broker.account,
        appkey=broker.keys.app_key,
        appsecret=broker.keys.app_secret,
        env_path="/none",
    )


@pytest.fixture
def reading_the_expiry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without its mistake about ``expires_dt``, so that the rest of it can be heard."""
    later: Callable[..., datetime] = lambda one, payload: datetime.now() + timedelta(hours=20)  # noqa: DTZ005, E731
    monkeypatch.setattr(KiwoomAPIBase, "_calculate_token_expires", later)
    yield


@pytest.mark.behaviour(80)
def test_pykiwoom_rest_cannot_read_the_brokers_expiry(pykiwoom: KiwoomRest) -> None:
    """Its own mistake: it reads the 14 digits of ``expires_dt`` as ISO 8601, which they are not."""
    with pytest.raises(KiwoomAPIError, match="토큰 만료 정보가 응답에 없습니다"):
        pykiwoom.get_stock_price("005930")


#: Its methods that ask a complete question, with the arguments its documentation shows.
PYKIWOOM: dict[str, tuple[str, tuple[Any, ...]]] = {
    "get_stock_price": ("ka10001", ("005930",)),
    "get_daily_chart": ("ka10081", ("005930",)),
    "get_minute_chart": ("ka10080", ("005930",)),
    "get_execution_info": ("ka10003", ("005930",)),
    "get_foreign_trading": ("ka10008", ("005930",)),
    "get_member_company_list": ("ka10102", ()),
}


@pytest.mark.behaviour(80, 7)
@pytest.mark.usefixtures("reading_the_expiry")
@pytest.mark.parametrize("method", PYKIWOOM)
def test_pykiwoom_rest_reads(pykiwoom: KiwoomRest, record: Record, method: str) -> None:
    tr, arguments = PYKIWOOM[method]
    told = getattr(pykiwoom, method)(*arguments)
    told = told.get("data", told)
    record("pykiwoom-rest", method, tr, told)
    assert told["return_code"] == 0


#: Its methods whose body lacks what the guide demands, and the first field that is missing.
PYKIWOOM_LACKS = {
    "get_balance_detail": "qry_tp",
    "get_deposit_detail": "qry_tp",
    "get_unfilled_orders": "all_stk_tp",
}


@pytest.mark.behaviour(81)
@pytest.mark.usefixtures("reading_the_expiry")
@pytest.mark.parametrize(("method", "field"), PYKIWOOM_LACKS.items())
def test_pykiwoom_rest_asks_half_a_question(pykiwoom: KiwoomRest, method: str, field: str) -> None:
    told = getattr(pykiwoom, method)()
    assert told["return_code"] == 2
    assert f"[1511:필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터={field}]" in told["return_msg"]
