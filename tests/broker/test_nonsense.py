"""Whatever the broker sends, however broken, ends as a value or as one of our errors: never as a surprise."""

import json

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiwoomweb.broker import frames, protocol
from kiwoomweb.broker.errors import BrokerError, Unreadable
from tests.broker.calls.samples import REPLIES
from tests.broker.calls.test_honesty import CALLS, EACH, changed, flat
from tests.broker.stage import Stage, said
from tests.broker.test_frames import BALANCE, NOW, ORDER, TICK, entry, frame

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
odd_text = st.one_of(
    st.text(max_size=20),
    st.text("0123456789+-.,%:_AJQ ", max_size=24),
    st.sampled_from(["9" * 5000, "1" * 19, "\0", "\ud800", "00010101", "99991231", "1e400", "--", "İ"]),
)


@given(st.integers(100, 599), st.binary(max_size=200))
def test_any_bytes_under_any_status(status, content):
    try:
        protocol.read("ka10075", status, {}, content)
    except BrokerError as error:
        assert error.tr == "ka10075"


@given(st.dictionaries(st.sampled_from(["return_code", "return_msg", "returnCode", "oso", "x"]), values))
def test_any_json(fields):
    try:
        protocol.rows(protocol.read("ka10075", 200, {}, json.dumps(fields).encode()), "oso")
    except BrokerError as error:
        assert error.tr == "ka10075"


def test_bottomless_json():
    with pytest.raises(Unreadable):
        protocol.read("ka10075", 200, {}, b"[" * 100_000)


@given(st.text(max_size=40))
def test_any_date_header(text):
    moment = protocol.sent_at({"date": text})
    assert moment is None or moment.tzinfo is not None


@pytest.mark.parametrize("date", ["Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 +0900", "32 Foo"])
def test_dates_at_the_end_of_time(date):
    moment = protocol.sent_at({"date": date})
    assert moment is None or moment.tzinfo is not None


@pytest.mark.parametrize(("tr_id", "ask"), EACH, ids=CALLS)
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_call_with_any_field_gone_mad(tr_id, ask, data):
    """F-11: of every call and any field: a value, or an error that names the TR."""
    field = data.draw(st.sampled_from(sorted(set(flat(REPLIES[tr_id])))))
    value = data.draw(odd_text | scalars)
    stage = Stage()
    stage[tr_id] = httpx.Response(
        200,
        content=json.dumps(
            {"return_code": 0, "return_msg": "", **changed(REPLIES[tr_id], field, value)}
        ).encode(),
    )
    try:
        ask(stage.client())
    except BrokerError as error:
        assert error.tr == tr_id


@given(st.text(max_size=60) | values.map(json.dumps))
def test_any_frame(raw):
    try:
        frames.decode(raw.encode(errors="replace"), NOW)
    except Unreadable:
        return


@given(data=st.data(), kind=st.sampled_from(["0B", "00", "04"]))
def test_any_fid_gone_mad(data, kind):
    told = {"0B": TICK, "00": ORDER, "04": BALANCE}[kind]
    fid, value = data.draw(st.sampled_from(sorted(told))), data.draw(odd_text | scalars)
    try:
        (event,) = frames.decode(frame(entry(kind, told | {fid: value})).encode(errors="replace"), NOW)
    except Unreadable:
        assert isinstance(value, float)  # JSON has no infinity
    else:
        assert event is not None


@given(odd_text, odd_text)
def test_any_token(text, ends):
    stage = Stage()
    stage["au10001"] = said({"token": text, "expires_dt": ends})
    try:
        client = stage.client()
        assert client.token().text
        stage["ka10075"] = {"oso": []}
        client.call("ka10075")
    except BrokerError as error:
        assert error.tr == "au10001"
