"""Routing table 4: the clock and the names of the tasks it rings for.

Names are text because Celery loads before the models. Every entry expires before its next ring: a worker that
comes back after a pause looks once at what is due instead of hearing every bell it missed.
"""

from typing import Any

__all__ = ["SCHEDULE"]


def _every(seconds: int, task: str) -> dict[str, Any]:
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


SCHEDULE = {
    # Proves that beat, queue and worker work together; /healthz shows its age.
    "pulse": _every(5, "operation.pulse"),
    # Looks in the database what is due for which account, and sends workers there.
    "journal": _every(5, "portfolio.ring"),
    # The outbox: write what is due, send what is written.
    "post": _every(5, "notices.post"),
    "watch": _every(60, "notices.watch"),
    "old_post": _every(3600, "notices.tidy"),
    # Each looks first whether a day has passed; asking often means that a new account need not wait for it.
    "instruments": _every(60, "market.refresh_instruments"),
    # Hits of condition searches: their prices and what came of them, as far as it is due.
    "hits": _every(60, "market.measure"),
    # Bars around trades, fetched before the broker forgets them: a few calls each time, behind everybody else.
    "bars": _every(30, "portfolio.look_for_bars"),
    # Reports by timetable: due by the account's own clock.
    "reports": _every(30, "portfolio.open_reports"),
    "tell": _every(60, "portfolio.tell"),
    "tidy": _every(3600, "market.tidy"),
    # The ends of the audit chains, written where the database cannot reach them.
    "anchors": _every(3600, "access.anchor_audit"),
    # … and whether they are what they were: a break halts trading.
    "proof": _every(3600, "access.prove_audit"),
    "sign_in": _every(3600, "access.tidy_sign_in"),
    "versions": _every(3600, "portfolio.compact_versions"),
}
