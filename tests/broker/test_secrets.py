"""Keys and tokens are for the broker's eyes only: not in a repr, an error, a traceback or a log."""

import logging
import traceback
from datetime import UTC, datetime

import httpx
import pytest

from kiwoomweb.broker import protocol
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.tokens import Token
from tests.broker.stage import EXPIRED, KEYS, LIMITED, said

WRONG = {"return_code": 3, "return_msg": "인증에 실패했습니다[8001:App Key와 Secret Key 검증에 실패했습니다]"}
TROUBLES = {
    "dead token": said(EXPIRED),
    "too fast": said(LIMITED, status=429),
    "no connection": httpx.ConnectError("refused"),
    "cut": httpx.ReadError("reset"),
    "maintenance": httpx.Response(200, content=b"<html>"),
    "truncated": httpx.Response(200, content=b'{"return_code":0,'),
}


def test_reprs_are_silent():
    now = datetime.now(UTC)
    told = [
        KEYS,
        Token("TOKEN-CANARY", now, now),
        protocol.ask(find("ka10075"), {"acnt": "BODY-CANARY"}, token="TOKEN-CANARY"),
        protocol.ask_token(KEYS.app_key, KEYS.app_secret),
    ]
    assert "CANARY" not in repr(told) + str(told)


def test_the_name_of_a_key_does_not_give_it_away(stage):
    client = stage.client()
    assert "CANARY" not in client.key_id + repr(client) + KEYS.fingerprint


@pytest.mark.parametrize("tr_id", ["ka10075", "au10001"])
@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_no_error_report_shows_a_secret_even_with_all_its_variables(stage, caplog, tr_id, trouble):
    caplog.set_level(logging.DEBUG)
    stage["ka10075"] = {"oso": []}
    stage[tr_id] = trouble
    with pytest.raises(BrokerError) as caught:
        stage.client().call("ka10075", {})
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "CANARY" not in "".join(report.format()) + caplog.text + repr(vars(caught.value))


def test_refused_keys_are_not_repeated(stage, caplog):
    caplog.set_level(logging.DEBUG)
    stage["au10001"] = said(WRONG)
    with pytest.raises(BrokerError) as caught:
        stage.client().token()
    assert "CANARY" not in repr(caught.value) + caplog.text
