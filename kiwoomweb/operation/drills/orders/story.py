"""Stories: whatever may happen to orders, in any order, and what must be true after every step (O-11)."""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, AuditChain, Credential, Team
from kiwoomweb.access.selectors.auditing import verify
from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.operation.drills.orders.paper import MOUSE, OURS, Paper
from orders.crashing import at_crashpoint
from orders.desk import doors, memory
from orders.desk import round as rounds
from orders.desk.round import Round
from orders.models import Command, Halt, Intent, OrderProcess, Reservation
from orders.services import examining, reconciling, resolving
from orders.services.deciding import decide
from orders.services.examining import Examined
from orders.services.halting import halt
from orders.services.posts import me, take
from orders.services.reserving import held_by
from orders.states import LIVE, TERMINAL, UNSURE, State
from orders.tickets import Kind, Ticket

__all__ = ["Story"]

POINTS = ("CP0", "CP1", "CP3", "CP4", "CP5", "CP6", "CP7", "CP8", "CP9", "CP11", "CP12", "CP13", "CP16")
FAULTS = ("", "", "", "unreachable", "lost_before", "lost_after", "garbage", "busy", "refused", "expired")
PRICE = 50_000
_names = count()


class Broken(AssertionError):
    """Something that must always be true is not."""


class Died(BaseException):
    """The process is gone: nothing of what it was doing goes on."""


