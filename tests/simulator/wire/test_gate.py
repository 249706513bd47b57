"""PROTOCOL 11, 1-10: transport and gateway."""

import json

import pytest

from tests.simulator.wire.caller import ACCOUNT, Caller

DEPOSIT = {"qry_tp": "3"}


@pytest.mark.behaviour(1)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
@pytest.mark.parametrize("path", [ACCOUNT, "/oauth2/token"])
def test_only_post_is_served(caller: Caller, method: str, path: str) -> None:
    assert caller.http.request(method, path).status_code == 405


@pytest.mark.behaviour(2)
def test_a_known_tr_on_the_wrong_path_is_1504(caller: Caller) -> None:
    told = caller.ask("ka10001", {"stk_cd": "005930"}, path=ACCOUNT)
    assert told.status_code == 200
    assert told.json()["return_code"] == 1
    assert "[1504:" in told.json()["return_msg"]
    assert "API ID=ka10001, URI=/api/dostk/acnt" in told.json()["return_msg"]


@pytest.mark.behaviour(2)
def test_an_unknown_tr_is_1505_and_none_is_1501(caller: Caller) -> None:
    unknown = caller.ask("ka99999", path=ACCOUNT).json()
    missing = caller.post(ACCOUNT, {}, authorization=f"Bearer {caller.token}").json()
    empty = caller.ask("", path=ACCOUNT).json()
    assert (unknown["return_code"], "[1505:" in unknown["return_msg"]) == (1, True)
    assert "[1501:" in missing["return_msg"] and "[1501:" in empty["return_msg"]


@pytest.mark.behaviour(2)
def test_a_realtime_type_is_not_a_rest_tr(caller: Caller) -> None:
    assert "[1504:" in caller.ask("0B", path="/api/dostk/websocket").json()["return_msg"]


@pytest.mark.behaviour(3)
def test_header_names_in_any_case_come_back_in_lower_case(caller: Caller) -> None:
    token = caller.log_in()
    told = caller.http.post(
        ACCOUNT, json=DEPOSIT, headers={"API-ID": "kt00001", "Authorization": f"Bearer {token}", "Cont-Yn": "N"}
    )
    names = [name.decode() for name, _ in told.headers.raw]
    assert told.json()["return_code"] == 0
    assert {"api-id", "cont-yn", "next-key", "content-type"} <= set(names)
    assert names == [name.lower() for name in names]
    assert told.headers["api-id"] == "kt00001"


@pytest.mark.behaviour(4)
def test_no_paging_headers_and_empty_ones_are_the_same_first_page(caller: Caller) -> None:
    bare = caller.ask("kt00018", {"qry_tp": "1", "dmst_stex_tp": "KRX"})
    polite = caller.ask("kt00018", {"qry_tp": "1", "dmst_stex_tp": "KRX"}, cont_yn="N", next_key="")
    assert bare.json() == polite.json()


@pytest.mark.behaviour(5)
@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "1513"),
        ("", "1514"),
        ("just-a-token", "1514"),
        ("Basic abc", "1515"),
        ("Bearer", "1516"),
        ("Bearer nobody-knows-me", "8005"),
    ],
)
def test_each_flaw_of_the_authorization_header_has_its_code(
    caller: Caller, header: str | None, code: str
) -> None:
    named = {} if header is None else {"authorization": header}
    told = caller.post(ACCOUNT, DEPOSIT, api_id="kt00001", **named)
    assert told.status_code == 200
    assert told.json()["return_code"] == 3
    assert f"[{code}:" in told.json()["return_msg"]


@pytest.mark.behaviour(5)
def test_an_unknown_token_is_worded_as_the_broker_words_it(caller: Caller) -> None:
    told = caller.post(ACCOUNT, DEPOSIT, api_id="kt00001", authorization="Bearer x").json()
    assert told == {"return_code": 3, "return_msg": "인증에 실패했습니다[8005:Token이 유효하지 않습니다]"}


