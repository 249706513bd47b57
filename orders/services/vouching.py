"""Vouching: an order leaves only when the audit trail tells how it came to be allowed to.

Whoever can write to the database can write an intent that is READY, or an approval nobody gave. What they
cannot write is a sealed entry of the trail: that exactly this ticket was decided, and that its last step was to
be made READY, by a second person where one was needed.
"""

import json
from datetime import datetime, timedelta

from kiwoomweb.access.models import AuditEntry
from kiwoomweb.access.selectors.audit_told import told_about
from orders.models import Intent
from orders.services.deciding import TTL
from orders.services.telling import about_of
from orders.states import State

__all__ = ["is_vouched_for"]

#: Clocks of two processes of one machine tremble by less.
SLACK = timedelta(seconds=2)
#: What is told of an order beside its steps.
BESIDE = frozenset({"order.noted", "order.approved_alone"})


def is_vouched_for(intent: Intent, now: datetime) -> bool:
    """Whether sealed entries say that this ticket was decided, and that it was made READY just now and nothing
    since. A READY of long ago does not count: its order has left, or never may."""
    told = list(told_about(intent.account, about_of(intent), intent.made_at - SLACK))
    steps = [entry for entry in told if entry.action not in BESIDE]
    if not steps or steps[0].action != f"order.{State.READY}" or steps[0].at < now - TTL - SLACK:
        return False
    return any(_decided(entry, intent) for entry in steps) and _second_person_said_yes(steps, intent)


def _decided(entry: AuditEntry, intent: Intent) -> bool:
    is_it = entry.action == "order.decided" and entry.user_id == intent.created_by_id
    return is_it and _detail(entry, "payload") == intent.payload_sha256 == intent.ticket.digest


def _second_person_said_yes(steps: list[AuditEntry], intent: Intent) -> bool:
    """Where it waited for one, it was somebody else who made it READY, or who is alone has said it twice."""
    waited = any(entry.action == f"order.{State.PENDING_APPROVAL}" for entry in steps)
    by = steps[0].user_id
    return not waited or (by is not None and intent.approvals.filter(user=by, says_yes=True).exists())


def _detail(entry: AuditEntry, name: str) -> object:
    return json.loads(entry.detail).get(name)
