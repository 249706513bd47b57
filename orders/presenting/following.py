"""One intent on its way: the steps it has taken, what is known, and from whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account
from kiwoomweb.ui.templatetags.money import won
from market.selectors.instruments import instrument
from orders.models import Evidence, Intent, OrderEvent
from orders.presenting.sentence import sentence
from orders.presenting.words import Standing, standing
from orders.selectors.blotter import OrderView, name_told, orders_on
from orders.states import TERMINAL, UNSURE, State

__all__ = ["IntentPage", "Line", "Step"]

S = State
#: Where a page only listens: over, waiting in the book, or in the hands of a person.
RESTING = TERMINAL | {S.NEEDS_HUMAN, S.PENDING_APPROVAL, S.WORKING, S.PARTIAL}


@dataclass(frozen=True, slots=True)
class Step:
    """One stop on the way; ``tone`` is done, ok, warn, danger or nothing for what is to come."""

    word: str
    tone: str = ""
    about: str = ""
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was heard: when (our clock), from whom, and what."""

    at: datetime
    source: str
    said: str


@dataclass
class IntentPage:
    account: Account
    intent: Intent

    @cached_property
    def ahead(self) -> timedelta:
        """How far the broker's clock is ahead of ours: moments are shown as the market's clock had them."""
        return broker_now(self.account) - timezone.now()

    def _clock(self, at: datetime) -> datetime:
        return localtime(at + self.ahead)

    @property
    def made_at(self) -> datetime:
        return self._clock(self.intent.made_at)

    @cached_property
    def name(self) -> str:
        found = instrument(self.intent.symbol)
        return found.name if found else name_told(self.account, self.intent.symbol)

    @property
    def sentence(self) -> str:
        return sentence(self.intent.ticket, self.name)

    @property
    def standing(self) -> Standing:
        return standing(self.intent.at)

    @property
    def is_unsure(self) -> bool:
        """Nobody knows yet whether the broker has it."""
        return self.intent.at in UNSURE - {S.SENDING}

    @property
    def is_moving(self) -> bool:
        """Whether the page should look again by itself."""
        return self.intent.at not in RESTING

    @property
    def may_change(self) -> bool:
        """Whether there is still something to hear of: a waiting order fills, or is changed elsewhere."""
        return self.intent.at not in TERMINAL

    @property
    def steps(self) -> list[Step]:
        """결정 → 접수 → 체결 for what goes well; what went otherwise stands where it happened."""
        at = self.intent.at
        first = Step(_("결정"), "done", f"{self.made_at:%H:%M:%S}")
        if at in {S.DRAFT, S.READY, S.SENDING, S.PENDING_APPROVAL}:
            return [
                first,
                Step(self.standing.word, self.standing.tone, is_now=True),
                Step(_("접수")),
                self._end(),
            ]
        if (
            at in {S.DENIED, S.DECLINED, S.EXPIRED_LOCAL, S.NOT_SENT, S.REJECTED, S.NOT_PLACED}
            or self.is_unsure
        ):
            return [first, Step(self.standing.word, self.standing.tone, is_now=True)]
        taken = Step(_("접수"), "done", self.intent.order_no, is_now=at in {S.ACCEPTED, S.WORKING})
        if at in {S.ACCEPTED, S.WORKING}:
            return [first, taken, self._end()]
        return [first, taken, Step(self.standing.word, self.standing.tone or "ok", self._filled(), is_now=True)]

    def _end(self) -> Step:
        return Step(_("취소 확인") if self.intent.takes_back else pgettext("order state", "체결"))

    def _filled(self) -> str:
        if self.intent.takes_back:
            return ""
        return f"{won(self.intent.filled)} / {won(self.intent.quantity)}"

    @property
    def explains(self) -> str:
        """Why it stands where it stands, in a sentence."""
        if self.is_unsure:
            return _(DOUBTS.get(self.intent.doubt, ""))
        return self.intent.why

    @property
    def numbers(self) -> list[str]:
        """Orders of the broker's list that may be this one; a person says which."""
        return [number for number in self.intent.why.split(",") if number] if self.is_unsure else []

    @cached_property
    def candidates(self) -> list[OrderView]:
        """The same with what the broker says of them, to be seen side by side."""
        if not (self.numbers and self.intent.day):
            return []
        told = orders_on(self.account, self.intent.day)
        return [order for order in told if order.order_no.zfill(7) in self.numbers]

    @property
    def may_declare(self) -> bool:
        """Whether a person may say that it never arrived."""
        return self.intent.at is S.NEEDS_HUMAN or self.intent.doubt == "probably_not_placed"

    @property
    def waits_for_approval(self) -> bool:
        return self.intent.at is S.PENDING_APPROVAL

    @property
    def average(self) -> int | None:
        """Won a share, of what filled."""
        return round(self.intent.filled_amount / self.intent.filled) if self.intent.filled else None

    @cached_property
    def evidence(self) -> list[Line]:
        """Everything heard of it, oldest first."""
        heard = sorted(self._heard(), key=lambda line: line.at)
        return [Line(self._clock(line.at), line.source, line.said) for line in heard]

    def _heard(self) -> Iterator[Line]:
        who = str(self.intent.created_by or "") or _("KiwoomWeb")
        yield Line(self.intent.made_at, who, _("주문을 정했습니다"))
        for command in self.intent.commands.order_by("number"):
            yield Line(command.claimed_at, command.tr, _("보내기로 했습니다"))
            if command.sent_at:
                yield Line(command.sent_at, command.tr, _("첫 글자를 보냈습니다"))
            if command.answered_at:
                said = command.said or _(OUTCOMES.get(command.outcome, command.outcome))
                yield Line(command.answered_at, command.tr, said)
        numbered = Q(account=self.account, day=self.intent.day, order_no=self.intent.order_no)
        known = Q(intent=self.intent) | numbered if self.intent.order_no else Q(intent=self.intent)
        for one in Evidence.objects.filter(known).order_by("seen_at", "pk"):
            yield Line(one.seen_at, _(SOURCES.get(one.source, one.source)), _content(one))
        if self.intent.order_no:
            for event in OrderEvent.objects.filter(numbered).order_by("pk"):
                yield Line(event.recorded_at, _("실시간"), _event(event))


