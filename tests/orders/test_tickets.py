"""A ticket goes into a JSON column and comes back the same."""

from datetime import date, datetime

from kiwoomweb.broker.domain import SEOUL, Side, Venue
from kiwoomweb.broker.domain.ordering import CreditKind, OrderKind
from orders.tickets import Kind, Reason, SeenQuote, Ticket

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=SEOUL)
FULL = Ticket(
    Kind.MODIFY,
    "005930",
    Side.SELL,
    0,
    price=70_000,
    order_kind=OrderKind.STOP_LIMIT,
    venue=Venue.SOR,
    stop_price=69_000,
    credit=CreditKind.LOAN,
    loan_day=date(2026, 10, 1),
    target_no="0000139",
    target_version=3,
    quote=SeenQuote(70_100, 70_000, None, NOW),
    reason=Reason("돌파", 65_000, 80_000, "거래량"),
    answers=("C11",),
    shown_at=NOW,
)


def test_a_ticket_survives_the_database() -> None:
    assert Ticket.from_json(FULL.as_json()) == FULL
    plain = Ticket(Kind.PLACE, "005930", Side.BUY, 1)
    assert Ticket.from_json(plain.as_json()) == plain


def test_any_difference_is_another_digest() -> None:
    assert FULL.answered("C11").digest == FULL.digest
    assert FULL.answered("C05").digest != FULL.digest
