"""The confirm dialog: the sentence, the money, what is unusual about it, and what has to be answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.gateway import broker_now
from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.broker.market_calendar import Phase, sessions
from kiwoomweb.ui.templatetags.money import won
from market.selectors.instruments import instrument
from orders.presenting.costs import Costs, costs_of
from orders.presenting.sentence import sentence
from orders.selectors.usual import first_live_of_the_day, usual_amount
from orders.services.examining import Examined, examine, prepare
from orders.tickets import Kind, Ticket

__all__ = ["ConfirmPage"]

#: From so many times the usual amount on the dialog says so.
UNUSUAL = 3
#: Checked when the dialog is answered, not when it is shown.
OF_THE_ANSWER = frozenset({"C03", "C23"})


@dataclass
class ConfirmPage:
    """One ticket to be confirmed by ``user``. ``wrong_number``: the four digits were not the account's."""

    account: Account
    user: User
    ticket: Ticket
    wrong_number: bool = False
    #: What has become of the order to be changed since the person saw it.
    moved: tuple[str, ...] = ()

    @cached_property
    def name(self) -> str:
        found = instrument(self.ticket.symbol)
        return found.name if found else self.ticket.symbol

    @property
    def sentence(self) -> str:
        return sentence(self.ticket, self.name)

    @cached_property
    def examined(self) -> Examined:
        prepare(self.account, self.ticket)
        return examine(self.account, self.user, self.ticket, timezone.now())

    @property
    def refusals(self) -> list[str]:
        """Why it cannot be sent."""
        return [one.sentence for one in self.examined.refusals if one.code not in OF_THE_ANSWER]

    @property
    def questions(self) -> list[tuple[str, str]]:
        """(answer, sentence) of what must be answered with yes."""
        return [(one.code, one.sentence) for one in self.examined.questions]

    @property
    def needs_approval(self) -> bool:
        return self.examined.needs_approval

    @cached_property
    def preview(self) -> Costs | None:
        """The money, of facts as fresh as the checks'; a cancellation has none."""
        if self.ticket.kind is Kind.CANCEL or not self.examined:
            return None
        return costs_of(self.account, self.user, self.ticket)

    @cached_property
    def differences(self) -> list[tuple[str, str]]:
        """What is unusual about this order."""
        usual = usual_amount(self.account)
        if self.preview is None or not usual or self.preview.gross < UNUSUAL * usual:
            return []
        return [(_("평소와 다른 점"), _("평소 금액의 %(n)s배") % {"n": won(self.preview.gross // usual)})]

    @property
    def stays(self) -> str:
        """That it may wait longer than the KRX is open: nobody takes it back when the browser closes (3.10)."""
        ticket, now = self.ticket, broker_now(self.account)
        waits = ticket.kind is Kind.PLACE and not ticket.order_kind.is_immediate
        today = sessions(now.date()) if waits and ticket.venue in {Venue.NXT, Venue.SOR} else None
        late = [window for window in today.windows if window.phase is Phase.AFTER] if today else []
        if not any(window.venue is Venue.NXT and now < window.closes for window in late):
            return ""
        return _("체결되지 않으면 넥스트레이드 애프터마켓까지 남을 수 있습니다. 원하지 않으면 KRX로 내세요.")

    @cached_property
    def asks_number(self) -> bool:
        """The first real order of a day asks for the last four digits of the account."""
        return first_live_of_the_day(self.account, self.ticket)

    @property
    def button(self) -> str:
        """The last word."""
        if self.ticket.kind is Kind.CANCEL:
            return _("취소 보내기")
        if self.ticket.kind is Kind.MODIFY:
            return _("정정 보내기")
        return _("매수 보내기") if self.ticket.side is Side.BUY else _("매도 보내기")

    @property
    def tone(self) -> str:
        """Red buys, blue sells; a cancellation is ink."""
        return "ink" if self.ticket.kind is Kind.CANCEL else self.ticket.side.value

    @property
    def fields(self) -> Iterator[tuple[str, str]]:
        """The ticket as hidden fields: sent again they are the same ticket to the letter."""
        told, quote, reason = self.ticket, self.ticket.quote, self.ticket.reason
        yield from (("kind", str(told.kind)), ("symbol", told.symbol), ("side", str(told.side)))
        yield from (("quantity", str(told.quantity)), ("price", _text(told.price)))
        yield from (("order_kind", str(told.order_kind)), ("venue", str(told.venue)))
        yield from (("stop_price", _text(told.stop_price)), ("credit", told.credit or ""))
        yield from (("loan_day", _text(told.loan_day)), ("target_no", told.target_no))
        yield from (("target_version", _text(told.target_version)), ("target_price", _text(told.target_price)))
        yield "target_remaining", _text(told.target_remaining)
        if quote:
            yield from (("seen_price", str(quote.price)), ("seen_bid", _text(quote.bid)))
            yield from (("seen_ask", _text(quote.ask)), ("seen_at", str(round(quote.at.timestamp() * 1000))))
        if reason:
            yield from (("setup", reason.setup), ("stop", _text(reason.stop)))
            yield from (("target", _text(reason.target)), ("words", reason.words))
        yield "shown_at", timezone.now().isoformat()


def _text(value: object) -> str:
    return "" if value is None else str(value)
