"""The lookout reads the frames of the relay and notices what somebody waits for, once."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from market.events import encode
from market.line.lookout import Lookout
from market.models import Alert, AlertRing
from market.relay import Relay
from market.selectors.alerts import watched_alerts
from market.services import alerts
from market.signal_events import ViEvent
from tests.market.ticks import tick
from tests.people import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lookout(account: Account) -> Lookout:
    return Lookout(account)


def wants(person: Person, account: Account, **changed: Any) -> Alert:
    wished = {"kind": "price_over", "symbol": "005930", "threshold": Decimal(72_500), "again": "once"}
    made = alerts.make(person.user, account, alerts.Wish(**{**wished, "sound": "bell", **changed}))
    assert made is not None
    return made


class Market:
    """A relay whose frames go to the lookout."""

    def __init__(self, lookout: Lookout) -> None:
        self.lookout, self.relay, self.volume = lookout, Relay(), 1_000

    def looks(self) -> None:
        """What the lookout does every second, without its waiting."""
        self.lookout._write()
        self.lookout._watch(watched_alerts(self.lookout.account.pk, timezone.now()))

    def trades(self, *prices: int) -> None:
        """One frame with these trades."""
        for price in prices:
            self.volume += 1
            self.relay.tick(tick(price, self.volume, change=price - 71_700), 1)
        self.lookout.hear(self.relay.take(set(self.lookout.topics())))

    def rung(self) -> list[str]:
        self.looks()
        return [ring.seen["value"] for ring in AlertRing.objects.order_by("pk")]


def test_a_price_that_touched_and_turned_within_one_frame_rings(
    lookout: Lookout, viewer: Person, account: Account
) -> None:
    wants(viewer, account)
    market = Market(lookout)
    market.looks()
    market.trades(72_000)
    market.trades(72_100, 72_600, 72_000)
    assert market.rung() == ["72600"]
    market.trades(72_900)
    assert market.rung() == ["72600"], "once is once"


def test_an_alert_that_always_rings_waits_until_the_price_was_below_again(
    lookout: Lookout, viewer: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    monkeypatch.setattr(alerts.ring, "__defaults__", (timedelta(),))
    wants(viewer, account, again="always")
    market = Market(lookout)
    market.looks()
    market.trades(72_500)
    assert market.rung() == ["72500"]
    market.trades(72_700)
    assert market.rung() == ["72500"], "it has not been below since"
    market.trades(72_000)
    market.looks()
    market.trades(72_800)
    assert market.rung() == ["72500", "72800"]


def test_a_vi_rings_and_an_old_one_told_again_does_not(
    lookout: Lookout, viewer: Person, account: Account
) -> None:
    mine = wants(viewer, account, kind="vi", threshold=None, again="always")
    market = Market(lookout)
    market.looks()
    made = int(mine.made_at.timestamp())
    lookout.hear({"vi:005930": halted(made, heard=made - 60)})
    market.looks()
    assert not AlertRing.objects.exists()
    lookout.hear({"vi:005930": halted(made, heard=made + 1)})
    market.looks()
    lookout.hear({"vi:005930": halted(made, heard=made + 121, released_at=made + 120)})
    market.looks()
    bell = viewer.get(f"/a/{account.code}/alerts/rung/").content.decode()
    assert "정적 VI 발동, 72,000원" in bell
    assert "정적 VI 해제, 72,000원" in bell


def halted(at: int, heard: int, released_at: int | None = None) -> str:
    """What the relay writes of a static VI at 72,000 won."""
    unknown = dict.fromkeys(("rate", "static_base", "dynamic_base", "count", "up"))
    event = ViEvent(
        topic="vi:005930", at=at, heard=heard * 1_000, number=1, symbol="005930", name="삼성전자", kind="정적",
        market="", price=72_000, released=released_at is not None, released_at=released_at, **unknown,
    )  # fmt: skip
    return encode(event)


def test_nothing_is_asked_for_when_nobody_waits(lookout: Lookout) -> None:
    market = Market(lookout)
    market.looks()
    market.trades(72_000)
    assert lookout.topics() == []
