"""How a day ran: each fill in its place, the sum of what was realised, trades as they were on the day."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from kiwoomweb.broker.domain import SEOUL
from market.analytics.bars import PlainBar, pack
from market.models import KeptBars
from orders.models import Fill
from portfolio.figures.course import course_figure
from portfolio.selectors.day_course import course_of, day_trades, index_lines
from portfolio.services.trades.catching_up import derive_anew

DAY = date(2026, 11, 20)
BEFORE = date(2026, 11, 19)


@pytest.fixture
def filled(account):
    """A fill of 삼성전자, or of another share."""
    numbers = iter(range(1, 100))

    def fill(day, clock, side, quantity, price, *, of=("005930", "삼성전자")):
        hour, minute = map(int, clock.split(":"))
        Fill.objects.create(
            account=account,
            day=day,
            recorded_at=timezone.now(),
            order_no=f"{next(numbers):07}",
            fill_no="1",
            symbol=of[0],
            name=of[1],
            side=side,
            quantity=quantity,
            price=price,
            amount=quantity * price,
            filled_at=datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL),
            venue="KRX",
        )

    return fill


@pytest.fixture
def two_days(account, filled):
    """Yesterday 10 at 1,000; today 4 more at 1,100, half sold at 1,200; another share at a loss.

    The average is (10 x 1,000 + 4 x 1,100) / 14 = 1,028.57...; the broker cuts the cost of 7 sold to 7,200:
    7 x 1,200 - 7,200 = 1,200. The other share: 5 x 900 - 5 x 1,000 = -500. Together 700.
    """
    filled(BEFORE, "10:00", "buy", 10, 1_000)
    filled(DAY, "9:10", "buy", 4, 1_100)
    filled(DAY, "9:30", "sell", 7, 1_200)
    filled(DAY, "10:00", "buy", 5, 1_000, of=("000660", "SK하이닉스"))
    filled(DAY, "10:20", "sell", 5, 900, of=("000660", "SK하이닉스"))
    derive_anew(account.pk)


def test_the_result_runs_from_fill_to_fill(account, two_days):
    steps = course_of(account, DAY)

    assert [(step.name, step.realised, step.running) for step in steps] == [
        ("삼성전자", None, 0),
        ("삼성전자", 1_200, 1_200),
        ("SK하이닉스", None, 1_200),
        ("SK하이닉스", -500, 700),
    ]


def test_trades_are_listed_as_they_were_on_the_day(account, two_days):
    found = {one.trade.name: one for one in day_trades(account, DAY)}

    assert found["삼성전자"].trade.state == "open"
    assert found["삼성전자"].slice.sold_quantity == 7
    assert found["SK하이닉스"].trade.state == "closed"
    assert [one.slice for one in day_trades(account, BEFORE)] == [None]


def test_a_trade_that_was_only_added_to_is_among_the_days_trades(account, filled):
    filled(BEFORE, "10:00", "buy", 10, 1_000)
    filled(DAY, "9:10", "buy", 4, 1_100)
    derive_anew(account.pk)

    assert [one.trade.opened_day for one in day_trades(account, DAY)] == [BEFORE]


def test_a_day_without_trades_has_no_course(account):
    assert (course_of(account, DAY), day_trades(account, DAY), index_lines(account, DAY)) == ((), (), ())


def test_the_indices_are_told_in_percent_of_their_first_minute(account):
    begun = int(datetime(2026, 11, 20, 9, tzinfo=SEOUL).timestamp())
    bars = [
        PlainBar(begun, 100_00, 101_00, 99_00, 100_00, 1),
        PlainBar(begun + 60, 100_00, 103_00, 100_00, 102_00, 1),
    ]
    KeptBars.objects.create(
        environment=account.environment,
        symbol="index:001",
        span="minute",
        starts=DAY,
        source="ka20005",
        rows=pack(bars),
        count=2,
    )

    (line,) = index_lines(account, DAY)

    assert (line.code, [value for _at, value in line.points]) == ("001", [0.0, 2.0])


def test_the_figure_is_one_plotly_accepts_and_names_are_text(account, filled):
    import plotly.graph_objects as go

    filled(DAY, "9:10", "buy", 4, 1_100, of=("000001", "<img src=x>"))
    filled(DAY, "9:20", "sell", 4, 1_200, of=("000001", "<img src=x>"))
    derive_anew(account.pk)

    figure = course_figure(course_of(account, DAY), ())

    go.Figure(data=figure["data"], layout=figure["layout"])
    assert "<img" not in str(figure)
