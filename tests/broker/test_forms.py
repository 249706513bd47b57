"""Forms: what a person fills in of a request, and the whole that is sent."""

import pytest

from kiwoomweb.broker.catalogue import all_trs, find
from kiwoomweb.broker.forms import asked_of, sent_of


def names(tr):
    return [item.name for item in asked_of(find(tr)).request]


def test_a_question_over_rest_is_asked_whole():
    assert asked_of(find("ka10081")) == find("ka10081")


def test_a_condition_search_names_itself():
    assert names("ka10171") == []
    assert names("ka10172") == ["seq", "search_type", "stex_tp"]
    assert sent_of(find("ka10171"), {}) == {"trnm": "CNSRLST"}
    assert sent_of(find("ka10172"), {"seq": "1", "search_type": "0", "stex_tp": "K"}) == {
        "trnm": "CNSRREQ",
        "cont_yn": "N",
        "next_key": "",
        "seq": "1",
        "search_type": "0",
        "stex_tp": "K",
    }
    assert sent_of(find("ka10174"), {"seq": "1"}) == {"trnm": "CNSRCLR", "seq": "1"}


def test_the_next_page_of_a_search_is_asked_in_the_body():
    told = sent_of(find("ka10172"), {"seq": "1", "cont_yn": "Y", "next_key": "k"})
    assert (told["cont_yn"], told["next_key"]) == ("Y", "k")


@pytest.mark.parametrize("tr", [tr.id for tr in all_trs() if tr.group == "실시간시세"])
def test_a_realtime_type_asks_for_an_item_at_most(tr):
    assert names(tr) in ([], ["item"])
    assert sent_of(find(tr), {"item": "005930"})["type"] == tr


def test_own_orders_and_the_session_need_no_item():
    assert [names(tr) for tr in ("00", "04", "0s")] == [[], [], []]