@pytest.mark.behaviour(6)
def test_first_missing_field_in_spec_order(caller: Caller) -> None:
    code, words = caller.refusal("kt00015", tp="0")
    assert (code, words) == (
        2,
        "입력 값 오류입니다[1511:필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터=strt_dt]",
    )
    assert "파라미터=qry_tp" in caller.refusal("kt00001")[1]


@pytest.mark.behaviour(6)
def test_present_but_empty_counts_as_missing(caller: Caller) -> None:
    assert "파라미터=end_dt" in caller.refusal("ka10073", strt_dt="20261101", end_dt="")[1]


@pytest.mark.behaviour(6)
@pytest.mark.parametrize(
    ("tr", "body", "field"),
    [
        ("ka10074", {"strt_dt": "2026-11-01", "end_dt": "20261120"}, "strt_dt"),
        ("ka10074", {"strt_dt": "20261131", "end_dt": "20261120"}, "strt_dt"),
        ("kt00001", {"qry_tp": "9"}, "qry_tp"),
        ("kt00001", {"qry_tp": ["3"]}, "qry_tp"),
    ],
)
def test_malformed_values_are_1517(caller: Caller, tr: str, body: dict[str, object], field: str) -> None:
    told = caller.ask(tr, body).json()
    assert told["return_code"] == 2
    assert f"[1517:입력 값 형식이 올바르지 않습니다. 파라미터={field} " in told["return_msg"]


@pytest.mark.behaviour(6)
@pytest.mark.parametrize("body", [b"{", b"[]", b'"text"', b"\xff\xfe", b'{"a": "' + b"x" * 100_000 + b'"}'])
def test_a_body_that_is_no_json_object_is_1517(caller: Caller, body: bytes) -> None:
    assert "[1517:" in caller.ask("kt00001", body).json()["return_msg"]


@pytest.mark.behaviour(7)
def test_unknown_keys_do_not_matter_and_do_not_choose_the_account(caller: Caller) -> None:
    plain = caller.said("ka00001")
    dressed = caller.said("ka00001", acnt_no="1234567890", acnt_pwd="0000", anything="x")
    assert plain == dressed == caller.said("ka00001")
    assert plain["acctNo"] == caller.broker.account


@pytest.mark.behaviour(8)
def test_failures_are_http_200(caller: Caller) -> None:
    for told in (
        caller.ask("kt00001", {}),
        caller.ask("ka99999", path=ACCOUNT),
        caller.post("/oauth2/token", {}),
        caller.post(ACCOUNT, {}, api_id="kt00001"),
    ):
        assert told.status_code == 200
        assert told.json()["return_code"] > 0


@pytest.mark.behaviour(9)
@pytest.mark.parametrize(
    ("tr", "body"),
    [
        ("ka00001", {}),
        ("ka10075", {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}),
        ("ka10020", {}),
        ("kt00018", {"qry_tp": "1", "dmst_stex_tp": "KRX"}),
    ],
)
def test_every_reply_says_how_it_went(caller: Caller, tr: str, body: dict[str, str]) -> None:
    told = caller.ask(tr, body).json()
    assert type(told["return_code"]) is int
    assert type(told["return_msg"]) is str and told["return_msg"]


@pytest.mark.behaviour(10)
def test_utf8_with_plain_korean(caller: Caller) -> None:
    told = caller.ask("ka10100", {"stk_cd": "005930"})
    assert told.headers["content-type"] == "application/json;charset=UTF-8"
    assert "삼성전자".encode() in told.content
    assert json.loads(told.content)["name"] == "삼성전자"


def test_the_date_header_tells_virtual_time(caller: Caller) -> None:
    told = caller.ask("ka00001")
    assert told.headers["date"] == "Fri, 20 Nov 2026 01:30:00 GMT"
    assert "server" not in told.headers
    assert len(told.headers.get_list("date")) == 1


def test_paths_outside_the_api_are_not_found(caller: Caller) -> None:
    assert caller.post("/").status_code == 404
    assert caller.post("/admin/").status_code == 404
