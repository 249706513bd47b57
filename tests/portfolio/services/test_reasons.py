"""Why an order was given becomes the journal's entry once it has filled; what people wrote is never touched."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import Side
from orders.models import Intent
from orders.states import State
from orders.tickets import Kind, Reason, Ticket
from portfolio.models import Note, Review, Tag, TagGroup, Trade
from portfolio.services.reviews.reasons import carry
from portfolio.services.reviews.saving import save
from tests.people import Person

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
WHY = Reason("눌림목", 70_000, 78_000, "20일선에서 기다렸다")


def an_order(account: Account, person: Person, number: str, reason: Reason | None, **more: object) -> Intent:
    ticket = Ticket(Kind.PLACE, "005930", Side.BUY, 10, price=72_000, reason=reason)
    now = timezone.now()
    told = {"kind": ticket.kind, "symbol": "005930", "side": "buy", "quantity": 10, "price": 72_000}
    told |= {"order_kind": "limit", "venue": "KRX", "ticket_json": ticket.as_json(), "created_by": person.user}
    told |= {"made_at": now, "state_at": now, "expires_at": now + timedelta(seconds=15), "state": State.FILLED}
    environment = account.environment
    return Intent.objects.create(
        account=account, environment=environment, key=f"key-{number}", day=DAY, order_no=number, **told, **more
    )


def a_trade(account: Account, number: str) -> Trade:
    told = {"state": Trade.State.OPEN, "opened_day": DAY, "opening_order": number, "derived_at": timezone.now()}
    return Trade.objects.create(
        account=account,
        symbol="005930",
        name="삼성전자",
        max_quantity=10,
        open_quantity=10,
        bought=720_000,
        **told,
    )


@pytest.fixture
def setup(account: Account) -> Tag:
    kind = TagGroup.Kind.SETUP
    group = TagGroup.objects.create(team=account.team, kind=kind, name="셋업", created_at=timezone.now())
    return Tag.objects.create(group=group, name="눌림목", created_at=timezone.now())


def test_setup_stop_target_and_words_are_there_without_typing(
    account: Account, trader: Person, setup: Tag
) -> None:
    an_order(account, trader, "0000138", WHY)
    trade = a_trade(account, "0000138")
    carry(account.pk, {trade.pk}, {DAY})
    review = Review.objects.get(trade=trade)
    assert (review.setup, review.planned_stop, review.planned_target) == (
        setup,
        Decimal(70_000),
        Decimal(78_000),
    )
    assert Note.objects.get(trade=trade).versions.get().text == "20일선에서 기다렸다"
    carry(account.pk, {trade.pk}, {DAY})
    assert Note.objects.get(trade=trade).versions.count() == 1


def test_a_changed_order_keeps_the_reason_of_the_first(account: Account, trader: Person, setup: Tag) -> None:
    first = an_order(account, trader, "0000138", WHY)
    an_order(account, trader, "0000140", None, target=first)
    trade = a_trade(account, "0000140")
    carry(account.pk, {trade.pk}, {DAY})
    assert Review.objects.get(trade=trade).setup == setup


def test_what_somebody_has_written_stays(account: Account, trader: Person, setup: Tag) -> None:
    an_order(account, trader, "0000138", WHY)
    trade = a_trade(account, "0000138")
    save(account, trade, {"planned_stop": "71000"}, based_on=0, author=trader.user)
    carry(account.pk, {trade.pk}, {DAY})
    review = Review.objects.get(trade=trade)
    assert (review.setup, review.planned_stop) == (None, Decimal(71_000))
