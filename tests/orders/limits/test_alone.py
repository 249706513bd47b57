"""Approving alone: nobody else to ask, a minute later, and written down as weaker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import AuditEntry
from kiwoomweb.access.roles import Role
from orders.errors import MayNot
from orders.models import AccountLimits, Approval, Intent
from orders.services.approving import approve
from orders.services.deciding import decide
from orders.states import State
from tests.orders.limits.conftest import tell
from tests.people import make_person


@pytest.fixture
def waiting(ready, owner, ticket):
    """An order of the owner's own that wants a second person."""
    AccountLimits.objects.update(figures={"approve_from": 1})
    intent = decide(ready, owner.user, ticket(), "wants-approval").intent
    assert intent.state == State.PENDING_APPROVAL
    ready.team.memberships.exclude(role=Role.OWNER).delete()
    return intent


def test_who_is_alone_says_it_again_a_minute_later(ready, owner, waiting):
    with pytest.raises(MayNot, match="60초"):
        approve(waiting, owner.user)
    Intent.objects.filter(pk=waiting.pk).update(made_at=timezone.now() - timedelta(seconds=61))
    tell(ready)
    assert approve(waiting, owner.user).state == State.READY
    assert "약함" in Approval.objects.get(intent=waiting).reason
    assert AuditEntry.objects.filter(action="order.approved_alone").count() == 1


def test_who_is_not_alone_asks_the_other(ready, owner, waiting):
    other = make_person("Hana", ready.team, Role.APPROVER)
    Intent.objects.filter(pk=waiting.pk).update(made_at=timezone.now() - timedelta(seconds=61))
    tell(ready)
    with pytest.raises(MayNot, match="다른 승인자"):
        approve(waiting, owner.user)
    assert approve(waiting, other.user).state == State.READY
    assert not AuditEntry.objects.filter(action="order.approved_alone").exists()


def test_what_has_changed_meanwhile_denies_it(ready, owner, waiting):
    other = make_person("Hana", ready.team, Role.MANAGER)
    tell(ready, 71_000)
    told = approve(waiting, other.user)
    assert (told.state, told.why_code) == (State.DENIED, "C13")
