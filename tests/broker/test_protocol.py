"""What we send, and what an answer means, without a network."""

import json
from datetime import datetime

import pytest

from kiwoomweb.broker import errors as e
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.protocol import ask, ask_token, read, rows

OK = b'{"return_code":0,"return_msg":" \xec\xa1\xb0\xed\x9a\x8c","oso":[]}'


def test_a_first_page_is_asked_for_without_paging_headers():
    request = ask(find("ka10075"), {"stex_tp": "0"}, token="T")
    assert request.path == "/api/dostk/acnt"
    assert request.headers["api-id"] == "ka10075"
    assert request.headers["authorization"] == "Bearer T"
    assert request.headers["content-type"] == "application/json;charset=UTF-8"
    assert "python" not in request.headers["user-agent"].lower()
    assert not {"cont-yn", "next-key"} & set(request.headers)


def test_the_next_page_is_asked_for_by_headers_only():
    first = ask(find("ka10075"), {"stex_tp": "0"}, token="T")
    second = ask(find("ka10075"), {"stex_tp": "0"}, token="T", next_key="K1", page=2)
    assert (second.headers["cont-yn"], second.headers["next-key"]) == ("Y", "K1")
    assert second.content == first.content
    assert second.fingerprint == first.fingerprint


def test_the_secret_travels_under_the_name_the_broker_wants():
    body = json.loads(ask_token("K", "S").content)
    assert body == {"grant_type": "client_credentials", "appkey": "K", "secretkey": "S"}


@pytest.mark.parametrize("names", [("cont-yn", "next-key"), ("Cont-Yn", "Next-Key"), ("CONT-YN", "NEXT-KEY")])
def test_the_cursor_is_found_under_headers_of_any_case(names):
    reply = read("ka10075", 200, dict(zip(names, ("Y", "K1"), strict=True)), OK)
    assert reply.next_key == "K1"


@pytest.mark.parametrize("more", ["N", "", " "])
def test_anything_but_yes_is_the_last_page(more):
    assert read("ka10075", 200, {"cont-yn": more, "next-key": "K1"}, OK).next_key == ""


def test_more_pages_without_a_cursor_are_out_of_reach():
    with pytest.raises(e.Incomplete):
        read("ka10075", 200, {"cont-yn": "Y"}, OK)


def test_the_brokers_clock_is_in_the_date_header():
    reply = read("ka10075", 200, {"Date": "Mon, 14 Sep 2026 00:30:05 GMT"}, OK)
    assert reply.at == datetime(2026, 9, 14, 9, 30, 5, tzinfo=SEOUL)
    assert read("ka10075", 200, {"Date": "yesterday"}, OK).at is None


@pytest.mark.parametrize("code", ["0", '"0"', '"0000"', "0.0"])
def test_success_in_all_its_spellings(code):
    content = f'{{"return_code":{code},"return_msg":"","oso":[]}}'.encode()
    if code == "0.0":
        with pytest.raises(e.Unreadable):
            read("ka10075", 200, {}, content)
    else:
        assert read("ka10075", 200, {}, content).fields["oso"] == []


def test_camel_case_return_codes_count_too():
    with pytest.raises(e.RateLimited):
        read("ka10030", 200, {}, b'{"returnCode":5,"returnMsg":"x"}')


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (200, "<html><body>시스템 점검</body></html>", e.BrokerDown),
        (400, "<html>Request Blocked</html>", e.BrokerDown),
        (503, "", e.BrokerDown),
        (500, '{"return_code":0,"return_msg":""}', e.BrokerDown),
        (302, "", e.BrokerDown),
        (200, "점검중", e.BrokerDown),
        (200, '{"return_code":0,"oso":[{"ord_no":"00', e.Unreadable),
        (200, "", e.Unreadable),
        (200, "[]", e.Unreadable),
        (200, '{"return_msg":"?"}', e.Unreadable),
        (200, '{"return_code":null}', e.Unreadable),
        (429, '{"return_code":5,"return_msg":"[1700:API ID=ka10001]"}', e.RateLimited),
        (429, "Too Many Requests", e.RateLimited),
        (200, '{"return_code":5,"return_msg":"[1701:총유량=20]"}', e.RateLimited),
        (200, '{"return_code":3,"return_msg":"[8005:Token이 유효하지 않습니다]"}', e.TokenExpired),
        (401, '{"return_code":3,"return_msg":""}', e.TokenExpired),
    ],
)
def test_every_bad_answer_is_an_error_of_its_own_kind(status, content, kind):
    with pytest.raises(e.BrokerError) as caught:
        read("ka10075", status, {}, content.encode())
    assert type(caught.value) is kind
    assert caught.value.tr == "ka10075"


def test_a_list_that_is_there_is_taken():
    reply = read("ka10075", 200, {}, b'{"return_code":0,"oso":[{"ord_no":"1"}]}')
    assert rows(reply, "oso") == [{"ord_no": "1"}]


def test_no_rows_in_words_is_an_empty_list():
    told = {"return_code": 20, "return_msg": "[2000](501724:관련자료가없습니다)"}
    reply = read("kt00009", 200, {}, json.dumps(told).encode())
    assert rows(reply, "acnt_ord_cntr_prst_array") == []


@pytest.mark.parametrize("fields", ["{}", '{"oso":null}', '{"oso":"x"}', '{"oso":["x"]}', '{"oso":{}}'])
def test_a_list_that_is_missing_is_not_an_empty_one(fields):
    content = fields.replace(
        "{", '{"return_code":0,"return_msg":"조회가 완료되었습니다"' + "," * (fields != "{}"), 1
    )
    with pytest.raises(e.Unreadable):
        rows(read("ka10075", 200, {}, content.encode()), "oso")
