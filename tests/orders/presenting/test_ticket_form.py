"""What is typed into a ticket, and what it says."""

from django.http import QueryDict

from kiwoomweb.broker.domain import OrderKind, Side, Venue
from orders.presenting.sentence import sentence
from orders.presenting.ticket_form import TicketForm
from orders.tickets import Kind, Reason, Ticket

PLAIN = {"kind": "place", "symbol": "005930", "side": "buy", "quantity": "10", "price": "71,200"}


def read(**said: str) -> TicketForm:
    typed = QueryDict(mutable=True)
    typed.update({**PLAIN, **said})
    return TicketForm(typed)


def test_numbers_are_read_as_people_write_them() -> None:
    form = read(quantity="1,500주", price="7만")
    assert form.is_valid()
    assert (form.ticket.quantity, form.ticket.price) == (1_500, 70_000)


def test_half_an_order_says_what_is_missing() -> None:
    assert list(read(quantity="").errors) == ["quantity"]
    assert list(read(price="").errors) == ["price"]
    assert list(read(order_kind="stop_limit").errors) == ["stop_price"]
    assert list(read(price="많이").errors) == ["price"]


def test_a_market_order_has_no_price_whatever_stands_in_the_field() -> None:
    form = read(order_kind="market")
    assert form.is_valid()
    assert (form.ticket.price, form.ticket.order_kind) == (None, OrderKind.MARKET)


def test_a_stop_above_and_a_target_below_the_price_of_a_purchase_are_slips() -> None:
    assert list(read(stop="71,200").errors) == ["stop"]
    assert list(read(target="71,000").errors) == ["target"]


def test_the_quote_before_their_eyes_and_the_reason_go_along() -> None:
    form = read(seen_price="71200", seen_at="1795656600000", setup="눌림목", stop="70,000", words=" 20일선 ")
    assert form.is_valid()
    assert form.ticket.quote is not None
    assert form.ticket.quote.price == 71_200
    assert form.ticket.reason == Reason("눌림목", 70_000, None, "20일선")


def test_the_same_fields_are_the_same_ticket() -> None:
    one, two = read(venue="SOR"), read(venue="SOR")
    assert one.is_valid()
    assert two.is_valid()
    assert one.ticket.digest == two.ticket.digest


def test_the_sentence_says_what_will_happen() -> None:
    buy = Ticket(Kind.PLACE, "005930", Side.BUY, 10, price=71_200, venue=Venue.SOR)
    assert sentence(buy, "삼성전자") == "삼성전자 10주 71,200원 지정가 매수"
    market = Ticket(Kind.PLACE, "005930", Side.SELL, 3, order_kind=OrderKind.MARKET)
    assert sentence(market, "삼성전자") == "삼성전자 3주 시장가 매도"
    cancel = Ticket(Kind.CANCEL, "005930", Side.BUY, 0, target_no="0000138")
    assert sentence(cancel, "삼성전자") == "삼성전자 매수 주문 0000138 남은 수량 전부 취소"
