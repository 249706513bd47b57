"""When the broker is silent the last good value stays, with its age; it is never a zero."""

from datetime import UTC, datetime, timedelta
from typing import NoReturn

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL, Candle, Won
from kiwoomweb.broker.errors import BrokerDown, UnknownSymbol
from market.models import AccountEvent, Kept
from market.services.housekeeping import forget_old_events
from market.services.keeping import kept_or_asked

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
CANDLES = [
    Candle(datetime(2026, 11, 20, tzinfo=SEOUL), Won(1), Won(3), Won(1), Won(2), 10, None),
    Candle(datetime(2026, 11, 21, tzinfo=SEOUL), Won(2), Won(4), Won(2), Won(3), None, Won(9_000_000)),
]


def silent() -> NoReturn:
    raise BrokerDown("maintenance")


def aged(what: str, by: timedelta) -> None:
    Kept.objects.filter(what=what).update(at=timezone.now() - by)


def test_an_answer_is_kept_exactly(account: Account) -> None:
    kept_or_asked(account, "c", list[Candle], lambda: CANDLES, MINUTE)
    again = kept_or_asked(account, "c", list[Candle], silent, MINUTE)
    assert again.value == CANDLES
    assert again.trouble == ""


def test_a_silent_broker_leaves_the_last_value_and_says_since_when(account: Account) -> None:
    first = kept_or_asked(account, "c", list[Candle], lambda: CANDLES, MINUTE)
    aged("c", timedelta(hours=2))
    old = kept_or_asked(account, "c", list[Candle], silent, MINUTE)
    assert old.value == CANDLES
    assert old.trouble == BrokerDown.notice
    assert first.at and old.at and first.at - old.at > timedelta(hours=1)


def test_what_was_never_answered_is_unknown(account: Account) -> None:
    none = kept_or_asked(account, "c", list[Candle], silent, MINUTE)
    assert (none.value, none.at, none.trouble) == (None, None, BrokerDown.notice)


def test_no_such_symbol_is_an_answer(account: Account) -> None:
    def unknown() -> NoReturn:
        raise UnknownSymbol("?")

    with pytest.raises(UnknownSymbol):
        kept_or_asked(account, "c", list[Candle], unknown, MINUTE)


def test_the_practice_exchange_has_prices_of_its_own(account: Account, live_account: Account) -> None:
    kept_or_asked(account, "c", list[Candle], lambda: CANDLES, MINUTE)
    assert kept_or_asked(live_account, "c", list[Candle], silent, MINUTE).value is None


def test_old_events_go_but_numbering_goes_on(account: Account) -> None:
    for seq in (1, 2, 3):
        AccountEvent.objects.create(account=account, seq=seq, kind="order", body={})
    AccountEvent.objects.update(at=datetime(2020, 1, 1, tzinfo=UTC))
    assert forget_old_events() == 2
    assert [event.seq for event in AccountEvent.objects.all()] == [3]