class Story(RuleBasedStateMachine):
    """One account, its desk and a broker on paper. Every order of ours has a price nobody else's has."""

    @initialize()
    def begin(self) -> None:
        name = f"story {next(_names)}"
        team = Team.objects.create(name=name)
        self.account = Account.objects.create(team=team, name=name, environment="simulator")
        sealed = {"app_key_seal": b"-", "app_secret_seal": b"-", "key_version": 1, "app_key_tail": "0000"}
        Credential.objects.create(account=self.account, made_at=timezone.now(), **sealed)
        self.paper = Paper(timezone.now().astimezone(SEOUL))
        self.prices, self.keys = count(PRICE, 100), count()
        self.halted_at: int | None = None
        self._patches: list[Any] = [
            *(patch.object(module, "broker_now", lambda _: self.paper.now()) for module in _CLOCKS),
            patch.object(resolving, "skew_of", lambda _: timedelta()),
            patch.object(doors, "door", lambda *_: self.paper),
            patch.object(examining, "examine", lambda *_, **__: Examined(cash=100_000)),
            patch.object(examining, "prepare", lambda *_: None),
            patch.object(resolving, "PROOF", resolving.Absence(2, timedelta(0), timedelta(0))),
            patch.object(rounds, "watch", lambda _account: None),
            patch.object(memory, "remember", lambda: None),
        ]
        for one in self._patches:
            one.start()
        self._restart()
        self._order()
        self.work()

    def teardown(self) -> None:
        at_crashpoint(None)
        if not hasattr(self, "_patches"):
            return
        self._settle()
        for one in self._patches:
            one.stop()

    # --- what may happen ----------------------------------------------------------------------------------

    @rule(fault=st.sampled_from(FAULTS), shares=st.integers(1, 5))
    def place(self, fault: str, shares: int) -> None:
        self.paper.fault = fault
        self._order(shares)
        self.work()

    @rule(fault=st.sampled_from(FAULTS), pick=st.integers(0, 9), shares=st.integers(0, 3))
    def modify(self, fault: str, pick: int, shares: int) -> None:
        if target := self._pick(pick):
            self.paper.fault = fault
            self._change(Kind.MODIFY, target, shares, next(self.prices))

    @rule(fault=st.sampled_from(FAULTS), pick=st.integers(0, 9), shares=st.integers(0, 3))
    def cancel(self, fault: str, pick: int, shares: int) -> None:
        if target := self._pick(pick):
            self.paper.fault = fault
            self._change(Kind.CANCEL, target, shares, None)

    @rule(point=st.sampled_from(POINTS), fault=st.sampled_from(FAULTS))
    def die_while_placing(self, point: str, fault: str) -> None:
        self.paper.fault = fault
        with self._dying(point):
            self._order()
            self.work()
        self._restart()

    @rule()
    def restart(self) -> None:
        self._restart()

    @rule(pick=st.integers(0, 9), shares=st.integers(1, 5))
    def fill(self, pick: int, shares: int) -> None:
        waiting = [one for one in self.paper.book.values() if one.left]
        if waiting:
            self.paper.fill(waiting[pick % len(waiting)].number, shares)

    @rule(pick=st.integers(0, 9))
    def taken_back_by_the_exchange(self, pick: int) -> None:
        waiting = [one for one in self.paper.book.values() if one.left]
        if waiting:
            self.paper.kill(waiting[pick % len(waiting)].number)

    @rule(shares=st.integers(1, 5))
    def somebody_with_a_mouse(self, shares: int) -> None:
        """The same order as our latest, by another channel."""
        latest = Intent.objects.filter(account=self.account, kind=Kind.PLACE).latest("pk")
        self.paper.enter(latest.quantity, latest.price or PRICE, MOUSE)

    @rule(minutes=st.integers(1, 3))
    def the_clock_steps(self, minutes: int) -> None:
        self.paper.clock += timedelta(seconds=minutes)

    @rule(deaf=st.booleans())
    def the_line_is_cut_or_mended(self, deaf: bool) -> None:
        self.paper.deaf = deaf

    @rule()
    def stop(self) -> None:
        halt(self.account, None, "story")
        self.halted_at = len(self.paper.sent)
        self.work()

    @precondition(lambda self: self.halted_at is not None)
    @rule()
    def let_go(self) -> None:
        Halt.objects.filter(account=self.account).update(released_at=timezone.now())
        self.halted_at = None

    @rule()
    def work(self) -> None:
        """A round; and another where the first has left something to find out or to send."""
        for _ in range(2):
            self.desk.next_look = self.desk.next_try = self.desk.next_compare = 0.0
            self.desk.go()
            if not self._is_owed():
                return

    # --- what must be true --------------------------------------------------------------------------------

    @invariant()
    def an_order_is_there_at_most_once_and_known(self) -> None:
        """I1, I2: by its price every order of our channel is one intent's."""
        if not hasattr(self, "account"):
            return
        at_price: dict[int, list[str]] = {}
        for one in self.paper.book.values():
            if one.channel == OURS and one.kind != "취소":
                at_price.setdefault(one.price, []).append(one.number)
        ours = Intent.objects.filter(account=self.account).exclude(kind=Kind.CANCEL)
        by_price = {one.price: one for one in ours}
        for price, numbers in at_price.items():
            _must(len(numbers) == 1, f"{numbers} at {price}")
            intent = by_price[price]
            _must(intent.order_no == numbers[0] or intent.at in UNSURE, f"{numbers} is {intent}")
        bound = Intent.objects.filter(account=self.account).exclude(order_no="")
        for intent in bound:
            sheet = self.paper.book[intent.order_no]
            _must(sheet.channel == OURS, f"{intent} is somebody else's")
            _must(intent.kind == Kind.CANCEL or sheet.price == intent.price, f"{intent} is {sheet}")

    @invariant()
    def nothing_new_leaves_while_halted(self) -> None:
        """I5."""
        if getattr(self, "halted_at", None) is not None:
            _must({tr for tr, _ in self.paper.sent[self.halted_at :]} <= {"kt10003"})

    @invariant()
    def reservations_follow_the_states(self) -> None:
        """I6."""
        if not hasattr(self, "account"):
            return
        standing = Reservation.objects.filter(account=self.account, released_at__isnull=True)
        held = set(standing.values_list("pk", flat=True))
        _must(held == {one.pk for one in Intent.objects.filter(account=self.account) if held_by(one)})

    def _settle(self) -> None:
        """In the end, with the line mended, nothing is in doubt and all agrees (I3, I4, I7)."""
        self.paper.deaf = False
        for number in range(4):
            self._restart()
            self.work()
            if number and not self._is_owed():
                break
        for intent in Intent.objects.filter(account=self.account):
            _must(intent.at in TERMINAL | LIVE, f"{intent} {intent.doubt}")
            sheet = self.paper.book.get(intent.order_no)
            if sheet is not None and intent.kind != Kind.CANCEL:
                there, here = (sheet.filled, sheet.left > 0), (intent.filled, intent.at in LIVE)
                _must(here == there, f"{intent}: {sheet}")
        self.an_order_is_there_at_most_once_and_known()
        _must(not Command.objects.filter(intent__account=self.account, outcome="").exists())
        _must(verify(AuditChain.objects.get(key=f"account:{self.account.pk}")).ok)

    # --- how it is done -----------------------------------------------------------------------------------

    def _restart(self) -> None:
        """Another process: what waited is over, what was on its way is unknown."""
        OrderProcess.objects.update(holder="")
        post = take(me(), timezone.now())
        if post is None:
            raise Broken("the desk is taken")
        self.desk = Round(self.account, post)
        self.desk.go()

    def _is_owed(self) -> bool:
        return Intent.objects.filter(account=self.account, state__in=UNSURE | {State.READY}).exists()

    def _order(self, shares: int = 1) -> None:
        ticket = Ticket(Kind.PLACE, "005930", Side.BUY, shares, price=next(self.prices))
        decide(self.account, None, ticket, f"story-{next(self.keys):06}")

    def _change(self, kind: Kind, target: Intent, shares: int, price: int | None) -> None:
        ticket = Ticket(kind, "005930", Side.BUY, shares, price=price, target_no=target.order_no)
        decide(self.account, None, ticket, f"story-{next(self.keys):06}")
        self.work()

    def _pick(self, pick: int) -> Intent | None:
        open_now = list(Intent.objects.filter(account=self.account, state__in=LIVE).exclude(kind=Kind.CANCEL))
        return open_now[pick % len(open_now)] if open_now else None

    @contextmanager
    def _dying(self, point: str) -> Any:
        def hook(name: str) -> None:
            if name == point:
                raise Died(name)

        at_crashpoint(hook)
        try:
            yield
        except Died:
            pass
        finally:
            at_crashpoint(None)


_CLOCKS: tuple[Any, ...] = (rounds, reconciling, gateway)


def _must(holds: bool, words: str = "") -> None:
    if not holds:
        raise Broken(words)
