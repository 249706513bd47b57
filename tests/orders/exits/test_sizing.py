"""How much exits may sell: whatever is asked for, all of them together never more than is held and free."""

from hypothesis import given
from hypothesis import strategies as st

from orders.exits.sizing import Stock, Stocks


def test_all_is_what_no_open_order_sells_already() -> None:
    assert Stocks({"005930": Stock(held=100, leaving=30)}).take("005930", None) == 70


def test_a_second_plan_finds_only_what_the_first_has_left() -> None:
    stocks = Stocks({"005930": Stock(held=100)})
    assert [stocks.take("005930", 70), stocks.take("005930", 70), stocks.take("005930", 70)] == [70, 30, 0]


def test_what_nobody_knows_to_be_held_is_not_sold() -> None:
    assert Stocks().take("005930", 10) == 0


def test_more_on_its_way_out_than_is_held_leaves_nothing_to_sell() -> None:
    assert Stocks({"005930": Stock(held=10, leaving=30)}).take("005930", 5) == 0


amounts = st.integers(0, 1_000)


@given(amounts, amounts, st.lists(st.none() | st.integers(1, 1_000), max_size=8))
def test_plans_together_never_sell_more_than_is_free(held: int, leaving: int, wants: list[int | None]) -> None:
    stocks = Stocks({"005930": Stock(held, leaving)})
    sold = sum(stocks.take("005930", wanted) for wanted in wants)
    assert 0 <= sold <= max(held - leaving, 0)
