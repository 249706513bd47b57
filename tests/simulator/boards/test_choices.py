"""Every choice the guide lists is answered, and nothing else is."""

import pytest

from kiwoomweb.broker import catalogue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.refusals import Refusal
from kiwoomweb.simulator.replies.boards import REPLIES
from tests.simulator.boards.asking import said


@pytest.mark.parametrize("tr", sorted(REPLIES))
def test_each_choice_is_answered_and_a_wrong_one_is_not(at_two: Exchange, tr: str) -> None:
    for field in catalogue.find(tr).request:
        if field.choices and not field.lookup:
            for code in field.choices:
                said(at_two, tr, most=1, **{"stk_cd": "005930", field.name: code})
            with pytest.raises(Refusal, match="1517"):
                said(at_two, tr, **{field.name: "ZZ"})


@pytest.mark.parametrize("tr", sorted(REPLIES))
def test_a_field_left_out_is_named(at_two: Exchange, tr: str) -> None:
    for field in catalogue.find(tr).request:
        if field.required:
            with pytest.raises(Refusal, match=f"1511.*{field.name}"):
                said(at_two, tr, **{field.name: ""})


@pytest.mark.parametrize("tr", sorted(REPLIES))
def test_nonsense_where_a_number_belongs_is_refused_and_not_an_accident(at_two: Exchange, tr: str) -> None:
    """Whatever a field holds, the answer is a reply or a refusal."""
    for field in catalogue.find(tr).request:
        for nonsense in ("-1", "0", "99999999", "가", "1.5", "%", "²"):
            try:
                said(at_two, tr, most=1, **{field.name: nonsense})
            except Refusal as no:
                assert no.code in {"1511", "1517", "1902"}
