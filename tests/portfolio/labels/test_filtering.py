"""A filter lives in the address, says what it asks in words, and finds what it asks."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from kiwoomweb.access.models import Account
from portfolio.models import Book, Review, Trade
from portfolio.selectors.filtering import SORTS, TradeFilter, filtered, names_of, neighbours, page_of
from tests.portfolio.labels.trading import carry, day, label, open_trade, trade

TODAY = date(2026, 11, 20)
WORDS = st.sampled_from(
    ["state=open", "state=x", "tag=3", "tag=-1", "tag=٣", "rating=9", "first=2026-13-01", "q=<b>", "period=1m"]
)


def asked(query: str) -> TradeFilter:
    return TradeFilter.parse(query, TODAY)


def found(account: Account, query: str) -> set[int]:
    return set(filtered(account, asked(query)).values_list("pk", flat=True))


def test_nothing_asked_is_empty_and_has_no_query() -> None:
    assert asked("").is_empty
    assert (asked("").query(), asked("").describe()) == ("", "")


def test_equal_filters_have_equal_addresses() -> None:
    assert asked("tag=9&tag=3&state=closed&tag=3").query() == asked("state=closed&tag=3&tag=9").query()
    assert asked("state=closed&tag=3&tag=9").query() == "state=closed&tag=3&tag=9"


def test_a_named_period_stays_a_name_and_moves_with_today() -> None:
    saved = asked("period=1m").query()
    assert saved == "period=1m"
    assert asked(saved).first == date(2026, 10, 21)
    assert TradeFilter.parse(saved, date(2026, 12, 20)).first == date(2026, 11, 21)


def test_days_the_wrong_way_round_are_swapped_and_told() -> None:
    both = asked("first=2026-11-20&last=2026-11-01")
    assert (both.first, both.last) == (date(2026, 11, 1), TODAY)
    assert len(both.told) == 1


@pytest.mark.parametrize(
    "query",
    [
        "state=sold",
        "first=2026-02-30",
        "tag=abc",
        "tag=0",
        "rating=9",
        "book=99999999999999999999",
        "symbol=%27%3B--",
        "period=forever",
        "tag=%F0%9F%98%80",
    ],
)
def test_nonsense_is_left_out_and_told(query: str) -> None:
    assert asked(query).is_empty
    assert len(asked(query).told) == 1


def test_ten_thousand_tags_in_an_address_are_cut_and_told() -> None:
    many = asked("&".join(f"tag={n}" for n in range(1, 900)))
    assert len(many.tags) == 50
    assert len(many.told) == 1


@given(st.lists(WORDS))
def test_whatever_the_address_says_its_canonical_query_says_the_same(words: list[str]) -> None:
    once = TradeFilter.parse(QueryDict("&".join(words)), TODAY)
    assert asked(once.query()) == once
    assert asked(once.query()).told == ()


def test_chips_say_what_is_asked_and_how_to_ask_without_it(account: Account) -> None:
    breakout = label(account, "돌파")
    book = Book.objects.create(account=account, name="단타", created_at="2026-11-01T00:00:00Z")
    query = f"state=closed&result=win&book={book.pk}&tag={breakout.pk}"
    chips = asked(query).chips(names_of(account, asked(query)))
    assert [chip.words for chip in chips] == ["청산", "이익", "단타", "돌파"]
    assert chips[1].query_without == f"state=closed&book={book.pk}&tag={breakout.pk}"
    assert asked("rating=4&reviewed=no&setup=0").describe() == "셋업 없음 · 평점 4 · 복기 전"


def test_a_strangers_tag_has_no_name_here(account: Account, strangers_account: Account) -> None:
    theirs = label(strangers_account, "비밀")
    query = asked(f"tag={theirs.pk}")
    assert query.describe(names_of(account, query)) == f"#{theirs.pk}"


def test_every_condition_finds_its_trades(account: Account, strangers_account: Account) -> None:
    won, lost = trade(account, 0, 5_000), trade(account, 1, -5_000, bought=7_000_000, credit="융자")
    held = open_trade(account, 2, symbol="035720", name="카카오")
    unknown = trade(account, 3, None)
    trade(account, 3, 1, is_void=True)
    trade(strangers_account, 0)
    every = {won.pk, lost.pk, held.pk, unknown.pk}
    assert found(account, "") == every
    assert found(account, f"first={day(2)}") == {held.pk, unknown.pk}
    assert found(account, f"first={day(1)}&last={day(2)}") == {lost.pk, held.pk}
    assert found(account, "state=open&state=unsettled") == {held.pk, unknown.pk}
    assert found(account, "result=win") == {won.pk}
    assert found(account, "result=loss&result=win") == {won.pk, lost.pk}
    assert found(account, "symbol=035720") == found(account, "q=카카") == found(account, "q=0357") == {held.pk}
    assert found(account, "style=swing") == {held.pk}
    assert found(account, "credit=credit") == {lost.pk}
    assert found(account, "size=m") == {lost.pk}
    assert found(account, "style=swing&style=day") == every


def test_conditions_on_what_people_said(account: Account) -> None:
    setup, mistake, tag = (
        label(account, "돌파", "setup"),
        label(account, "추격", "mistake"),
        label(account, "뉴스"),
    )
    one, two, three = trade(account, 0), trade(account, 1), trade(account, 2)
    Review.objects.create(trade=one, setup=setup, rating=4, verdict="early", reviewed_at=one.derived_at)
    Review.objects.create(trade=two)
    carry(one, tag, mistake)
    carry(two, tag)
    assert found(account, f"setup={setup.pk}") == found(account, "rating=4&rating=5") == {one.pk}
    assert found(account, "setup=0") == {two.pk, three.pk}
    assert found(account, f"tag={tag.pk}") == {one.pk, two.pk}
    assert found(account, f"tag={tag.pk}&mistake={mistake.pk}") == {one.pk}
    assert found(account, "verdict=early&reviewed=yes") == {one.pk}
    assert found(account, "reviewed=no") == {two.pk, three.pk}


def test_books_and_no_book(account: Account) -> None:
    book = Book.objects.create(account=account, name="단타", created_at="2026-11-01T00:00:00Z")
    mine, plain = trade(account, 0, book=book), trade(account, 1)
    assert found(account, "book=0") == {plain.pk}
    assert found(account, f"book={book.pk}") == {mine.pk}
    assert found(account, f"book=0&book={book.pk}") == {mine.pk, plain.pk}


def walked(account: Account, sort: str, size: int = 3) -> list[int]:
    """The whole list, page by page."""
    page, seen = page_of(account, asked(""), sort, size=size), []
    while True:
        seen += [one.pk for one in page.trades]
        if not page.has_later:
            return seen
        page = page_of(account, asked(""), sort, after=seen[-1], size=size)


def some(account: Account) -> list[Trade]:
    made = [trade(account, n % 4, (n * 37) % 11 * 100 - 300, max_quantity=n % 3 + 1) for n in range(11)]
    made += [trade(account, n, None, held_minutes=None) for n in range(3)] + [open_trade(account, 5)]
    Review.objects.create(trade=made[2], risk=500)
    Review.objects.create(trade=made[3], risk=700)
    return made


@pytest.mark.parametrize("sort", [sign + key for key in SORTS for sign in ("", "-")])
def test_walking_the_pages_meets_every_trade_once_in_order(account: Account, sort: str) -> None:
    made = some(account)
    whole = [one.pk for one in page_of(account, asked(""), sort, size=100).trades]
    assert sorted(whole) == sorted(one.pk for one in made)
    assert walked(account, sort) == whole


@pytest.mark.parametrize("sort", [sign + key for key in SORTS for sign in ("", "-")])
def test_going_back_meets_the_page_before(account: Account, sort: str) -> None:
    some(account)
    whole = [one.pk for one in page_of(account, asked(""), sort, size=100).trades]
    page = page_of(account, asked(""), sort, before=whole[7], size=3)
    assert [one.pk for one in page.trades] == whole[4:7]
    assert page.has_earlier
    assert page.has_later


@pytest.mark.parametrize("sort", ["-day", "net", "-r"])
def test_neighbours_are_the_rows_beside(account: Account, sort: str) -> None:
    some(account)
    whole = [one.pk for one in page_of(account, asked(""), sort, size=100).trades]
    trades = Trade.objects.in_bulk(whole)
    beside = [neighbours(account, asked(""), trades[pk], sort) for pk in whole]
    assert beside == list(zip([None, *whole], [*whole[1:], None], strict=False))


def test_unknown_results_come_last_in_either_direction(account: Account) -> None:
    unknown, won, lost = trade(account, 0, None), trade(account, 0, 5), trade(account, 0, -5)
    upwards, downwards = (
        [one.pk for one in page_of(account, asked(""), sort).trades] for sort in ("net", "-net")
    )
    assert upwards == [lost.pk, won.pk, unknown.pk]
    assert downwards == [won.pk, lost.pk, unknown.pk]


def test_a_page_after_a_strangers_trade_is_the_first(account: Account, strangers_account: Account) -> None:
    mine, theirs = trade(account), trade(strangers_account)
    assert [one.pk for one in page_of(account, asked(""), after=theirs.pk).trades] == [mine.pk]
