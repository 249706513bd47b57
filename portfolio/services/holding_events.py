"""Holding events told by a person: recorded with a reason, withdrawn, and the symbol derived anew each time."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account, User
from orders.services.locking import locked
from portfolio.models import HoldingEvent
from portfolio.selectors.days import today_of
from portfolio.selectors.trades.executions import kin_of
from portfolio.services.trades.catching_up import derive_anew

__all__ = ["Unclear", "record_event", "withdraw_event"]

Kind = HoldingEvent.Kind
#: Kinds with a ratio of new shares to old ones, with shares and won, and with another symbol.
RATIO = (Kind.SPLIT, Kind.BONUS, Kind.MERGER, Kind.SPIN_OFF)
SHARES = (Kind.RIGHTS, Kind.BROUGHT_IN, Kind.TAKEN_OUT, Kind.ADOPTED)
OTHER = (Kind.RENAME, Kind.MERGER, Kind.SPIN_OFF)
MOST = 10**12


class Unclear(ValueError):
    """What is missing or cannot be, in the reader's language."""


def record_event(account: Account, told: Mapping[str, str], author: User) -> HoldingEvent:
    """Record one event from a form: ``kind``, ``symbol``, ``day``, ``reason``, and what its kind needs
    (``numerator``, ``denominator``, ``quantity``, ``price``, ``new_symbol``, ``cost_share``).
    Raises ``Unclear``."""
    fields = _read(account, told)
    with transaction.atomic():
        locked(account.pk)
        event, made = HoldingEvent.objects.get_or_create(
            account=account,
            withdrawn_at=None,
            **fields,
            defaults={"source": "person", "author": author, "recorded_at": timezone.now()},
        )
        if made:  # a form sent twice is one event
            derive_anew(account.pk, kin_of(account.pk, {event.symbol}))
    return event


def withdraw_event(event: HoldingEvent, author: User) -> None:
    """Let it count no more; it stays to be read."""
    with transaction.atomic():
        locked(event.account_id)
        kin = kin_of(event.account_id, {event.symbol})
        mine = HoldingEvent.objects.filter(pk=event.pk, withdrawn_at=None)
        if mine.update(withdrawn_at=timezone.now(), withdrawn_by=author):
            derive_anew(event.account_id, kin)


def _read(account: Account, told: Mapping[str, str]) -> dict[str, Any]:
    kind, symbol = told.get("kind", ""), _symbol(told.get("symbol", ""))
    if kind not in Kind.values:
        raise Unclear(_("권리·대체의 종류를 골라 주세요."))
    reason = " ".join(told.get("reason", "").split())
    if not reason:
        raise Unclear(_("왜 그런지 한 줄 적어 주세요. 나중에 이 숫자의 근거가 됩니다."))
    fields: dict[str, Any] = {
        "kind": kind,
        "symbol": symbol,
        "day": _day(account, told),
        "reason": reason[:200],
    }
    if kind in RATIO:
        fields["numerator"] = _whole(told, "numerator", _("새 주식 수"))
        fields["denominator"] = _whole(told, "denominator", _("옛 주식 수"))
    if kind in SHARES:
        fields["quantity"] = _whole(told, "quantity", _("수량"))
    if kind in SHARES or kind == Kind.DELISTING:
        fields["amount"] = _amount(told, fields.get("quantity", 1), is_needed=kind != Kind.TAKEN_OUT)
    if kind in OTHER:
        fields["new_symbol"] = _symbol(told.get("new_symbol", ""))
        if fields["new_symbol"] == symbol:
            raise Unclear(_("새 종목코드는 옛 종목코드와 달라야 합니다."))
    if kind == Kind.SPIN_OFF:
        fields["cost_share"] = _percent(told)
    return fields


def _symbol(text: str) -> str:
    text = text.strip().upper()
    if not (text.isascii() and text.isalnum() and len(text) <= 20):
        raise Unclear(_("종목코드를 적어 주세요. 예: 005930"))
    return text


def _day(account: Account, told: Mapping[str, str]) -> date:
    try:
        day = date.fromisoformat(told.get("day", "").strip())
    except ValueError:
        raise Unclear(_("날짜를 2026-11-20처럼 적어 주세요.")) from None
    if day > today_of(account):
        raise Unclear(_("아직 오지 않은 날에는 적을 수 없습니다."))
    return day


def _whole(told: Mapping[str, str], name: str, label: str) -> int:
    text = told.get(name, "").replace(",", "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 12 and int(text)):
        raise Unclear(_("%(label)s는 1 이상의 정수로 적어 주세요.") % {"label": label})
    return int(text)


def _amount(told: Mapping[str, str], quantity: int, *, is_needed: bool) -> int:
    """Won of all shares, from the price of one."""
    text = told.get("price", "").replace(",", "").strip()
    if not text and not is_needed:
        return 0
    try:
        amount = Decimal(text) * quantity
    except InvalidOperation:
        raise Unclear(
            _("한 주의 단가를 숫자로 적어 주세요. 모르면 키움 잔고 화면의 매입단가를 보세요.")
        ) from None
    if not amount.is_finite() or not 0 <= amount <= MOST:
        raise Unclear(_("단가는 0 이상이어야 합니다."))
    return int(amount.to_integral_value())


def _percent(told: Mapping[str, str]) -> Decimal:
    try:
        share = Decimal(told.get("cost_share", "").strip())
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 100:
        raise Unclear(_("새 종목이 가져가는 원가는 0부터 100까지의 %로 적어 주세요."))
    return share
