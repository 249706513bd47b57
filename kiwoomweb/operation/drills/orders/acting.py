"""Acting: what the children of a drill do. Each is a fork with a database connection of its own."""

import os
import signal
import ssl
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import httpx
from django.db import DatabaseError
from django.utils import timezone

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, Credential, Team
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.environment import Address, Environment
from kiwoomweb.broker.pacing import Priority, Unpaced
from kiwoomweb.operation.drills.orders import disk
from kiwoomweb.operation.drills.orders.children import STANDING, Say
from kiwoomweb.operation.drills.orders.plans import Plan
from kiwoomweb.operation.drills.orders.rig import SHARE, TICK, Rig
from orders.crashing import at_crashpoint, crashpoint
from orders.desk import doors, memory
from orders.desk import round as rounds
from orders.desk.round import Round
from orders.models import Intent, Lane, OrderProcess
from orders.selectors.intents import unsure
from orders.services import examining, reconciling, resolving, telling
from orders.services.approving import approve
from orders.services.deciding import decide
from orders.services.examining import Examined
from orders.services.halting import halt
from orders.services.posts import me, take
from orders.services.reading import read_day
from orders.tickets import Kind, Ticket

__all__ = ["NEVER", "Scene", "act", "key_of", "open_account", "recover"]

#: A change goes so far up; prices of new orders never reach it.
HIGHER = 6_000
ROUNDS = 8
NEVER = float("inf")
#: What may still change after the desk was reconciled: compared once more before the verdict.
FOLLOWED = frozenset({"modify", "cancel", "halt", "fill"})
#: Where else it is called by another name: in a change and a cancellation; and where the disk is full.
SAME = {"CP14": "CP7", "CP15": "CP7", "CP19": "CP10", "CP21": "CP8"}
_EITHER = {"CP18": ("CP4", "CP5"), "CP20": ("CP2", "CP3")}
#: Made before the forks: reading certificates takes longer than a trial, and nothing here speaks TLS.
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@dataclass
class Scene:
    """One account on one day, and the broker behind the wire."""

    rig: Rig
    account_id: int
    low: int
    high: int
    _account: Account | None = None

    def price(self, plan: Plan) -> int:
        """What this trial's orders cost, and nobody else's."""
        return self.low + TICK * (plan.step + 1)

    def ticket(self, plan: Plan, **changed: Any) -> Ticket:
        known: dict[str, Any] = {"kind": Kind.PLACE, "symbol": SHARE, "side": Side.BUY, "quantity": 1}
        return Ticket(**known | {"price": self.price(plan)} | changed)

    def account(self) -> Account:
        """Read once in a life."""
        if self._account is None or self._account.pk != self.account_id:
            self._account = Account.objects.get(pk=self.account_id)
        return self._account

    def take_the_desk(self) -> Round:
        """The post and a round, with the product's doors leading to the drill's wire."""
        account, now = self.account(), datetime.fromisoformat(self.rig.ask("now"))
        client = Client(
            self.rig.keys,
            Address.on("127.0.0.1", self.rig.port),
            tokens=self.rig.tokens,
            pacer=Unpaced(),
            environment=Environment.SIMULATOR,
            http=httpx.Client(verify=PLAIN, trust_env=False, timeout=15),
            sleep=lambda _seconds: None,
        )
        ahead = now - timezone.now()
        for module in (rounds, reconciling, gateway):
            patch.object(module, "broker_now", lambda _: timezone.now() + ahead).start()
        patch.object(resolving, "skew_of", lambda _: ahead).start()
        patch.object(doors, "door", lambda *_: client).start()
        patch.object(doors, "spare", lambda *_: client).start()
        patch.object(examining, "examine", lambda *_, **__: Examined(cash=100_000)).start()
        patch.object(examining, "prepare", lambda *_: None).start()
        patch.object(resolving, "PROOF", resolving.Absence(2, timedelta(0), timedelta(0))).start()
        patch.object(telling, "announce", lambda *_: None).start()  # no page is open
        # The drill makes more doubts than any account may have: it would be halted all the time.
        patch.object(rounds, "watch", lambda _account: None).start()
        post = take(me(), timezone.now())
        if post is None:
            raise AssertionError("the desk of a dead process could not be taken")
        memory.heed()
        return Round(account, post)


