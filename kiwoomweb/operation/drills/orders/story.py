"""Stories: whatever may happen to orders, in any order, and what must be true after every step (O-11)."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from functools import wraps
from itertools import count
from typing import Any, ClassVar, NamedTuple
from unittest.mock import patch

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiwoomweb.access import gateway
from kiwoomweb.access.models import AuditChain
from kiwoomweb.access.selectors.auditing import verify
from kiwoomweb.broker.domain import Side
from kiwoomweb.operation.drills.orders.beginning import Beginning, open_account
from kiwoomweb.operation.drills.orders.paper import MOUSE, OURS
from kiwoomweb.prepared import Prepared
from orders.crashing import at_crashpoint
from orders.desk import doors, memory
from orders.desk import round as rounds
from orders.desk.round import Round
from orders.models import Command, Halt, Intent, OrderProcess
from orders.selectors.halts import in_force
from orders.services import examining, reconciling, resolving, telling
from orders.services.deciding import decide
from orders.services.examining import Examined
from orders.services.expiring import expire_due
from orders.services.halting import halt
from orders.services.posts import me, renew, take
from orders.states import LIVE, OPEN, TERMINAL, UNSURE, State
from orders.tickets import Kind, Ticket

__all__ = ["Story"]

POINTS = ("CP0", "CP1", "CP3", "CP4", "CP5", "CP6", "CP7", "CP8", "CP9", "CP11", "CP12", "CP13", "CP16")
FAULTS = ("", "", "", "unreachable", "lost_before", "lost_after", "garbage", "busy", "refused", "expired")
PRICE = 50_000
#: What may halt an account in a story. A contradiction or a step the table does not have is a fault.
CAUSES = frozenset({"person", "mass_cancel"})

#: A step by its name and what was drawn for it.
Step = tuple[Any, ...]


class Broken(AssertionError):
    """Something that must always be true is not."""


class Died(BaseException):
    """The process is gone: nothing of what it was doing goes on."""


def may_happen(**drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A rule of which every use is written down in the story."""

    def made(happens: Callable[..., None]) -> Callable[..., None]:
        @wraps(happens)
        def written(self: "Story", **said: Any) -> None:
            self.steps.append((happens.__name__, *said.values()))
            happens(self, **said)

        plain: Any = rule
        done: Callable[..., None] = plain(**drawn)(written)
        return done

    return made


