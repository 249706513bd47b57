"""The account's books: booked rows (kt00015), worth by day (kt00002), executions of a day (kt00009)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from kiwoomweb.broker import domain
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls import account as calls
from kiwoomweb.broker.domain import SEOUL, Side
from orders.models import Execution, Turnover, credit_of
from orders.services.recording import Listing, Rejection
from portfolio.models import CashFlow, CashKind, DayWorth
from portfolio.services.reading.classifying import direction_of, kind_of
from portfolio.services.reading.question import Question

__all__ = ["cash_flows", "day_worths", "executions"]

#: A question about one day looks so far back: money also moves on days on which nobody asks.
LOOKING_BACK = timedelta(days=10)

SIDES = {CashKind.BUY: Side.BUY, CashKind.SELL: Side.SELL}


def cash_flows(broker: Broker, question: Question) -> list[Listing]:
    """위탁종합거래내역 by day of booking, and what it says was traded, exact to the won."""
    first = question.first - LOOKING_BACK if question.first == question.last else question.first
    told = calls.booked(broker, first, question.last)
    reasons = [(_contradiction(row, first, question.last), row) for row in told]
    good = [row for reason, row in reasons if not reason]
    rejected = tuple(Rejection(reason, _as_text(row)) for reason, row in reasons if reason)
    flows = _flows(question.account_id, good)
    where, span = (question.account_id, question.last), (first, question.last)
    scope = {"account_id": question.account_id, "settled_on__range": span}
    sums = {"account_id": question.account_id, "source": "kt00015", "booked_on__range": span}
    turnovers = _turnovers(question.account_id, flows)
    return [
        Listing("kt00015", CashFlow, *where, flows, scope, rejected=rejected),
        Listing("kt00015", Turnover, *where, turnovers, sums, whole=not rejected),
    ]


def _contradiction(row: domain.BookedRow, first: date, last: date) -> str:
    if not first <= row.settled_on <= last:
        return _("물어본 기간 밖의 날짜입니다.")
    if any(value is not None and value < 0 for value in (row.unit_price, row.quantity, row.gross, row.settled)):
        return _("금액, 단가나 수량이 음수입니다.")
    if row.day > row.settled_on:
        return _("결제일이 체결일보다 빠릅니다.")
    return ""


def _flows(account_id: int, rows: Iterable[domain.BookedRow]) -> list[CashFlow]:
    flows, before = [], None
    for row in rows:
        sign = direction_of(row, before)
        before = row.balance
        columns = asdict(row)
        at, settled = columns.pop("at"), columns.pop("settled")
        columns |= {"symbol": row.symbol or "", "kind": kind_of(row)}
        flow = CashFlow(account_id=account_id, **columns)
        flow.amount = None if sign is None else sign * settled
        flow.booked_at = datetime.combine(row.settled_on, at, tzinfo=SEOUL) if at else None
        flows.append(flow)
    return flows


def _turnovers(account_id: int, flows: Iterable[CashFlow]) -> list[Turnover]:
    """Quantity and amount of each symbol and side by trading day; a row without both proves nothing."""
    sums: dict[tuple[date, date, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for flow in flows:
        side = SIDES.get(CashKind(flow.kind))
        if side and flow.symbol and flow.quantity and flow.gross:
            total = sums[flow.day, flow.settled_on, flow.symbol, side.value]
            total[0] += flow.quantity
            total[1] += flow.gross
    return [
        Turnover(
            account_id=account_id,
            source="kt00015",
            day=day,
            booked_on=booked_on,
            symbol=symbol,
            side=side,
            quantity=quantity,
            amount=amount,
        )
        for (day, booked_on, symbol, side), (quantity, amount) in sums.items()
    ]


def day_worths(broker: Broker, question: Question) -> list[Listing]:
    """일별추정예탁자산 of a span of calendar days."""
    told = calls.worth(broker, question.first, question.last)
    good = [one for one in told if question.first <= one.day <= question.last]
    strays = [Rejection(_("물어본 기간 밖의 날짜입니다."), _as_text(one)) for one in told if one not in good]
    rows = [DayWorth(account_id=question.account_id, **asdict(one)) for one in good]
    scope = {"account_id": question.account_id, "day__range": (question.first, question.last)}
    where = (question.account_id, question.last)
    return [Listing("kt00002", DayWorth, *where, rows, scope, rejected=tuple(strays))]


def executions(broker: Broker, question: Question) -> list[Listing]:
    """계좌별주문체결현황 of one day: single executions where it tells them, and the exact sums above its rows.

    Nobody has documented whether a row is an execution or an order (PROTOCOL 6.20). Rows are executions only if
    some order of the list has several of them, each with a number of its own; else they only say what was
    executed in all, and an averaged row is never taken for a fill.
    """
    told = calls.executions_on(broker, question.day)
    rejected = tuple(
        Rejection(_("체결단가가 음수이거나 없습니다."), _as_text(line))
        for line in told.lines
        if line.quantity and line.price <= 0
    )
    lines = [line for line in told.lines if line.quantity and line.price > 0]
    mine = {"account_id": question.account_id, "day": question.day}
    where, sums = (question.account_id, question.day), {**mine, "source": "kt00009"}
    single = [_execution(question, line) for line in lines] if _is_itemised(lines) else []
    short = not rejected and _is_short(told, lines)  # refused rows are missing for a reason
    return [
        Listing("kt00009", Turnover, *where, _sums(question, told, lines), sums, whole=not rejected),
        Listing("kt00009", Execution, *where, single, mine, short=short, rejected=rejected),
    ]


def _is_itemised(lines: Iterable[domain.ExecutionLine]) -> bool:
    numbers: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        numbers[line.order_no].add(line.fill_no)
    return any(len(found - {""}) > 1 for found in numbers.values())


def _is_short(told: domain.Executions, lines: Iterable[domain.ExecutionLine]) -> bool:
    """Whether the header knows of more than the rows, beyond what averages cut to whole won explain."""
    for side, total in ((Side.SELL, told.sold), (Side.BUY, told.bought)):
        mine = [line for line in lines if line.side is side]
        summed = sum((line.price * line.quantity for line in mine), Decimal(0))
        if total is not None and abs(total - summed) > sum(line.quantity for line in mine):
            return True
    return False


def _execution(question: Question, line: domain.ExecutionLine) -> Execution:
    return Execution(
        account_id=question.account_id,
        day=question.day,
        order_no=line.order_no,
        fill_no=line.fill_no,
        symbol=line.symbol,
        name=line.name,
        side=line.side.value,
        credit=credit_of(line.label),
        quantity=line.quantity,
        price=line.price,
        filled_at=datetime.combine(question.day, line.at, tzinfo=SEOUL) if line.at else None,
        venue=line.venue.value,
    )


def _sums(question: Question, told: domain.Executions, lines: Iterable[domain.ExecutionLine]) -> list[Turnover]:
    """The header's exact amounts, by side of the whole day."""
    return [
        Turnover(
            account_id=question.account_id,
            source="kt00009",
            day=question.day,
            booked_on=question.day,
            symbol="",
            side=side.value,
            quantity=sum(line.quantity for line in lines if line.side is side),
            amount=total,
        )
        for side, total in ((Side.SELL, told.sold), (Side.BUY, told.bought))
        if total
    ]


def _as_text(row: domain.BookedRow | domain.WorthOfDay | domain.ExecutionLine) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(row).items()}
