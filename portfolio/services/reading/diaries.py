"""The broker's own journal of one day (ka10170)."""

from dataclasses import asdict

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls import account as calls
from kiwoomweb.broker.domain import Diary, Side
from orders.models import Turnover
from orders.services.recording import Listing
from portfolio.models import DiaryDay, DiaryLine
from portfolio.services.reading.question import Question

__all__ = ["diary"]


def diary(broker: Broker, question: Question) -> list[Listing]:
    """The day's totals and lines; nothing when the broker no longer has the day, which changes no row."""
    told = calls.diary(broker, question.day)
    if told is None:
        return []
    mine = {"account_id": question.account_id, "day": question.day}
    totals = {name: value for name, value in asdict(told).items() if name not in ("day", "lines")}
    lines = [DiaryLine(**mine, **asdict(line)) for line in told.lines]
    sold, bought = sum(line.sold for line in told.lines), sum(line.bought for line in told.lines)
    short = (sold, bought) != (told.sold, told.bought)
    where = (question.account_id, question.day)
    return [
        Listing("ka10170", DiaryLine, *where, lines, mine, short=short),
        Listing("ka10170", DiaryDay, *where, [DiaryDay(**mine, **totals)], mine),
        Listing("ka10170", Turnover, *where, _turnovers(question, told), {**mine, "source": "ka10170"}),
    ]


def _turnovers(question: Question, told: Diary) -> list[Turnover]:
    """What the lines say was traded, exact to the won."""
    sides = [(line.symbol, Side.BUY, line.bought_quantity, line.bought) for line in told.lines]
    sides += [(line.symbol, Side.SELL, line.sold_quantity, line.sold) for line in told.lines]
    common = {
        "account_id": question.account_id,
        "source": "ka10170",
        "day": question.day,
        "booked_on": question.day,
    }
    return [
        Turnover(**common, symbol=symbol, side=side.value, quantity=quantity, amount=amount)
        for symbol, side, quantity, amount in sides
        if quantity
    ]