#: What is known of an order nobody knows about.
DOUBTS = {
    "": gettext_noop("키움의 주문 목록에서 찾고 있습니다."),
    "no_candidate": gettext_noop("지금까지의 목록에는 없습니다. 들어갔을 수도 있으므로 계속 찾습니다."),
    "none": gettext_noop("지금까지의 목록에는 없습니다. 들어갔을 수도 있으므로 계속 찾습니다."),
    "refused": gettext_noop("키움이 거부했다고 답했지만, 목록에서 한 번 더 확인합니다."),
    "provisional": gettext_noop("같은 주문이 하나 있습니다. 이 주문이 맞는지 사람이 확인해야 합니다."),
    "several": gettext_noop("같은 주문이 여럿 있습니다. 어느 것인지 사람이 골라야 합니다."),
    "holdings_moved": gettext_noop(
        "주문 목록에는 없지만 잔고가 목록으로 설명되지 않습니다. 들어갔을 수 있으니 잔고와 체결을 확인하세요."
    ),
    "probably_not_placed": gettext_noop("여러 번 찾아도 없습니다. 들어가지 않은 것으로 보입니다."),
}
OUTCOMES = {
    "not_sent": gettext_noop("보내지 못함"),
    "rejected": gettext_noop("거부"),
    "accepted": gettext_noop("접수"),
    "unknown": gettext_noop("답을 모름"),
}
SOURCES = {
    "answer": gettext_noop("답"),
    "reading": gettext_noop("조회"),
    "sender": gettext_noop("보낸 프로세스"),
    "kt00018": gettext_noop("잔고"),
    "person": gettext_noop("사람"),
    "bound": gettext_noop("확인"),
}


def _event(event: OrderEvent) -> str:
    told = event.content
    filled = f"{won(int(told.get('filled') or 0))}/{won(int(told.get('quantity') or 0))}"
    return " · ".join(filter(None, [event.status, filled, told.get("reason") or ""]))


def _content(one: Evidence) -> str:
    """The statement in a few words: what a person would read out of the record."""
    told = one.content
    if one.source == "reading":
        numbers = told.get("numbers") or _("후보 없음")
        return f"{_('전체 목록')} · {numbers}"
    if one.source == "kt00018":
        return _("목록과 맞습니다") if told["agrees"] else _("목록에 없는 매매가 있습니다")
    if one.source == "sender":
        return _("보낸 쪽이 끝난 것을 확인했습니다")
    if one.source == "person":
        return _("들어가지 않았다고 확인했습니다")
    if one.source == "bound":
        return " · ".join([one.order_no, _("이 주문으로 확인했습니다")])
    parts = [one.order_no, *(str(told[name]) for name in ("status", "word", "said") if told.get(name))]
    if told.get("quantity"):
        parts.append(f"{won(int(told.get('filled') or 0))}/{won(int(told['quantity']))}")
    return " · ".join(filter(None, parts))
