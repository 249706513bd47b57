"""Judging: the broker's own books beside our records, after every trial. The only opinion that counts."""

from collections.abc import Sequence
from typing import Any

from kiwoomweb.operation.drills.orders.acting import Scene, key_of
from kiwoomweb.operation.drills.orders.plans import Plan
from orders.models import Halt, Intent, Lane, Reservation
from orders.services.reserving import held_by
from orders.states import LIVE, TERMINAL, State
from orders.tickets import Kind

__all__ = ["judge"]

OURS = "REST API"
GONE = frozenset({State.NOT_PLACED, State.NOT_SENT, State.REJECTED, State.EXPIRED_LOCAL, State.DENIED})


def judge(scene: Scene, plan: Plan, book: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The faults of one trial, as sentences by their kind: ``duplicate``, ``lost``, ``wrong``, ``held``."""
    intents = list(
        Intent.objects.filter(account_id=scene.account_id, key__startswith=f"drill-{plan.number:07}-")
    )
    targets = [one.target_no for one in intents if one.kind == Kind.CANCEL]
    again = Intent.objects.filter(account_id=scene.account_id, kind=Kind.CANCEL, target_no__in=targets)
    intents += again.exclude(pk__in=[one.pk for one in intents])  # cancellations may be asked for again
    rows = {row["number"]: row for row in book}
    if plan.scenario == "backup":
        return {"faults": _restored(scene, intents, rows), "states": {}}
    faults = [
        *_once(scene, plan, intents, rows),
        *_bound(intents, rows),
        *_held(intents),
        *_quantities(intents, rows),
    ]
    states = {one.key.rpartition("-")[2]: str(one.at) for one in intents}
    return {"faults": faults, "states": states}


def _once(scene: Scene, plan: Plan, intents: list[Intent], rows: dict[str, Any]) -> list[list[str]]:
    """At the broker at most once, and known to us when it is there (I1, I2, I3)."""
    main = next((one for one in intents if one.key == key_of(plan)), None)
    there = _there(scene, plan, intents, rows)
    kind = plan.scenario
    if kind in {"halt", "fill"}:
        return []
    if len(there) > 1 and kind != "cancel":
        return [["duplicate", f"{len(there)} orders: {[row['number'] for row in there]}"]]
    if main is None:
        return [["lost", f"{there[0]['number']} without an intent"]] if there else []
    known = {one.order_no for one in intents} if kind == "cancel" else {main.order_no}
    if lost := [row["number"] for row in there if row["number"] not in known]:
        return [["lost", f"{lost[0]} is {main.state} {main.doubt} {main.why_code} here"]]
    if not there and main.at not in GONE and main.at is not State.PENDING_APPROVAL:
        return [["wrong", f"nothing there, {main.state} {main.doubt} here"]]
    return []


def _restored(scene: Scene, intents: list[Intent], rows: dict[str, Any]) -> list[list[str]]:
    """The database has forgotten the order (CP19): all stands still, and its number is known all the same."""
    if intents:
        return [["wrong", f"the backup knows {[one.key for one in intents]}"]]
    if not Halt.objects.filter(account__isnull=True, cause="restored", released_at__isnull=True).exists():
        return [["wrong", "an older database, and nothing is halted"]]
    seen = set(Lane.objects.get(account_id=scene.account_id).numbers)
    return [["lost", f"{number} is not known of the day"] for number in rows if number not in seen]


def _there(scene: Scene, plan: Plan, intents: list[Intent], rows: dict[str, Any]) -> list[dict[str, Any]]:
    """What the broker has of this trial's order, by its price; changes and cancellations by their original."""
    ours = [row for row in rows.values() if row["channel"] == OURS]
    if plan.scenario in {"modify", "cancel"}:
        action = "정정" if plan.scenario == "modify" else "취소"
        first = next(one for one in intents if one.key == key_of(plan, "first0"))
        return [row for row in ours if row["action"] == action and row["original"] == first.order_no]
    return [row for row in ours if row["action"] == "신규" and row["price"] == scene.price(plan)]


def _bound(intents: list[Intent], rows: dict[str, Any]) -> list[list[str]]:
    """Every number of ours is an order of ours: of our channel, at our price."""
    faults = []
    for one in intents:
        row = rows.get(one.order_no)
        if not one.order_no:
            continue
        if row is None or row["channel"] != OURS:
            faults.append(["wrong", f"{one.key} is bound to {one.order_no}, which is {row and row['channel']}"])
        elif one.kind != "cancel" and row["price"] != one.price:
            faults.append(["wrong", f"{one.key} at {one.price} is bound to an order at {row['price']}"])
    return faults


def _quantities(intents: list[Intent], rows: dict[str, Any]) -> list[list[str]]:
    """Shares filled and left agree with the books; what is open there is open here (I3, I4)."""
    faults = []
    for one in intents:
        row = rows.get(one.order_no)
        if row is None or one.kind == "cancel":
            continue
        if one.filled != row["filled"]:
            faults.append(["wrong", f"{one.key} {one.state}: {one.filled} filled here, {row['filled']} there"])
        if (one.at in LIVE) != (row["state"] == "접수" and row["remaining"] > 0):
            faults.append(["wrong", f"{one.key} is {one.state} here, {row['state']} {row['remaining']} there"])
    return faults


def _held(intents: list[Intent]) -> list[list[str]]:
    """What is reserved is a function of the states (I6), and nothing is in doubt for ever."""
    held = set(
        Reservation.objects.filter(intent__in=intents, released_at__isnull=True).values_list("pk", flat=True)
    )
    faults = [["held", f"{one.key} {one.state}"] for one in intents if (one.pk in held) != held_by(one)]
    settled = TERMINAL | LIVE | {State.PENDING_APPROVAL}
    return faults + [
        ["wrong", f"{one.key} stays {one.state} {one.doubt}"] for one in intents if one.at not in settled
    ]
