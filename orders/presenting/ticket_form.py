"""The form of a ticket: what was typed becomes a ``Ticket``, or a sentence that says what to do.

It reads and checks shapes only. Whether the order may go out is decided by ``orders.checking``, later and anew.
"""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import CreditKind, OrderKind, Side, Venue
from kiwoomweb.ui.amounts import won_in
from orders.tickets import Kind, Reason, SeenQuote, Ticket

__all__ = ["TicketForm"]

#: More than any order could be of; what is above is a slip of the finger.
MOST = 10**10
VENUES = (Venue.KRX, Venue.NXT, Venue.SOR)


class NumberField(forms.CharField):
    """Whole numbers as people type them: ``1,500``, ``150만``, ``1.5억``."""

    def __init__(self, unit: str, **rest: Any) -> None:
        super().__init__(max_length=24, required=False, **rest)
        self.unit = unit

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).removesuffix(self.unit).strip()
        if not text:
            return None
        number = won_in(text)
        if number is None or number > MOST:
            raise forms.ValidationError(_("숫자로 적어 주세요. 1,500이나 150만처럼 적을 수 있습니다."))
        return number


class TicketForm(forms.Form):
    """Every field is text of a browser; ``ticket`` after ``is_valid()``."""

    kind = forms.ChoiceField(choices=[(str(kind), kind.name) for kind in Kind])
    symbol = forms.CharField(max_length=12)
    side = forms.ChoiceField(choices=[(str(side), side.name) for side in Side])
    quantity = NumberField("주")
    price = NumberField("원")
    order_kind = forms.ChoiceField(choices=[(str(kind), kind.name) for kind in OrderKind], required=False)
    venue = forms.ChoiceField(choices=[(str(venue), venue.name) for venue in VENUES], required=False)
    stop_price = NumberField("원")
    credit = forms.ChoiceField(
        choices=[("", ""), *((str(one), one.name) for one in CreditKind)], required=False
    )
    loan_day = forms.DateField(required=False)
    target_no = forms.CharField(max_length=7, required=False)
    target_version = forms.IntegerField(required=False, min_value=0)
    target_remaining = forms.IntegerField(required=False, min_value=0)
    target_price = forms.IntegerField(required=False, min_value=0)
    seen_price = forms.IntegerField(required=False, min_value=0)
    seen_bid = forms.IntegerField(required=False, min_value=0)
    seen_ask = forms.IntegerField(required=False, min_value=0)
    seen_at = forms.CharField(max_length=20, required=False)
    setup = forms.CharField(max_length=40, required=False)
    stop = NumberField("원")
    target = NumberField("원")
    words = forms.CharField(max_length=300, required=False)
    shown_at = forms.DateTimeField(required=False)

    def clean(self) -> dict[str, Any]:
        """What belongs together: a price where the kind has one, none where it has none."""
        told = super().clean() or self.cleaned_data
        told["order_kind"] = OrderKind(told.get("order_kind") or OrderKind.LIMIT)
        told["venue"] = Venue(told.get("venue") or Venue.KRX)
        if told.get("kind") == Kind.CANCEL or not told.get("kind"):
            told["price"] = None
            return told
        self._quantity(told)
        self._prices(told)
        self._levels(told)
        return told

    def _quantity(self, told: dict[str, Any]) -> None:
        if "quantity" not in told:
            return
        if told["kind"] == Kind.PLACE and not told["quantity"]:
            self.add_error("quantity", _("몇 주인지 적어 주세요."))

    def _prices(self, told: dict[str, Any]) -> None:
        kind: OrderKind = told["order_kind"]
        if told["kind"] == Kind.PLACE and not kind.is_priced:
            told["price"] = None
        elif "price" in told and not told["price"]:
            self.add_error("price", _("가격을 적거나 호가창에서 누르세요."))
        if not kind.is_stop:
            told["stop_price"] = None
        elif told["kind"] == Kind.PLACE and "stop_price" in told and not told["stop_price"]:
            self.add_error("stop_price", _("스톱지정가는 주문을 깨울 가격이 있어야 합니다."))

    def _levels(self, told: dict[str, Any]) -> None:
        """A stop above the price of a purchase would be met at once, a target below it too."""
        price, side = told.get("price"), told.get("side")
        if not price or side != Side.BUY:
            return
        if told.get("stop") and told["stop"] >= price:
            self.add_error("stop", _("매수의 손절가는 주문 가격보다 낮아야 합니다."))
        if told.get("target") and told["target"] <= price:
            self.add_error("target", _("매수의 목표가는 주문 가격보다 높아야 합니다."))

    @property
    def ticket(self) -> Ticket:
        """What was asked for, answers to questions included."""
        told = self.cleaned_data
        return Ticket(
            Kind(told["kind"]),
            told["symbol"].strip().upper(),
            Side(told["side"]),
            told["quantity"] or 0,
            price=told["price"],
            order_kind=told["order_kind"],
            venue=told["venue"],
            stop_price=told["stop_price"],
            credit=CreditKind(told["credit"]) if told["credit"] else None,
            loan_day=told["loan_day"],
            target_no=told["target_no"],
            target_version=told["target_version"],
            target_remaining=told["target_remaining"],
            target_price=told["target_price"],
            quote=self._seen(),
            reason=self._reason(),
            answers=tuple(sorted(set(self.data.getlist("answers")))) if hasattr(self.data, "getlist") else (),
            shown_at=told["shown_at"],
        )

    def _seen(self) -> SeenQuote | None:
        told = self.cleaned_data
        at = _moment(told["seen_at"])
        if not told["seen_price"] or at is None:
            return None
        return SeenQuote(told["seen_price"], told["seen_bid"] or None, told["seen_ask"] or None, at)

    def _reason(self) -> Reason | None:
        told = self.cleaned_data
        said = Reason(told["setup"], told["stop"], told["target"], told["words"].strip())
        return None if said == Reason() else said


def _moment(text: str) -> datetime | None:
    """Epoch milliseconds as the live feed tells them."""
    try:
        seconds = Decimal(text) / 1000
    except InvalidOperation:
        return None
    plain = seconds.is_finite() and 0 < seconds < 4_102_444_800
    return datetime.fromtimestamp(float(seconds), UTC) if plain else None
