"""Rows that somebody wrote into the database by hand are no orders; an approval counts where it is given."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Membership
from kiwoomweb.access.roles import Role
from orders.errors import MayNot
from orders.models import Approval, Intent
from orders.models.intent import new_intent_code
from orders.services import examining
from orders.services.approving import approve
from orders.services.examining import Examined
from orders.states import State
from tests.people import make_person

pytestmark = pytest.mark.database


def forged(intent: Intent, **columns: Any) -> Intent:
    """The row as whoever can write to the table would have it: READY, and with time enough."""
    late = timezone.now() + timedelta(minutes=5)
    known = {"state": State.READY, "state_at": timezone.now(), "expires_at": late, "version": 9}
    Intent.objects.filter(pk=intent.pk).update(**known | columns)
    intent.refresh_from_db()
    return intent


def copied(intent: Intent) -> Intent:
    """A new row beside it, equal in all that was asked for."""
    twin = Intent.objects.get(pk=intent.pk)
    twin.pk, twin.code, twin.key, twin.order_no = None, new_intent_code(), "forged-key", ""
    twin.save(force_insert=True)
    return forged(twin)


def swollen(intent: Intent) -> Intent:
    """What was decided, with another number in it and its hash made to fit."""
    more = intent.ticket_json | {"quantity": 300}
    changed = Intent(ticket_json=more).ticket
    return forged(intent, ticket_json=more, quantity=300, payload_sha256=changed.digest)


def approved(intent: Intent, by: Any) -> Intent:
    """An approval nobody gave, of somebody who could have."""
    Approval.objects.create(
        intent=intent, user=by, says_yes=True, payload_sha256=intent.payload_sha256, at=timezone.now()
    )
    return forged(intent)


@pytest.mark.security("S-16", asvs=["8.3.1", "2.3.1"])
def test_a_row_nobody_decided_sends_nothing(floor: Any, examined: Callable[[Examined], None]) -> None:
    real = floor.placed()
    assert real.at is State.WORKING, (real.why_code, real.why)
    before = len(floor.at_broker())
    second = make_person("Hana", floor.account.team, Role.APPROVER).user
    waits = Examined(cash=1_000_000, needs_approval=True)
    examined(waits)
    unanswered, approved_by_nobody = floor.decide(), floor.decide()
    examined(Examined(cash=1_000_000))
    tried = {
        "copied": copied(real),
        "sent before": forged(floor.placed(price=floor.low + 1)),  # refused by the broker, and tried once more
        "swollen": swollen(floor.decide()),
        "unanswered": forged(unanswered),
        "approved by nobody": approved(approved_by_nobody, second),
    }
    floor.go(2)
    found = {name: Intent.objects.get(pk=one.pk) for name, one in tried.items()}
    assert {name: (one.state, one.why_code) for name, one in found.items()} == dict.fromkeys(
        tried, (State.DENIED, "unvouched")
    )
    assert len(floor.at_broker()) == before
    assert floor.placed().at is State.WORKING, "what a person decides goes out as before"


@pytest.mark.security("S-16", asvs=["8.3.1", "2.3.1"])
@pytest.mark.security("S-59", asvs=["15.4.2", "8.3.2"])
def test_who_may_approve_is_asked_again_when_it_counts(
    floor: Any, examined: Callable[[Examined], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = make_person("Hana", floor.account.team, Role.APPROVER).user
    examined(Examined(cash=1_000_000, needs_approval=True))
    first, other = floor.decide(), floor.decide()
    examined(Examined(cash=1_000_000))
    assert approve(first, second).at is State.READY
    floor.go()
    first.refresh_from_db()
    assert first.at is State.WORKING, (first.why_code, first.why)

    def barrier(*_: Any) -> None:  # between the page's door and the lock
        Membership.objects.filter(user=second).delete()

    monkeypatch.setattr(examining, "prepare", barrier)
    with pytest.raises(MayNot, match="권한이 없습니다"):
        approve(other, second)
    other.refresh_from_db()
    assert (other.at, Approval.objects.filter(intent=other).count()) == (State.PENDING_APPROVAL, 0)