class Story(RuleBasedStateMachine):
    """One account, its desk and a broker on paper. Every order of ours has a price nobody else's has."""

    #: Gives the account of a story, when some are ready; else each makes its own.
    ready: ClassVar[Callable[[], Beginning] | None] = None
    #: Hears of every story that was lived to its end and held: its steps.
    lived: ClassVar[Callable[[Iterable[Step]], None] | None] = None

    @initialize()
    def begin(self) -> None:
        self.steps: list[Step] = []
        ready = type(self).ready
        found = ready() if ready else open_account()
        self.account, self.paper = copy(found.account), found.paper.copied()
        self.prices, self.keys = count(PRICE + 100 * found.orders, 100), count(found.orders)
        self.halted_at: int | None = None
        self._patches: list[Any] = [
            *(patch.object(module, "broker_now", lambda _: self.paper.now()) for module in _CLOCKS),
            patch.object(resolving, "skew_of", lambda _: self.paper.now() - timezone.now()),
            patch.object(doors, "door", lambda *_: self.paper),
            patch.object(doors, "spare", lambda *_: self.paper),
            patch.object(examining, "examine", lambda *_, **__: Examined(cash=100_000)),
            patch.object(examining, "prepare", lambda *_: None),
            patch.object(resolving, "PROOF", resolving.Absence(2, timedelta(0), timedelta(0))),
            patch.object(telling, "announce", lambda *_: None),  # no page is open
            patch.object(rounds, "watch", lambda _account: None),
            patch.object(memory, "remember", lambda: None),
        ]
        for one in self._patches:
            one.start()
        self._restart()
        if not found.orders:
            self._order()
            self.work()

    def teardown(self) -> None:
        at_crashpoint(None)
        if not hasattr(self, "_patches"):
            return
        try:
            self._settle()
        finally:
            self.leave()
        if lived := type(self).lived:
            lived(self.steps)

    def leave(self) -> Beginning:
        """Everybody else has the product as it is again. What is left can be the beginning of another story."""
        for one in self._patches:
            one.stop()
        return Beginning(self.account, self.paper, next(self.keys))

    # --- what may happen ----------------------------------------------------------------------------------

    @may_happen(fault=st.sampled_from(FAULTS), shares=st.integers(1, 5))
    def place(self, fault: str, shares: int) -> None:
        self.paper.fault = fault
        self._order(shares)
        self.work()

    @may_happen(fault=st.sampled_from(FAULTS), pick=st.integers(0, 9), shares=st.integers(0, 3))
    def modify(self, fault: str, pick: int, shares: int) -> None:
        if target := self._pick(pick):
            self.paper.fault = fault
            self._change(Kind.MODIFY, target, shares, next(self.prices))

    @may_happen(fault=st.sampled_from(FAULTS), pick=st.integers(0, 9), shares=st.integers(0, 3))
    def cancel(self, fault: str, pick: int, shares: int) -> None:
        if target := self._pick(pick):
            self.paper.fault = fault
            self._change(Kind.CANCEL, target, shares, None)

    @may_happen(point=st.sampled_from(POINTS), fault=st.sampled_from(FAULTS))
    def die_while_placing(self, point: str, fault: str) -> None:
        self.paper.fault = fault
        with self._dying(point):
            self._order()
            self.work()
        self._restart()

    @may_happen()
    def restart(self) -> None:
        self._restart()

    @may_happen(pick=st.integers(0, 9), shares=st.integers(1, 5))
    def fill(self, pick: int, shares: int) -> None:
        waiting = [one for one in self.paper.book.values() if one.left]
        if waiting:
            self.paper.fill(waiting[pick % len(waiting)].number, shares)

    @may_happen(pick=st.integers(0, 9))
    def taken_back_by_the_exchange(self, pick: int) -> None:
        waiting = [one for one in self.paper.book.values() if one.left]
        if waiting:
            self.paper.kill(waiting[pick % len(waiting)].number)

    @may_happen(shares=st.integers(1, 5))
    def somebody_with_a_mouse(self, shares: int) -> None:
        """The same order as our latest, by another channel."""
        latest = Intent.objects.filter(account=self.account, kind=Kind.PLACE).latest("pk")
        self.paper.enter(latest.quantity, latest.price or PRICE, MOUSE)

    @may_happen(minutes=st.integers(1, 3))
    def the_clock_steps(self, minutes: int) -> None:
        self.paper.clock += timedelta(seconds=minutes)

    @may_happen(deaf=st.booleans())
    def the_line_is_cut_or_mended(self, deaf: bool) -> None:
        self.paper.deaf = deaf

    @may_happen()
    def stop(self) -> None:
        halt(self.account, None, "story")
        self._see_halts()
        self.work()

    @precondition(lambda self: self.halted_at is not None)
    @may_happen()
    def let_go(self) -> None:
        Halt.objects.filter(account=self.account).update(released_at=timezone.now())
        self.halted_at = None

    @may_happen()
    def a_round(self) -> None:
        self.work()

    def work(self) -> None:
        """A round; and another where the first has left something to find out or to send."""
        for _ in range(2):
            renew(
                self.desk.post, timezone.now()
            )  # as the process does every second, however slow this machine is
            expire_due()
            self.desk.next_look = self.desk.next_try = self.desk.next_compare = 0.0
            self.desk.go()
            if not self._is_owed():
                return

    # --- what must be true --------------------------------------------------------------------------------

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        """I1, I2, I5, I6, from one reading of all orders."""
        if not hasattr(self, "account"):
            return
        rows = [Row(*row) for row in _rows.rows(account=self.account.pk)]
        self._an_order_is_there_at_most_once_and_known(rows)
        for one in rows:
            _must(one.holds == one.must_hold, f"{one} holds a reservation: {one.holds}")
        self._nothing_new_leaves_while_halted()

    def _an_order_is_there_at_most_once_and_known(self, rows: Sequence["Row"]) -> None:
        """I1, I2: by its price every order of our channel is one intent's."""
        by_price = {one.price: one for one in rows if one.kind != Kind.CANCEL}
        at_price: dict[int, list[str]] = {}
        for sheet in self.paper.book.values():
            if sheet.channel == OURS and sheet.kind != "취소":
                at_price.setdefault(sheet.price, []).append(sheet.number)
        for price, numbers in at_price.items():
            _must(len(numbers) == 1, f"{numbers} at {price}")
            intent = by_price[price]
            _must(intent.order_no == numbers[0] or intent.state in UNSURE, f"{numbers} is {intent}")
        for intent in rows:
            if intent.order_no:
                sheet = self.paper.book[intent.order_no]
                _must(sheet.channel == OURS, f"{intent} is somebody else's")
                _must(intent.kind == Kind.CANCEL or sheet.price == intent.price, f"{intent} is {sheet}")

    def _nothing_new_leaves_while_halted(self) -> None:
        """I5. What halts the account by itself counts from the end of the step in which it did."""
        if self.halted_at is not None:
            _must({tr for tr, _ in self.paper.sent[self.halted_at :]} <= {"kt10003"})
        self._see_halts()

    def _see_halts(self) -> None:
        causes = set(_causes.rows(account=self.account.pk))
        _must(causes <= CAUSES, f"halted by {causes - CAUSES}")
        if causes and self.halted_at is None:
            self.halted_at = len(self.paper.sent)

    def _settle(self) -> None:
        """In the end, with the line mended, nothing is in doubt and all agrees (I3, I4, I7)."""
        self.paper.deaf = False
        for number in range(4):
            self._restart()  # which is a round in itself
            if self._is_owed():
                self.work()
            elif number:
                break
        for intent in Intent.objects.filter(account=self.account):
            _must(intent.at in TERMINAL | LIVE, f"{intent} {intent.doubt}")
            sheet = self.paper.book.get(intent.order_no)
            if sheet is not None and intent.kind != Kind.CANCEL:
                there, here = (sheet.filled, sheet.left > 0), (intent.filled, intent.at in LIVE)
                _must(here == there, f"{intent}: {sheet}")
        self.all_is_as_it_must_be()
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


class Row(NamedTuple):
    """What the invariants look at of an intent and its reservation, in the columns' names."""

    kind: str
    state: str
    price: int | None
    order_no: str
    reservation__made_at: datetime | None
    reservation__released_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.reservation__made_at is not None and self.reservation__released_at is None

    @property
    def must_hold(self) -> bool:
        """I6: a function of the state alone."""
        return self.kind != Kind.CANCEL and self.state in OPEN


_rows = Prepared(
    lambda account: Intent.objects.filter(account=account).order_by("pk").values_list(*Row._fields), account=int
)
_causes = Prepared(lambda account: in_force(account).values_list("cause", flat=True), account=int)
_CLOCKS: tuple[Any, ...] = (rounds, reconciling, gateway)


def _must(holds: bool, words: str = "") -> None:
    if not holds:
        raise Broken(words)