def open_account(scene: Scene, name: str) -> dict[str, Any]:
    """An account of which the broker's word for our channel is known, by one order that went well."""
    team = Team.objects.create(name=name)
    account = Account.objects.create(team=team, name=name, number=scene.rig.account, environment="simulator")
    sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "0000"}
    Credential.objects.create(account=account, made_at=timezone.now(), **sealed)
    scene.account_id = account.pk
    desk = scene.take_the_desk()
    desk.go()
    ticket = Ticket(Kind.PLACE, SHARE, Side.BUY, 1, price=scene.low)
    decide(account, None, ticket, f"{name}-first")
    _rounds(desk, 1)
    read_day(account, doors.door(account, Priority.RESOLVE), gateway.broker_now(account).date(), thorough=False)
    token = scene.rig.token
    said = {"token": [token.text, token.expires, token.issued]} if token else {}
    return {"account": account.pk, "channel": Lane.objects.get(account=account).channel, **said}


def act(scene: Scene, plan: Plan, desk: Round, say: Say) -> None:
    """The end of a life: what goes on when it is ended. The last line is only reached alive."""
    if plan.scenario in {"modify", "cancel", "fill", "halt"}:
        _lay_out(scene, plan, desk)
    if plan.crash == "CP19":
        disk.back_up()
    scene.rig.ask("spoil", kind=plan.fault, where=plan.where)
    _arm(plan, say)
    say({"acting": True})
    try:
        _SCENES.get(plan.scenario, _place)(scene, plan, desk)
    except DatabaseError:
        if plan.crash != "CP20":
            raise
        _die()  # with the disk full, like whoever restarts it
    crashpoint("CP10")
    say({"lived": True})


def recover(scene: Scene, plan: Plan, *, armed: bool) -> tuple[Round, int]:
    """The beginning of the next life: whatever was left becomes known, and nothing is sent on its own.

    Gives the desk, and how many orders came to the wire meanwhile.
    """
    scene.rig.ask("settle")
    before = scene.rig.ask("spoil", kind="", where=0)
    if armed:
        at_crashpoint(lambda name: _die() if name == "CP13" else None)
    if plan.crash == "CP19":
        disk.restore()
    if plan.crash == "CP18":  # time passes: the term of the one that stands still is over
        OrderProcess.objects.update(expires=timezone.now() - timedelta(seconds=1))
    desk = scene.take_the_desk()
    desk.next_compare = NEVER
    _rounds(desk, ROUNDS)
    sent = scene.rig.ask("sent") - before
    at_crashpoint(None)
    is_asked_again = False
    if plan.crash in {"CP0", "CP1"} and plan.scenario == "place":  # the browser asks again with the same key
        decide(scene.account(), None, scene.ticket(plan), key_of(plan))
        _rounds(desk, 1)
        is_asked_again = True
    if sent or is_asked_again or plan.scenario in FOLLOWED:
        desk.next_compare = 0.0
        _rounds(desk, ROUNDS)
    desk.next_compare = NEVER
    return desk, sent


def key_of(plan: Plan, what: str = "order") -> str:
    """The idempotency key of a trial's order."""
    return f"drill-{plan.number:07}-{what}"


