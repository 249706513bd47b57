"""What pages want, shared among the broker's 200 item slots."""

from unittest import mock

import pytest

from market import demand
from market.demand import Following, followed, plan, want
from market.topics import ALWAYS, is_topic, place_of_item, places_in, types_for


def test_price_and_tape_of_a_symbol_are_one_registration() -> None:
    wanted = plan([], ["quote:005930", "prints:005930"], "_AL")
    assert wanted.registrations - ALWAYS == {("0B", "005930_AL")}


def test_pages_with_a_book_open_come_before_lists_of_prices() -> None:
    prices = [f"quote:{n:06d}" for n in range(10)]
    wanted = plan([], [*prices, "book:005930", "firms:005930"], limit=4)
    assert {("0D", "005930"), ("0F", "005930"), ("0B", "000000")} <= wanted.registrations
    assert wanted.waiting == tuple(f"{n:06d}" for n in range(1, 10))


def test_what_is_only_recorded_takes_what_is_left_and_never_waits() -> None:
    wanted = plan(["000660"], ["quote:005930"], recorded=["035420", "035720"], limit=5)
    assert {("0B", "035420"), ("0D", "035420")} <= wanted.registrations
    assert ("0B", "035720") not in wanted.registrations
    assert wanted.waiting == ()


def test_who_followed_first_stays_and_who_comes_back_stands_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    following, clock = Following(), iter(range(10))
    monkeypatch.setattr(demand, "monotonic", lambda: next(clock))
    assert following.in_order(["quote:B"]) == ["quote:B"]
    assert following.in_order(["quote:A", "quote:B"]) == ["quote:B", "quote:A"]
    following.in_order(["quote:A"])
    assert following.in_order(["quote:B", "quote:A"]) == ["quote:A", "quote:B"]


def test_a_book_is_a_second_type_of_the_same_item() -> None:
    wanted = plan([], ["quote:005930", "book:005930"], limit=3)
    assert {("0B", "005930"), ("0D", "005930")} <= wanted.registrations
    assert wanted.waiting == ()


def test_orders_balance_session_and_both_indexes_are_always_registered() -> None:
    types = {type_ for type_, _ in plan([], []).registrations}
    assert types == {"00", "04", "0s", "0J", "1h"}


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


@pytest.mark.parametrize(
    "text", ["quote:005930", "book:0001A0", "prints:005930@NXT", "index:001", "session", "vi", "vi:005930"]
)
def test_a_page_may_follow(text: str) -> None:
    assert is_topic(text)


@pytest.mark.parametrize(
    "text",
    [
        "quote:",
        "quote:00\n5930",
        "secrets:005930",
        "book:005930@NYSE",
        "index:001@KRX",
        "quote:" + "1" * 40,
        "",
        7,
    ],
)
def test_a_page_may_not_follow(text: object) -> None:
    assert not is_topic(text)


def test_only_shares_are_asked_by_rest() -> None:
    topics = [
        "quote:005930",
        "book:005930",
        "book:005930@NXT",
        "index:001",
        "breadth:001",
        "session",
        "vi:005930",
    ]
    assert places_in(topics) == ["005930", "005930@NXT"]


@pytest.mark.parametrize(
    ("text", "registration"),
    [
        ("quote:005930", ("0B", "005930_AL")),
        ("book:005930@KRX", ("0D", "005930")),
        ("firms:005930@NXT", ("0F", "005930_NX")),
        ("expected:005930", ("0H", "005930_AL")),
        ("after:005930", ("0E", "005930_AL")),
        ("program:005930", ("0w", "005930_AL")),
        ("facts:005930", ("0g", "005930_AL")),
        ("best:005930", ("0C", "005930_AL")),
        ("nav:069500", ("0G", "069500")),
        ("breadth:001", ("0U", "001")),
        ("gold:MGD", ("0I", "MGD")),
    ],
)
def test_each_kind_is_registered_as_the_broker_calls_it(text: str, registration: tuple[str, str]) -> None:
    assert types_for(text, "_AL") == {registration}
    if ":00593" in text:
        assert place_of_item(registration[1], "_AL") == text.partition(":")[2]


def test_venues_of_a_share_are_items_of_their_own() -> None:
    wanted = plan([], ["quote:005930", "quote:005930@KRX", "quote:005930@NXT"], "_AL", limit=4)
    assert wanted.waiting == ("005930@NXT",)


async def test_a_follow_is_forgotten_when_nobody_repeats_it(valkey: str, quiet_end: None) -> None:
    with mock.patch.object(demand, "time", return_value=1_000.0):
        await want("abc", ["quote:005930"])
        assert await followed("abc") == ["quote:005930"]
    with mock.patch.object(demand, "time", return_value=1_000.0 + demand.LASTS + 1):
        assert await followed("abc") == []


async def test_accounts_do_not_see_one_anothers_demand(valkey: str, quiet_end: None) -> None:
    await want("abc", ["quote:005930"])
    assert await followed("xyz") == []
