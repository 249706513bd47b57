"""알림: the form of a new one, those there are, and what has rung."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.access.models import Account, User
from kiwoomweb.ui.templatetags.money import percent, won
from market.models import Again, Alert, AlertKind, AlertRing, Instrument, Sound
from market.selectors.alerts import alerts_of, rings_of
from market.selectors.instruments import find, instrument, named
from market.services.alerts import Wish

__all__ = ["AlertForm", "AlertsPage", "Told", "told"]

#: Rings shown at once.
MOST = 50
WITHOUT_THRESHOLD = {AlertKind.VI.value, AlertKind.FILL.value}
#: More of it is a slip of the keyboard: won, percent, shares.
LARGEST = {"price": Decimal(100_000_000), "rate": Decimal(1_000), "volume": Decimal(10) ** 12}


class AlertForm(forms.Form):
    """A wish as it is typed. Numbers may carry commas, a percent sign, 만 and 억."""

    symbol = forms.CharField(max_length=40, required=False, label=gettext_lazy("종목"))
    kind = forms.ChoiceField(choices=AlertKind.choices, label=gettext_lazy("조건"))
    threshold = forms.CharField(max_length=24, required=False, label=gettext_lazy("값"))
    again = forms.ChoiceField(choices=Again.choices, initial=Again.ONCE, label=gettext_lazy("횟수"))
    sound = forms.ChoiceField(
        choices=Sound.choices, initial=Sound.BELL, required=False, label=gettext_lazy("소리")
    )
    note = forms.CharField(max_length=80, required=False, label=gettext_lazy("메모"))

    def clean_symbol(self) -> str:
        text = self.cleaned_data["symbol"].strip()
        if not text:
            return ""
        found = find(text, most=1).first()
        if found is None:
            raise forms.ValidationError(
                _("%(text)s: 맞는 종목이 없습니다. 이름이나 코드를 확인하세요.") % {"text": text}
            )
        return found.symbol

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kind = typed.get("kind", "")
        if "symbol" in typed and not typed["symbol"] and kind != AlertKind.FILL:
            self.add_error("symbol", _("어느 종목인지 적어 주세요."))
        if kind in WITHOUT_THRESHOLD:
            typed["threshold"] = None
        elif "threshold" in typed:
            self._threshold(typed, kind)
        return typed

    def _threshold(self, typed: dict[str, Any], kind: str) -> None:
        value = amount(typed["threshold"])
        unit = kind.partition("_")[0]
        if value is None:
            self.add_error("threshold", _("숫자로 적어 주세요. 예: 71,200 · 5 · -3.5 · 150만"))
        elif unit != "rate" and value <= 0:
            self.add_error("threshold", _("0보다 큰 값을 적어 주세요."))
        elif unit != "rate" and value != value.to_integral_value():
            self.add_error("threshold", _("소수점 없이 적어 주세요."))
        elif abs(value) > LARGEST[unit]:
            self.add_error("threshold", _("값이 너무 큽니다. 다시 확인하세요."))
        else:
            typed["threshold"] = value

    def wish(self) -> Wish:
        """What was wished for; only of a valid form."""
        return Wish(**self.cleaned_data)


def amount(text: str) -> Decimal | None:
    """``71,200``, ``+5%``, ``150만``, ``1.5억`` as a number with at most four decimals; ``None`` for others."""
    plain = text.strip().replace(",", "").removesuffix("%").removesuffix("원").removesuffix("주").strip()
    times = {"만": 10_000, "억": 100_000_000}.get(plain[-1:], 1)
    digits = plain.rstrip("만억") if times > 1 else plain
    whole, _point, rest = digits.lstrip("+-").partition(".")
    if not (
        whole.isascii() and whole.isdecimal() and ((rest.isascii() and rest.isdecimal()) or "." not in digits)
    ):
        return None
    if len(whole) > 14 or len(rest) > 4:
        return None
    return Decimal(digits) * times


@dataclass(frozen=True, slots=True)
class Told:
    """One ring in a trader's words."""

    ring: AlertRing
    title: str
    text: str


def told(rings: list[AlertRing]) -> list[Told]:
    """``삼성전자 · 현재가 71,000원 이상`` and what was seen."""
    names = {one.symbol: one.name for one in named({ring.alert.symbol for ring in rings} - {""})}
    return [Told(ring, title(ring.alert, names), happened(ring)) for ring in rings]


def title(alert: Alert, names: dict[str, str]) -> str:
    name = names.get(alert.symbol, alert.symbol) or _("모든 종목")
    return f"{name} · {condition(alert)}"


def condition(alert: Alert) -> str:
    """The wish as a phrase."""
    value = alert.threshold
    if value is None:
        return str(alert.get_kind_display())
    return {
        AlertKind.PRICE_OVER: _("현재가 %(value)s원 이상"),
        AlertKind.PRICE_UNDER: _("현재가 %(value)s원 이하"),
        AlertKind.RATE_OVER: _("등락률 %(value)s 이상"),
        AlertKind.RATE_UNDER: _("등락률 %(value)s 이하"),
        AlertKind.VOLUME_OVER: _("거래량 %(value)s주 이상"),
    }[AlertKind(alert.kind)] % {"value": figure(alert.kind, value)}


def happened(ring: AlertRing) -> str:
    """What was seen when it rang."""
    seen = ring.seen
    if ring.alert.kind == AlertKind.FILL:
        side = _("매수") if seen.get("side") == "buy" else _("매도")
        return _("%(name)s %(side)s %(size)s주 체결, %(price)s원") % {
            "name": seen.get("name", ""),
            "side": side,
            "size": won(seen.get("size")),
            "price": won(seen.get("price")),
        }
    if ring.alert.kind == AlertKind.VI:
        words = _("%(kind)s VI 해제, %(price)s원") if seen["released"] else _("%(kind)s VI 발동, %(price)s원")
        return words % {"kind": seen["vi"], "price": won(seen["price"])}
    value = figure(ring.alert.kind, Decimal(seen["value"]))
    unit = {"price": _("%(value)s원"), "rate": "%(value)s", "volume": _("%(value)s주")}
    return unit[ring.alert.kind.partition("_")[0]] % {"value": value}


def figure(kind: str, value: Decimal) -> str:
    """A threshold or a value in the unit of the kind, without the unit's word."""
    return percent(value) if kind.startswith("rate") else won(int(value))


@dataclass
class AlertsPage:
    """A person's own alerts in an account."""

    account: Account
    user: User
    form: AlertForm

    @cached_property
    def alerts(self) -> list[Alert]:
        return list(alerts_of(self.user, self.account))

    @cached_property
    def names(self) -> dict[str, str]:
        return {one.symbol: one.name for one in named({one.symbol for one in self.alerts} - {""})}

    @property
    def rows(self) -> list[tuple[Alert, str, str]]:
        """(alert, name of its symbol, its condition)."""
        return [
            (one, self.names.get(one.symbol, one.symbol) or _("모든 종목"), condition(one))
            for one in self.alerts
        ]

    @cached_property
    def rings(self) -> list[Told]:
        return told(list(rings_of(self.user, self.account)[:MOST]))

    @property
    def newest(self) -> int:
        return self.rings[0].ring.pk if self.rings else 0

    @cached_property
    def chosen(self) -> Instrument | None:
        """The symbol the form names, for its price beside the field."""
        return instrument(str(self.form["symbol"].value() or "").strip().upper())
