"""What the account has: holdings and totals (kt00018), positions (ka10085), cash (kt00001); a past day's close
(ka01690)."""

from dataclasses import asdict
from datetime import date

from django.utils import timezone

from kiwoomweb.broker import domain
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls import account as calls
from orders.services.recording import Listing
from portfolio.models import Balance, ClosingBalance, ClosingHolding, Deposit, Holding, Position
from portfolio.services.reading.question import Question

__all__ = ["balance", "closing", "deposit", "positions"]


def balance(broker: Broker, question: Question) -> list[Listing]:
    """Holdings and their totals. A holding that was sold leaves the list, so it may shrink."""
    told = calls.balance(broker)
    mine = {"account_id": question.account_id, "day": question.day}
    lines = [Holding(**mine, **_lot(asdict(line), line.credit, line.loan_date)) for line in told.holdings]
    totals = {name: value for name, value in asdict(told).items() if name != "holdings"}
    short = told.cost != sum(line.cost for line in told.holdings)
    where = (question.account_id, question.day)
    header = Balance(**mine, **totals, read_at=timezone.now(), told_at=question.at)
    return [
        Listing("kt00018", Holding, *where, lines, mine, short=short, grows=False),
        Listing("kt00018", Balance, *where, [header], mine),
    ]


def positions(broker: Broker, question: Question) -> list[Listing]:
    """Holdings with today's realised result, sold-out ones included."""
    told = calls.positions(broker)
    mine = {"account_id": question.account_id, "day": question.day}
    rows = [Position(**mine, **_lot(asdict(line), line.credit, line.loan_date)) for line in told]
    return [Listing("ka10085", Position, question.account_id, question.day, rows, mine, grows=False)]


def deposit(broker: Broker, question: Question) -> list[Listing]:
    """Cash, now and after the next settlements."""
    told: domain.Deposit = calls.deposit(broker)
    mine = {"account_id": question.account_id, "day": question.day}
    rows = [Deposit(**mine, **asdict(told), told_at=question.at)]
    return [Listing("kt00001", Deposit, question.account_id, question.day, rows, mine)]


def closing(broker: Broker, question: Question) -> list[Listing]:
    """The day's close. Nothing where the broker has no such day; short where lines miss their total."""
    told = calls.closing(broker, question.day)
    if told is None:
        return []
    mine = {"account_id": question.account_id, "day": question.day}
    where = (question.account_id, question.day)
    lines = [ClosingHolding(**mine, **asdict(line)) for line in told.lines]
    totals = {name: value for name, value in asdict(told).items() if name != "lines"}
    short = told.value != sum(line.value for line in told.lines)
    return [
        Listing("ka01690", ClosingHolding, *where, lines, mine, short=short),
        Listing("ka01690", ClosingBalance, *where, [ClosingBalance(**mine, **totals)], mine, is_header=True),
    ]


def _lot(columns: dict[str, object], credit: str, loan_date: date | None) -> dict[str, object]:
    """The line's columns, with 신용구분 and 대출일 as one name of the lot; blank for cash."""
    kept = {name: value for name, value in columns.items() if name not in ("credit", "loan_date")}
    return {**kept, "lot": f"{credit} {loan_date}" if loan_date else ""}
