"""Every share has one class: how much cover an order needs and whether the broker lends on it."""

from kiwoomweb.simulator.flows.classes import CREDIT_COVER, class_of
from kiwoomweb.simulator.universe import from_names, our_universe


def test_every_share_has_a_margin_and_only_covered_ones_are_lent_on() -> None:
    for about in our_universe().instruments.values():
        found = class_of(about)
        assert found.margin in (20, 30, 40, 100)
        assert found.on_credit == (found.margin < 100)
        assert found.cover == CREDIT_COVER.get(found.credit, 100)


def test_all_credit_classes_and_margins_occur() -> None:
    strangers = from_names(f"{number:06d}" for number in range(0, 4_000, 10)).instruments.values()
    found = [class_of(about) for about in strangers]
    assert {one.credit for one in found} == {"A", "B", "C", "D", "E", ""}
    assert {one.margin for one in found} == {20, 30, 40, 100}


def test_a_geared_fund_is_paid_in_full() -> None:
    assert class_of(our_universe().instruments["122630"]).margin == 100


def test_cover_is_worth_less_than_the_price_and_nothing_where_there_is_no_credit() -> None:
    instruments = our_universe().instruments
    assert class_of(instruments["005930"]).substitute(60_000) == 48_000
    assert class_of(instruments["114800"]).substitute(3_400) == 0
