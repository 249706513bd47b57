"""Any order and any number of the same raw replies make one journal, to the last byte that is told."""

from collections.abc import Iterator
from datetime import date
from random import Random

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.operation.drills.journal.permuting import hashes_of, recorded
from kiwoomweb.simulator.serve import Running
from orders.models import Fill
from portfolio.models import CashFlow, RealisedDay, Sale, Trade
from portfolio.selectors.canonical import canonical_hash, canonical_rows
from tests.people import make_account

#: By command a thousand: ``manage.py drill journal``.
TIMES = 60


def late_days(broker: Running) -> list[date]:
    """Some days on which something was sold, whose money has been booked."""
    now = broker.clock.now().date()
    days = broker.call(lambda exchange: exchange.realised_days(date.min, now))
    return [one.day for one in days if one.has_sales][-6:-3]


def strangers(account: Account, count: int) -> Iterator[Account]:
    for number in range(count):
        yield make_account(account.team, f"계좌 {number}", f"70{number:08}")


def test_any_order_and_number_of_the_same_replies_is_one_journal(simulated: Account, broker: Running) -> None:
    recording = recorded(gateway.broker_for(simulated), simulated.pk, late_days(broker))
    hashes = list(hashes_of(recording, strangers(simulated, TIMES), Random(4)))
    assert len(hashes) == TIMES
    assert len(set(hashes)) == 1
    one = Account.objects.get(number="7000000000")
    for kind in (Fill, Sale, RealisedDay, CashFlow, Trade):
        assert kind.objects.filter(account=one).exists()


def test_the_hash_sees_a_single_won(simulated: Account, broker: Running) -> None:
    recording = recorded(gateway.broker_for(simulated), simulated.pk, late_days(broker))
    (one, other) = hashes_of(recording, strangers(simulated, 2), Random(1))
    assert one == other
    account = Account.objects.get(number="7000000001")
    before = canonical_rows(account)
    fill = Fill.objects.current().filter(account=account).first()
    Fill.objects.filter(pk=fill.pk).update(amount=fill.amount + 1)
    assert canonical_hash(account) != one
    assert len(set(before) ^ set(canonical_rows(account))) == 2
