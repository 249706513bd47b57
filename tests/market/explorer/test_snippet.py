"""The snippet runs as it stands, holds no secret, and asks what the form asks."""

import contextlib
import io

import pytest

from kiwoomweb.access.services import keys
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.simulator.serve import running
from market.explorer.snippet import snippet
from tests.access.conftest import APP_KEY, APP_SECRET
from tests.access.test_with_the_simulator import DEMO
from tests.market.explorer.test_asking import CHART, bars, text


@pytest.mark.parametrize(
    ("tr", "body"),
    [
        ("ka10081", {"stk_cd": "005930", "base_dt": "20261120", "upd_stkpc_tp": "1"}),
        ("kt00001", {"qry_tp": "3"}),
    ],
)
def test_it_runs_against_the_broker_as_it_stands(monkeypatch, tr, body):
    monkeypatch.setenv("KIWOOM_APP_KEY", DEMO.app_key)
    monkeypatch.setenv("KIWOOM_SECRET_KEY", DEMO.app_secret)
    said = io.StringIO()
    with running(trader=False, keys=[DEMO]) as broker, contextlib.redirect_stdout(said):
        exec(compile(snippet(find(tr), body, broker.address.rest), tr, "exec"), {})
    assert "return_code" in said.getvalue() or said.getvalue().startswith("0 ")


@pytest.mark.django_db
def test_no_key_and_no_token_is_on_the_page(viewer, address, connected, broker):
    broker.answers["ka10081"] = bars()
    keys.keep(connected, Credentials(APP_KEY, APP_SECRET))
    page = text(viewer.post(f"{address}ka10081/", CHART))
    assert "os.environ[&quot;KIWOOM_APP_KEY&quot;]" in page
    assert APP_KEY not in page
    assert APP_SECRET not in page
    assert "canary-token" not in page


def test_what_was_typed_is_text_in_it():
    told = snippet(find("ka10001"), {"stk_cd": '005930"); import os; ("'}, "http://127.0.0.1:1")
    assert '\\"); import os' in told
    compile(told, "snippet", "exec")