def _arm(plan: Plan, say: Say) -> None:
    """From here on the crash point ends us; a CP7 of a change is its CP14, of a cancellation its CP15."""
    at = SAME.get(plan.crash, plan.crash)
    if plan.crash in {"CP18", "CP20"}:
        at = _EITHER[plan.crash][plan.luck < 0.5]
    wanted = 2 if plan.crash in {"CP9", "CP17"} and plan.luck < 0.5 else 1
    seen: Counter[str] = Counter()

    def hook(name: str) -> None:
        seen[name] += 1
        if plan.crash == "CP21" and name == "CP9" and seen[name] > 2:
            _die() if plan.luck < 0.5 else disk.free()
        if name != at or seen[name] != wanted:
            return
        if plan.crash == "CP18":
            say({STANDING: True})
            os.kill(os.getpid(), signal.SIGSTOP)
        elif plan.crash in {"CP20", "CP21"}:
            disk.fill()
        else:
            _die()

    at_crashpoint(hook)


def _lay_out(scene: Scene, plan: Plan, desk: Round) -> None:
    """The order that is there before: waiting, or one that is being filled."""
    account = scene.account()
    for number in range(2 if plan.scenario == "halt" else 1):
        price = scene.high - TICK * plan.step if plan.scenario == "fill" else scene.price(plan)
        decide(
            account,
            None,
            scene.ticket(plan, price=price),
            key_of(plan, f"first{number}"),
            origin=f"laid{number}",
        )
        _rounds(desk, 1)


def _place(scene: Scene, plan: Plan, desk: Round) -> None:
    if plan.twin and plan.luck < 0.5:
        scene.rig.ask("by_hand", quantity=1, price=scene.price(plan))
    decide(scene.account(), None, scene.ticket(plan), key_of(plan))
    crashpoint("CP2")
    if plan.twin and plan.luck >= 0.5:
        scene.rig.ask("by_hand", quantity=1, price=scene.price(plan))
    _rounds(desk, 1)


def _first(scene: Scene, plan: Plan) -> Intent:
    return Intent.objects.get(account_id=scene.account_id, key=key_of(plan, "first0"))


def _modify(scene: Scene, plan: Plan, desk: Round) -> None:
    number, price = _first(scene, plan).order_no, scene.price(plan) + HIGHER
    ticket = scene.ticket(plan, kind=Kind.MODIFY, quantity=0, price=price, target_no=number)
    decide(scene.account(), None, ticket, key_of(plan))
    _rounds(desk, 1)


def _cancel(scene: Scene, plan: Plan, desk: Round) -> None:
    number = _first(scene, plan).order_no
    ticket = scene.ticket(plan, kind=Kind.CANCEL, quantity=0, price=None, target_no=number)
    decide(scene.account(), None, ticket, key_of(plan))
    _rounds(desk, 1)


def _fill(scene: Scene, plan: Plan, desk: Round) -> None:
    scene.rig.ask("pass_time", seconds=3)
    desk.next_compare = 0.0
    _rounds(desk, 1)


def _halt(scene: Scene, plan: Plan, desk: Round) -> None:
    halt(scene.account(), None, "drill", cause="person")
    _rounds(desk, 3)


def _approve(scene: Scene, plan: Plan, desk: Round) -> None:
    from kiwoomweb.access.models import Membership, User
    from kiwoomweb.access.roles import Role

    account = scene.account()
    user = User.objects.create_user(f"second{plan.number}of{account.pk}@example.com")
    Membership.objects.create(team=account.team, user=user, role=Role.APPROVER)
    with patch.object(examining, "examine", lambda *_, **__: Examined(cash=100_000, needs_approval=True)):
        intent = decide(account, None, scene.ticket(plan), key_of(plan)).intent
    approve(intent, user)
    crashpoint("CP17")


_SCENES = {"modify": _modify, "cancel": _cancel, "fill": _fill, "halt": _halt, "approve": _approve}


def _rounds(desk: Round, most: int) -> None:
    """Rounds without the pauses between them, until nothing is in doubt."""
    for _ in range(most):
        desk.next_look = desk.next_try = 0.0
        desk.go()
        if not unsure(desk.account).exists():
            return


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
