"""The wire habits of clients that cannot be installed here, as raw exchanges (PROTOCOL 1.2, 8, 11 and 12).

kwcli wants a newer Python and states no licence, kiwoom-cli's licence does not allow it, kiwoompy wants a newer
Python, and kiwoom-restful takes the same import name as kiwoom-rest-trade. What each of them puts on the wire
was recorded; a faithful broker answers all of it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from kiwoomweb.simulator.serve import Running, running
from tests.simulator.wire.caller import ACCOUNT, Caller
from tests.simulator.wire.conftest import GENEROUS, Start

JSON = {"content-type": "application/json;charset=UTF-8"}
#: What each sends with the request for a token, and with the first page of a list.
HABITS: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "kwcli": ({}, {}),
    "kiwoom-cli": ({"Content-Type": "application/json"}, {}),
    "kiwoom-restful": ({"api-id": "", "cont-yn": "N", "next-key": ""}, {"cont-yn": "N", "next-key": ""}),
    "kiwoompy": ({"Accept": "application/json"}, {"cont-yn": "N", "next-key": ""}),
}
#: Whether it sends RFC 6455 pings, and headers with the upgrade.
STREAMS: dict[str, tuple[float | None, Mapping[str, str]]] = {
    "kwcli": (None, {}),
    "kiwoom-cli": (None, {}),
    "kiwoom-restful": (0.1, {"authorization": "Bearer of nothing"}),
}


@pytest.fixture(scope="module")
def broker() -> Iterator[Running]:
    with running("real", ws_flush_s=0.02, ws_ping_s=0.2, **GENEROUS) as one:
        yield one


@pytest.fixture
def http(broker: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=broker.address.rest, trust_env=False) as one:
        yield one


def token_of(http: httpx.Client, broker: Running, headers: Mapping[str, str]) -> str:
    said = http.post("/oauth2/token", json=broker.token_request(), headers=headers).json()
    assert (said["return_code"], said["token_type"]) == (0, "bearer")
    token: str = said["token"]
    return token


@pytest.mark.behaviour(80, 4, 12)
@pytest.mark.parametrize("client", HABITS)
def test_it_logs_in_and_reads_the_account(client: str, http: httpx.Client, broker: Running) -> None:
    to_token, to_page = HABITS[client]
    token = token_of(http, broker, to_token)
    headers = {**JSON, "authorization": f"Bearer {token}", **to_page}
    account = http.post(ACCOUNT, json={}, headers={**headers, "api-id": "ka00001"})
    assert account.json()["acctNo"] == broker.account
    body = {"strt_dt": "20251121", "end_dt": "20261120"}
    first = http.post(ACCOUNT, json=body, headers={**headers, "API-ID": "ka10073"})
    assert (first.json()["return_code"], first.headers["cont-yn"]) == (0, "Y")
    later = {**headers, "api-id": "ka10073", "cont-yn": "Y", "next-key": first.headers["Next-Key"]}
    second = http.post(ACCOUNT, json=body, headers=later).json()["dt_stk_rlzt_pl"]
    assert second and second[0] not in first.json()["dt_stk_rlzt_pl"]


@pytest.mark.behaviour(80)
def test_an_account_number_in_the_body_does_no_harm(http: httpx.Client, broker: Running) -> None:
    """Most bots send it; some with ensure_ascii, some with a body of separators and blanks."""
    headers = {**JSON, "authorization": f"Bearer {token_of(http, broker, {})}", "api-id": "kt00001"}
    body = json.dumps({"acnt_no": "1234567890", "acnt_pwd": "", "qry_tp": "3", "메모": "기록"}, indent=2)
    assert http.post(ACCOUNT, content=body.encode(), headers=headers).json()["return_code"] == 0


@pytest.mark.behaviour(80, 63)
@pytest.mark.parametrize("client", STREAMS)
def test_it_registers_and_hears(client: str, http: httpx.Client, broker: Running) -> None:
    pings, headers = STREAMS[client]
    token = token_of(http, broker, HABITS[client][0])
    with connect(
        broker.address.socket, ping_interval=pings, additional_headers=dict(headers), proxy=None
    ) as wire:
        wire.send(json.dumps({"trnm": "LOGIN", "token": token}))
        assert json.loads(wire.recv(timeout=5))["trnm"] == "LOGIN"
        wire.send(json.dumps(registration(client)))
        kinds = heard(wire, 40)
    assert {"REG", "REAL", "PING"} <= set(kinds)


def registration(client: str) -> dict[str, Any]:
    """kiwoom-restful numbers its groups ``0000`` and leaves ``refresh`` blank; others do as the guide says."""
    odd = client == "kiwoom-restful"
    data = [{"item": ["005930", "000660"], "type": ["0D"]}, {"item": [""], "type": ["00", "04"]}]
    return {"trnm": "REG", "grp_no": "0000" if odd else "1", "refresh": "" if odd else "1", "data": data}


def heard(wire: ClientConnection, most: int) -> list[str]:
    """What kinds of frames come, echoing PING as raw text, until all that matter were there."""
    kinds: list[str] = []
    while len(kinds) < most and not {"REG", "REAL", "PING"} <= set(kinds):
        raw = wire.recv(timeout=5)
        kinds.append(json.loads(raw)["trnm"])
        if kinds[-1] == "PING":
            wire.send(raw)
    return kinds


@pytest.mark.behaviour(81, 66)
def test_kiwoompy_never_logs_in_and_is_cut(fresh: Start) -> None:
    """It trusts a header of the upgrade and registers at once."""
    caller: Caller = fresh(ws_login_grace_s=0.2, ws_flush_s=0.02)
    headers = {"authorization": f"Bearer {caller.log_in()}"}
    with connect(caller.broker.address.socket, additional_headers=headers, proxy=None) as wire:
        wire.send(json.dumps(registration("kiwoompy")))
        frames = []
        with pytest.raises(ConnectionClosed) as end:
            while True:
                frames.append(json.loads(wire.recv(timeout=5)))
    assert frames[0]["trnm"] == "REG" and frames[0]["return_code"] != 0
    assert frames[-1]["code"] == "R10004"
    assert end.value.rcvd and end.value.rcvd.code == 1000


@pytest.mark.behaviour(81, 65)
def test_a_token_with_its_scheme_word_is_a_bad_token(http: httpx.Client, broker: Running) -> None:
    with connect(broker.address.socket, proxy=None) as wire:
        wire.send(json.dumps({"trnm": "LOGIN", "token": f"Bearer {token_of(http, broker, {})}"}))
        assert json.loads(wire.recv(timeout=5))["return_code"] == 805004
        with pytest.raises(ConnectionClosed):
            wire.recv(timeout=5)
