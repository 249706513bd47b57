"""Orders on the simulator over real HTTP: taken, changed, cancelled, refused, and each doubt told as one."""

import pytest

from kiwoomweb.broker.calls import ordering, orders
from kiwoomweb.broker.calls.gold import gold_quote
from kiwoomweb.broker.client import Client, RawReply
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.domain import CreditKind, OrderKind, Side, Venue
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.ordering_outcome import NotAccepted, Outcome
from kiwoomweb.broker.pacing import Unpaced
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.simulator.serve import Running, running

SHARE, GOLD = "005930", "M04020100"


@pytest.fixture(scope="module")
def serving():
    with running(trader=False, quota=100, order_quota=100, token_quota=100) as broker:
        yield broker


@pytest.fixture
def kept() -> list[RawReply]:
    return []


@pytest.fixture
def client(serving: Running, kept):
    keys = Credentials(serving.keys.app_key, serving.keys.app_secret)
    client = Client(
        keys,
        serving.address,
        tokens=MemoryTokenStore(),
        pacer=Unpaced(),
        environment=Environment.SIMULATOR,
        keep=kept.append,
    )
    yield client
    client.close()
    serving.faults.clear()


def low_of(serving: Running, symbol: str = SHARE) -> int:
    """A price of the day's lower end, at which nothing fills."""
    at = serving.clock.now()
    market = serving.simulator.exchange.market
    return serving.call(lambda exchange: market.grid(symbol).limits(market.base(symbol, at.date()))[0])


def test_an_order_is_placed_changed_and_cancelled(serving, client, kept):
    low = low_of(serving)
    share = {"symbol": SHARE, "venue": Venue.KRX}
    placed = ordering.place(client, side=Side.BUY, quantity=5, kind=OrderKind.LIMIT, price=low, **share)
    changed = ordering.modify(client, order_no=placed.order_no, price=low + 100, quantity=2, **share)
    assert (changed.root_no, changed.quantity) == (placed.order_no, 2)
    gone = ordering.cancel(client, order_no=changed.order_no, **share)
    assert (gone.root_no, gone.quantity) == (placed.order_no, 2)
    left = {one.order_no: one.remaining for one in orders.open_orders(client)}
    assert left[placed.order_no] == 3
    assert changed.order_no not in left
    ordering.cancel(client, order_no=placed.order_no, **share)
    assert [reply.tr for reply in kept if reply.tr.startswith("kt1000")] == [
        "kt10000",
        "kt10002",
        "kt10003",
        "kt10003",
    ]


def test_credit_and_gold_go_through_their_own_doors(serving, client):
    low = low_of(serving)
    loan = ordering.place(
        client,
        side=Side.BUY,
        symbol=SHARE,
        quantity=1,
        kind=OrderKind.LIMIT,
        price=low,
        credit=CreditKind.LOAN,
    )
    assert ordering.cancel(client, order_no=loan.order_no, symbol=SHARE, credit=CreditKind.LOAN).quantity == 1
    quote = gold_quote(client, GOLD)
    gold = ordering.place(
        client, side=Side.BUY, symbol=GOLD, quantity=1, kind=OrderKind.LIMIT, price=quote.lower_limit
    )
    moved = ordering.modify(client, order_no=gold.order_no, symbol=GOLD, price=quote.lower_limit + 10)
    assert (moved.root_no, moved.quantity) == (gold.order_no, 1)
    assert ordering.cancel(client, order_no=moved.order_no, symbol=GOLD).root_no == gold.order_no


def refused(client, **wrong) -> NotAccepted:
    good = {"side": Side.BUY, "symbol": SHARE, "quantity": 1, "kind": OrderKind.LIMIT}
    with pytest.raises(NotAccepted) as told:
        ordering.place(client, **good | wrong)
    return told.value


def test_what_the_ledger_refuses_is_refused(serving, client):
    low = low_of(serving)
    assert refused(client, price=low + 1).judgement.code == "571557"
    told = refused(client, price=low, quantity=10_000_000)
    assert (told.outcome, told.judgement.code) == (Outcome.REJECTED, "855056")


@pytest.mark.parametrize(
    ("fault", "judged"),
    [
        ({"kind": "429"}, (Outcome.REJECTED, "1700")),
        ({"kind": "refuse", "code": "8005"}, (Outcome.REJECTED, "8005")),
        ({"kind": "refuse", "code": "8050"}, (Outcome.REJECTED, "8050")),
        ({"kind": "status"}, (Outcome.UNKNOWN, "")),
        ({"kind": "html"}, (Outcome.UNKNOWN, "")),
        ({"kind": "blocked"}, (Outcome.UNKNOWN, "")),
        ({"kind": "truncated"}, (Outcome.UNKNOWN, "")),
        ({"kind": "reset_before"}, (Outcome.UNKNOWN, "")),
        ({"kind": "reset_after"}, (Outcome.UNKNOWN, "")),
    ],
)
def test_every_fault_is_judged_and_sent_once(serving, client, kept, fault, judged):
    """F-02, F-09, F-14."""
    client.token()
    serving.faults.add(tr="kt10000", **fault)
    told = refused(client, price=low_of(serving))
    assert (told.outcome, told.judgement.code) == judged
    answers = 0 if fault["kind"].startswith("reset") else 1
    assert [reply.tr for reply in kept] == ["kt10000"] * answers
    assert serving.faults.in_force() == []


def test_an_answer_that_cannot_be_kept_is_still_the_brokers_word(serving, client, monkeypatch, caplog):
    def full(_reply):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(client, "_keep", full)
    taken = ordering.place(
        client, side=Side.BUY, symbol=SHARE, quantity=1, kind=OrderKind.LIMIT, price=low_of(serving)
    )
    assert taken.order_no
    assert "could not be kept" in caplog.text


def test_a_token_that_cannot_be_had_is_an_order_not_sent(serving, client):
    serving.faults.add("refuse", tr="au10001", code="8050")
    told = refused(client, price=low_of(serving))
    assert (told.outcome, told.judgement.code) == (Outcome.NOT_SENT, "8050")
