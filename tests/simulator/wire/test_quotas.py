"""PROTOCOL 11, 18-22: rate limits."""

from typing import Any

import pytest

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.profile import MOCK, REAL
from kiwoomweb.simulator.quotas import Quotas
from kiwoomweb.simulator.refusals import Refusal
from kiwoomweb.simulator.serve import OPENING, running
from kiwoomweb.simulator.tokens import KeyPair
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.conftest import Start

HOLDINGS = {"qry_tp": "1", "dmst_stex_tp": "KRX"}


class Stopwatch:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Stopwatch:
    return Stopwatch()


def takes(quotas: Quotas, key: str, tr: str, times: int) -> list[str]:
    """What each of so many calls meets: ``""`` or the code of its refusal."""
    met = []
    for _ in range(times):
        try:
            quotas.take(key, tr)
            met.append("")
        except Refusal as no:
            met.append(no.code)
    return met


@pytest.mark.behaviour(18)
def test_quotas_are_per_key_and_tr(watch: Stopwatch) -> None:
    quotas = Quotas(REAL, watch)
    assert takes(quotas, "mine", "kt00018", 6)[-1] == "1700"
    assert takes(quotas, "mine", "ka10075", 1) == [""]
    assert takes(quotas, "yours", "kt00018", 1) == [""]


@pytest.mark.behaviour(19)
def test_the_sixth_call_in_a_second_on_the_real_host(watch: Stopwatch) -> None:
    assert takes(Quotas(REAL, watch), "key", "ka10080", 6) == [*[""] * 5, "1700"]


@pytest.mark.behaviour(19)
def test_the_third_call_in_a_burst_on_the_mock_host(watch: Stopwatch) -> None:
    assert takes(Quotas(MOCK, watch), "key", "ka10001", 3) == ["", "", "1700"]


@pytest.mark.behaviour(20)
def test_the_slot_frees_after_the_window_and_a_refusal_does_not_extend_it(watch: Stopwatch) -> None:
    quotas = Quotas(REAL, watch)
    takes(quotas, "key", "ka10001", 5)
    watch.now = 0.9
    assert takes(quotas, "key", "ka10001", 3) == ["1700"] * 3
    watch.now = 1.0
    assert takes(quotas, "key", "ka10001", 5) == [""] * 5


def test_all_calls_of_a_key_together_have_a_quota(watch: Stopwatch) -> None:
    quotas = Quotas(REAL, watch)
    met = [takes(quotas, "key", f"ka{number}", 1)[0] for number in range(10001, 10023)]
    assert met == [*[""] * 20, "1701", "1701"]


def test_orders_share_one_quota_on_the_real_host(watch: Stopwatch) -> None:
    quotas = Quotas(REAL, watch)
    assert takes(quotas, "key", "kt10000", 3) + takes(quotas, "key", "kt10003", 3) == [*[""] * 5, "1702"]


def test_orders_count_one_by_one_on_the_mock_host(watch: Stopwatch) -> None:
    quotas = Quotas(MOCK, watch)
    assert takes(quotas, "key", "kt10000", 2) + takes(quotas, "key", "kt10001", 2) == [""] * 4


@pytest.mark.behaviour(19)
def test_the_refusal_on_the_wire(fresh: Start) -> None:
    caller = fresh(quota=1, total_quota=100)
    caller.ask("kt00018", HOLDINGS)
    told = caller.ask("kt00018", HOLDINGS)
    assert told.status_code == 429
    assert told.json() == {
        "return_code": 5,
        "return_msg": "허용된 요청 개수를 초과하였습니다"
        "[1700:허용된 API 요청 개수를 초과하였습니다. 유량=1, API ID=kt00018]",
    }


@pytest.mark.behaviour(18)
def test_another_tr_and_another_key_are_unaffected_on_the_wire() -> None:
    pairs = [KeyPair("one", "secret-1"), KeyPair("two", "secret-2")]
    with running("real", trader=False, keys=pairs, quota=1, total_quota=100) as broker:
        one, two = Caller(broker, pairs[0]), Caller(broker, pairs[1])
        assert [one.ask("kt00018", HOLDINGS).status_code for _ in range(2)] == [200, 429]
        assert one.ask("ka00001").status_code == 200
        assert two.ask("kt00018", HOLDINGS).status_code == 200
        one.close()
        two.close()


@pytest.mark.behaviour(20)
def test_a_refused_order_leaves_no_trace(fresh: Start) -> None:
    caller = fresh(order_quota=1, quota=100, total_quota=100)
    buy = {"dmst_stex_tp": "KRX", "stk_cd": "005930", "ord_qty": "1", "ord_uv": "", "trde_tp": "3"}
    first = caller.ask("kt10000", buy)
    before = caller.broker.call(lambda exchange: (exchange.deposit(), exchange.sequence))
    second = caller.ask("kt10000", buy)
    after = caller.broker.call(lambda exchange: (exchange.deposit(), exchange.sequence))
    assert (first.status_code, second.status_code) == (200, 429)
    assert "[1702:" in second.json()["return_msg"]
    assert before == after
    assert len(caller.broker.call(lambda exchange: list(exchange.orders_on(OPENING.date())))) == 1
    placed = caller.broker.call(lambda exchange: exchange.place(Side.BUY, "005930", 1, kind="3"))
    assert int(placed.number) == int(first.json()["ord_no"]) + 1


@pytest.mark.behaviour(21)
def test_later_pages_use_the_same_quota(fresh: Start) -> None:
    caller = fresh(quota=2, total_quota=100, page_rows={"ka10081": 2})
    body = {"stk_cd": "005930", "base_dt": "20261120", "upd_stkpc_tp": "1"}
    key = ""
    met = []
    for _ in range(3):
        headers = {"cont_yn": "Y", "next_key": key} if key else {}
        told = caller.ask("ka10081", body, **headers)
        met.append(told.status_code)
        key = told.headers["next-key"] or key
    assert met == [200, 200, 429]


@pytest.mark.behaviour(22)
def test_some_hosts_refuse_with_http_200(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**{**generous, "quota": 1, "rate_http": 200})
    caller.ask("ka00001")
    told = caller.ask("ka00001")
    assert (told.status_code, told.json()["return_code"]) == (200, 5)
