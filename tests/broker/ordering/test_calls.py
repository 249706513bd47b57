"""What each order looks like on the wire: every TR, every kind, every venue, judged by the catalogue."""

import json
from datetime import date

import pytest

from kiwoomweb.broker.calls import ordering
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.domain import CreditKind, OrderKind, Side, Venue
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.order_answers import Answer, SendFailed, Step, quietly
from kiwoomweb.broker.ordering_outcome import NotAccepted, Outcome
from kiwoomweb.broker.wire.ordering import KIND_CODES, kind_of

GOLD = "M04020000"


class Door:
    """Takes every order and remembers it."""

    environment = Environment.PAPER

    def __init__(self, **said: object) -> None:
        self.said = {"ord_no": "0000140", "return_code": 0, "return_msg": "완료"} | said
        self.sent: list[tuple[str, dict[str, str]]] = []

    def send_once(self, tr_id, body, *, reached=quietly):
        self.sent.append((tr_id, dict(body)))
        reached(Step.CONNECT)
        return Answer(tr_id, 200, {}, json.dumps(self.said).encode())

    def __call__(self, tr_id: str) -> dict[str, str]:
        assert [tr for tr, _ in self.sent] == [tr_id]
        return self.sent[0][1]


def as_the_guide_says(tr_id: str, body: dict[str, str]) -> None:
    fields = {field.name: field for field in find(tr_id).request}
    assert set(body) <= set(fields)
    assert {name for name, field in fields.items() if field.required} <= {k for k, v in body.items() if v}
    for name, value in body.items():
        assert not value or not fields[name].choices or value in fields[name].choices


@pytest.mark.parametrize("kind", OrderKind)
@pytest.mark.parametrize("venue", [Venue.KRX, Venue.NXT, Venue.SOR])
@pytest.mark.parametrize(
    ("credit", "side", "tr_id"),
    [
        (None, Side.BUY, "kt10000"),
        (None, Side.SELL, "kt10001"),
        (CreditKind.LOAN, Side.BUY, "kt10006"),
        (CreditKind.LOAN, Side.SELL, "kt10007"),
        (CreditKind.LOANS, Side.SELL, "kt10007"),
    ],
)
def test_every_kind_goes_out_as_the_guide_has_it(kind, venue, credit, side, tr_id):
    door = Door()
    repays = side is Side.SELL and credit is CreditKind.LOAN
    receipt = ordering.place(
        door,
        side=side,
        symbol="005930",
        quantity=3,
        kind=kind,
        venue=venue,
        price=60_000 if kind.is_priced else None,
        stop_price=61_000 if kind.is_stop else None,
        credit=credit,
        loan_day=date(2026, 11, 2) if repays else None,
    )
    body = door(tr_id)
    as_the_guide_says(tr_id, body)
    assert kind_of(body["trde_tp"]) is kind
    assert body["dmst_stex_tp"] == venue
    assert body["ord_uv"] == ("60000" if kind.is_priced else "")
    assert body["cond_uv"] == ("61000" if kind.is_stop else "")
    assert body.get("crd_deal_tp") == (None if tr_id != "kt10007" else "33" if repays else "99")
    assert body.get("crd_loan_dt", "") == ("20261102" if repays else "")
    assert receipt.order_no == "0000140"


def test_our_kinds_are_exactly_those_of_the_guide():
    for tr_id in ("kt10000", "kt10001", "kt10006", "kt10007"):
        choices = next(field.choices for field in find(tr_id).request if field.name == "trde_tp")
        assert set(choices) == set(KIND_CODES.values())


@pytest.mark.parametrize(("side", "tr_id"), [(Side.BUY, "kt50000"), (Side.SELL, "kt50001")])
@pytest.mark.parametrize("kind", [OrderKind.LIMIT, OrderKind.LIMIT_IOC, OrderKind.LIMIT_FOK])
def test_gold_has_its_own_door_and_two_digit_kinds(side, tr_id, kind):
    door = Door()
    ordering.place(door, side=side, symbol=GOLD, quantity=1, kind=kind, price=200_000)
    as_the_guide_says(tr_id, door(tr_id))


@pytest.mark.parametrize(
    ("symbol", "credit", "changes", "cancels"),
    [
        ("005930", None, "kt10002", "kt10003"),
        ("005930", CreditKind.LOAN, "kt10008", "kt10009"),
        (GOLD, None, "kt50002", "kt50003"),
    ],
)
def test_changes_and_cancellations_name_the_order_and_zero_is_all(symbol, credit, changes, cancels):
    door = Door(base_orig_ord_no="0000139", mdfy_qty="000000000019")
    receipt = ordering.modify(door, order_no="139", symbol=symbol, price=59_900, credit=credit)
    body = door(changes)
    as_the_guide_says(changes, body)
    assert (body["orig_ord_no"], body["mdfy_qty"], body["mdfy_uv"]) == ("0000139", "0", "59900")
    assert (receipt.order_no, receipt.root_no, receipt.quantity) == ("0000140", "0000139", 19)
    door = Door(base_orig_ord_no="0000139", cncl_qty="000000000007")
    receipt = ordering.cancel(door, order_no="0000139", symbol=symbol, credit=credit)
    as_the_guide_says(cancels, door(cancels))
    assert (door(cancels)["cncl_qty"], receipt.quantity) == ("0", 7)


@pytest.mark.parametrize(
    "wrong",
    [
        {"price": None},
        {"price": 0},
        {"kind": OrderKind.MARKET},
        {"kind": OrderKind.STOP_LIMIT},
        {"stop_price": 61_000},
        {"quantity": 0},
        {"quantity": -1},
        {"venue": Venue.ALL},
        {"symbol": GOLD, "kind": OrderKind.MARKET, "price": None},
        {"symbol": GOLD, "credit": CreditKind.LOAN},
        {"side": Side.SELL, "credit": CreditKind.LOAN},
        {"side": Side.SELL, "credit": CreditKind.LOANS, "loan_day": date(2026, 11, 2)},
    ],
)
def test_what_cannot_be_said_is_never_sent(wrong):
    door = Door()
    good = {"side": Side.BUY, "symbol": "005930", "quantity": 1, "kind": OrderKind.LIMIT, "price": 60_000}
    with pytest.raises(ValueError):
        ordering.place(door, **good | wrong)
    assert door.sent == []


def test_an_echo_that_cannot_be_read_does_not_undo_an_order():
    door = Door(base_orig_ord_no="12x", mdfy_qty="many", dmst_stex_tp=7)
    receipt = ordering.modify(door, order_no="139", symbol="005930", price=59_900)
    assert (receipt.order_no, receipt.root_no, receipt.quantity, receipt.venue) == ("0000140", "", None, None)


def test_a_no_a_doubt_and_a_failed_send_are_told_apart():
    def outcome(door: object) -> Outcome:
        with pytest.raises(NotAccepted) as told:
            ordering.cancel(door, order_no="139", symbol="005930")
        return told.value.outcome

    no = "허용된 요청 개수를 초과하였습니다[1700:유량=5, API ID=kt10003]"
    assert outcome(Door(ord_no="", return_code=5, return_msg=no)) is Outcome.REJECTED
    assert outcome(Door(ord_no="")) is Outcome.UNKNOWN

    class Deaf(Door):
        def send_once(self, tr_id, body, *, reached=quietly):
            raise SendFailed("ConnectTimeout", is_unsent=True, step=Step.CONNECT)

    assert outcome(Deaf()) is Outcome.NOT_SENT
