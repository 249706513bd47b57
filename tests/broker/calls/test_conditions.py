"""Condition searches: what a person's own conditions find, now and as it happens."""

import json
from datetime import datetime
from decimal import Decimal

import pytest

from kiwoomweb.broker import frames
from kiwoomweb.broker.calls import conditions as calls
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import SEOUL, Condition, ConditionHit, ScreenerEvent
from kiwoomweb.broker.errors import Unreadable

HIT = {
    "9001": "A005930",
    "302": "삼성전자",
    "10": "000075000",
    "25": "5",
    "11": "-00000100",
    "12": "-00000130",
    "13": "010386116",
    "16": "000075100",
    "17": "000075600",
    "18": "000074700",
}


def test_a_persons_conditions_have_numbers_and_names():
    assert calls.conditions({"data": [["0", "조건1"], {"seq": "1  ", "name": "조건2"}]}) == [
        Condition("0", "조건1"),
        Condition("1", "조건2"),
    ]


def test_a_hit_is_padded_and_its_rate_has_a_point_three_places_in():
    assert calls.hits_of({"data": [HIT]}) == [
        ConditionHit("005930", "삼성전자", 75000, -100, Decimal("-0.13"), 10386116, 75100, 75600, 74700)
    ]


def test_who_is_inside_when_a_watch_begins():
    assert calls.symbols_of({"data": [{"jmcode": "A005930"}, {"jmcode": "A0156T0"}]}) == ["005930", "0156T0"]


def test_a_page_may_have_a_next():
    assert calls.next_of({"cont_yn": "Y", "next_key": "7"}) == "7"
    assert calls.next_of({"cont_yn": "N", "next_key": "7"}) == ""


@pytest.mark.parametrize("row", [None, 7, "x", ["only one"]])
def test_what_is_no_row_is_no_condition(row):
    with pytest.raises(Unreadable):
        calls.conditions({"data": [row]})
    with pytest.raises(Unreadable):
        calls.hits_of({"data": [row]})


@pytest.mark.parametrize(
    ("tr", "question"),
    [
        ("ka10171", calls.LIST_CONDITIONS),
        ("ka10172", calls.search("4")),
        ("ka10173", calls.watch("4")),
        ("ka10174", calls.unwatch("4")),
    ],
)
def test_every_question_has_what_its_tr_asks_for(tr, question):
    fields = {field.name: field for field in find(tr).request}
    assert set(question) <= set(fields)
    assert {name for name, field in fields.items() if field.required} <= set(question)
    for name, sent in question.items():
        assert not fields[name].choices or sent in fields[name].choices


def test_who_comes_in_is_told_while_watched():
    values = {"841": "4", "9001": "005930", "843": "I", "20": "152028", "907": "2"}
    entry = {"values": values, "type": "02", "name": "조건검색", "item": "005930"}
    now = datetime(2026, 9, 14, 15, 20, 30, tzinfo=SEOUL)
    (event,) = frames.decode(json.dumps({"trnm": "REAL", "data": [entry]}), now)
    assert event == ScreenerEvent("4", "005930", True, datetime(2026, 9, 14, 15, 20, 28, tzinfo=SEOUL))
