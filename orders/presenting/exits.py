"""자동 청산 on a page: the exits of a symbol or of all, and the form that sets one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import is_gold
from kiwoomweb.ui.templatetags.money import price, won
from market.models import Instrument
from market.selectors.instruments import instrument
from orders.exits.sensible import Levels, Market, question, wrongs
from orders.exits.triggers import trail_price
from orders.exits.words import called
from orders.models import Exit
from orders.presenting.ticket_form import NumberField
from orders.selectors.exits import exits_of
from orders.selectors.possession import Possession, possession_of
from orders.services.exits import Wish

__all__ = ["ExitForm", "ExitsPage"]


class ExitForm(forms.Form):
    """At least one of stop, target and trail; ``trail`` is ``3%`` or won. Without a ``market`` nothing is set.

    ``asks`` is the question that stands in the way, until ``sure`` answers it.
    """

    symbol = forms.CharField(max_length=12)
    quantity = NumberField("주")
    stop = NumberField("원")
    target = NumberField("원")
    trail = forms.CharField(max_length=12, required=False)
    until = forms.DateField(required=False)
    sure = forms.BooleanField(required=False)

    def __init__(
        self, *args: object, market: Market | None = None, held: int | None = None, **rest: object
    ) -> None:
        super().__init__(*args, **rest)  # type: ignore[arg-type]
        self.market, self.held = market, held
        self.price, self.asks = market.price if market else None, ""

    def clean_trail(self) -> Decimal | int | None:
        """A ``Decimal`` is percent, an ``int`` won."""
        text = self.cleaned_data["trail"].replace(",", "").removesuffix("원").strip()
        if not text:
            return None
        number = text.removesuffix("%").strip()
        plain = number.replace(".", "", 1)
        if not (plain.isascii() and plain.isdigit()) or ("." in number and not text.endswith("%")):
            raise forms.ValidationError(_("3%나 1,500처럼 적어 주세요."))
        if not text.endswith("%"):
            return int(number) or None
        rate = Decimal(number).quantize(Decimal("0.01"))
        if not 0 < rate < 100:
            raise forms.ValidationError(_("0%보다 크고 100%보다 작아야 합니다."))
        return rate

    def clean(self) -> dict[str, object]:
        """One condition at least, none of them met already, and something to sell."""
        told = super().clean() or self.cleaned_data
        if not self.errors and not any(told.get(name) for name in ("stop", "target", "trail")):
            self.add_error(None, _("손절, 목표, 추적 가운데 하나는 적어 주세요."))
        if self.held is not None and not self.held:
            self.add_error(None, _("보유하지 않은 종목입니다. 산 뒤에 걸 수 있습니다."))
        if self.held and (told.get("quantity") or 0) > self.held:
            self.add_error("quantity", _("보유한 %(n)s주까지 걸 수 있습니다.") % {"n": won(self.held)})
        if self.price and (told.get("stop") or 0) >= self.price:
            self.add_error(
                "stop", _("손절가는 현재가 %(price)s원보다 낮아야 합니다.") % {"price": price(self.price)}
            )
        if self.price and 0 < (told.get("target") or self.price + 1) <= self.price:
            self.add_error(
                "target", _("목표가는 현재가 %(price)s원보다 높아야 합니다.") % {"price": price(self.price)}
            )
        self._weigh(told)
        return told

    def _weigh(self, told: dict[str, object]) -> None:
        """Levels that cannot be meant are refused, those out of today's reach are asked about."""
        if self.errors:
            return
        if self.market is None:
            self.add_error(None, _("지금 시세를 알 수 없어 걸지 않았습니다. 잠시 뒤에 다시 거세요."))
            return
        levels = self._levels()
        for field, sentence in wrongs(levels, self.market):
            self.add_error(field, sentence)
        self.asks = "" if self.errors else question(levels, self.market)
        if self.asks and not told.get("sure"):
            self.add_error(None, self.asks)

    def _levels(self) -> Levels:
        told, trail = self.cleaned_data, self.cleaned_data.get("trail")
        return Levels(
            told.get("stop"),
            told.get("target"),
            trail if isinstance(trail, int) else None,
            trail if isinstance(trail, Decimal) else None,
        )

    def wish(self, found: Instrument) -> Wish:
        """What was asked for."""
        told, of = self.cleaned_data, self._levels()
        levels = (of.stop, of.target, of.trail_won, of.trail_rate)
        return Wish(found.symbol, found.name, told["quantity"], *levels, told["until"])


@dataclass(frozen=True, slots=True)
class Shown:
    """One exit in words: its conditions one by one, and where a trailing stop stands now."""

    row: Exit

    @property
    def is_alive(self) -> bool:
        return self.row.state in {Exit.State.WATCHING, Exit.State.STUCK}

    @property
    def conditions(self) -> Iterable[tuple[str, str]]:
        """(kind, words): the kind colours them."""
        row = self.row
        if row.stop:
            yield "fall", _("손절 %(price)s 이하") % {"price": price(row.stop)}
        if row.target:
            yield "rise", _("목표 %(price)s 이상") % {"price": price(row.target)}
        if row.trail_won or row.trail_rate:
            far = price(row.trail_won) if row.trail_won else f"{row.trail_rate:f}%"
            now = trail_price(row.plan) if self.is_alive else None
            said = _("고점에서 %(far)s 내리면") % {"far": far}
            yield "fall", f"{said} ({_('지금 %(price)s') % {'price': won(now)}})" if now else said

    @property
    def ended(self) -> str:
        """How it ended, of what is over."""
        row = self.row
        if row.state == Exit.State.FIRED:
            return _("%(what)s 조건이 %(price)s원에서 되어 매도") % {
                "what": called(row.fired),
                "price": price(row.fired_price),
            }
        return row.why


@dataclass
class ExitsPage:
    """Of one ``symbol`` (then with a form), or of all. ``form`` is one that came back with mistakes."""

    account: Account
    symbol: str = ""
    form: ExitForm | None = None

    @cached_property
    def exits(self) -> list[Shown]:
        return [Shown(row) for row in exits_of(self.account, self.symbol)]

    @cached_property
    def instrument(self) -> Instrument | None:
        return instrument(self.symbol) if self.symbol else None

    @cached_property
    def possession(self) -> Possession:
        return possession_of(self.account, self.symbol)

    @property
    def may_set(self) -> bool:
        """A form stands there for shares that are held."""
        return bool(self.symbol and self.possession.held and not is_gold(self.symbol))
