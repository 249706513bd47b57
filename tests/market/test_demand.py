"""What pages want, shared among the broker's 200 item slots."""

from unittest import mock

import pytest

from market import demand
from market.demand import followed, plan, want
from market.topics import ALWAYS, is_topic, symbols_in


def test_price_and_tape_of_a_symbol_are_one_registration() -> None:
    wanted = plan([], ["quote:005930", "prints:005930"], "_AL")
    assert wanted.registrations - ALWAYS == {("0B", "005930_AL")}


def test_a_book_is_a_second_type_of_the_same_item() -> None:
    wanted = plan([], ["quote:005930", "book:005930"], limit=3)
    assert {("0B", "005930"), ("0D", "005930")} <= wanted.registrations
    assert wanted.waiting == ()


def test_orders_balance_session_and_both_indexes_are_always_registered() -> None:
    types = {type_ for type_, _ in plan([], []).registrations}
    assert types == {"00", "04", "0s", "0J"}


def test_own_holdings_come_before_what_pages_follow() -> None:
    wanted = plan(["000660"], ["quote:005930", "quote:035420"], limit=4)
    assert ("0B", "000660") in wanted.registrations
    assert ("0B", "005930") in wanted.registrations
    assert wanted.waiting == ("035420",)


def test_no_more_than_two_hundred_items_are_ever_registered() -> None:
    topics = [f"quote:{n:06d}" for n in range(500)]
    wanted = plan([], topics)
    assert len({item for _, item in wanted.registrations if item}) == 200
    assert len(wanted.waiting) == 302


@pytest.mark.parametrize("text", ["quote:005930", "book:0001A0", "prints:005930", "index:001", "session"])
def test_a_page_may_follow(text: str) -> None:
    assert is_topic(text)


@pytest.mark.parametrize(
    "text", ["quote:", "quote:00\n5930", "secrets:005930", "quote:" + "1" * 40, "", 7, None]
)
def test_a_page_may_not_follow(text: object) -> None:
    assert not is_topic(text)


def test_only_shares_are_asked_by_rest() -> None:
    assert symbols_in(["quote:005930", "book:005930", "index:001", "session"]) == ["005930"]


async def test_a_follow_is_forgotten_when_nobody_repeats_it(valkey: str, quiet_end: None) -> None:
    with mock.patch.object(demand, "time", return_value=1_000.0):
        await want("abc", ["quote:005930"])
        assert await followed("abc") == ["quote:005930"]
    with mock.patch.object(demand, "time", return_value=1_000.0 + demand.LASTS + 1):
        assert await followed("abc") == []


async def test_accounts_do_not_see_one_anothers_demand(valkey: str, quiet_end: None) -> None:
    await want("abc", ["quote:005930"])
    assert await followed("xyz") == []
