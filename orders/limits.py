"""Limits as rules: their names, how far each may go, what is looser than what. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kiwoomweb.broker.environment import Environment
from orders.situations import Limits

__all__ = ["FIGURES", "MEMBER_FIGURES", "Figure", "is_looser", "is_wider", "usual", "with_figures"]


UNITS: Mapping[str, "str | Lazy"] = {
    "원": _("원"),
    "주": pgettext_lazy("shares", "주"),
    "건": pgettext_lazy("unit of a limit", "건"),
    "호가": pgettext_lazy("unit of a limit", "호가"),
    "%": "%",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One limit a person can set. ``unit`` is 원, 주, 건, 호가 or % (kept as basis points)."""

    name: str
    label: "str | Lazy"
    unit: str
    least: int
    most: int
    may_be_none: bool = False

    @property
    def unit_word(self) -> str:
        """The unit in the reader's language, as it stands behind a number."""
        return str(UNITS.get(self.unit, ""))

    def fits(self, value: int | None) -> bool:
        return self.may_be_none if value is None else self.least <= value <= self.most


_TRILLION = 1_000_000_000_000
#: In the order the page shows them. The ceilings are those of the specification.
FIGURES: Mapping[str, Figure] = {
    one.name: one
    for one in (
        Figure("max_order", _("주문 1회 금액"), "원", 1, _TRILLION),
        Figure("max_day", _("하루 주문 금액"), "원", 1, _TRILLION),
        Figure("max_quantity", _("주문 1회 수량"), "주", 1, 100_000_000),
        Figure("max_open", _("미체결 주문"), "건", 1, 50),
        Figure("per_minute", _("1분 주문"), "건", 1, 60),
        Figure("trades_a_day", _("하루 주문"), "건", 1, 10_000),
        Figure("loss_won", _("하루 손실"), "원", 1, _TRILLION),
        Figure("loss_bp", _("하루 손실률"), "%", 1, 10_000),
        Figure("share_bp", _("한 종목 비중"), "%", 1, 10_000),
        Figure("soft_bp", _("가격 확인 범위"), "%", 1, 1_000),
        Figure("deny_bp", _("가격 거절 범위"), "%", 1, 3_000),
        Figure("drift_ticks", _("시세 이동 허용"), "호가", 0, 3),
        Figure("approve_from", _("승인이 필요한 금액"), "원", 0, _TRILLION, may_be_none=True),
        Figure("credit", _("신용 주문"), "", 0, 1),
    )
}
MEMBER_FIGURES: Mapping[str, Figure] = {
    one.name: one
    for one in (
        Figure("max_order", _("주문 1회 금액"), "원", 1, _TRILLION, may_be_none=True),
        Figure("max_day", _("하루 주문 금액"), "원", 1, _TRILLION, may_be_none=True),
    )
}


def usual(environment: Environment) -> Limits:
    """What holds before anybody has set anything. Nobody approves practice."""
    return Limits() if environment is Environment.LIVE else Limits(approve_from=None)


def with_figures(limits: Limits, figures: Mapping[str, int | None], **more: int | bool) -> Limits:
    """The limits with what was set; a name or a number the rules do not know is left out."""
    told: dict[str, int | bool | None] = {
        name: bool(value) if name == "credit" else value
        for name, value in figures.items()
        if name in FIGURES and FIGURES[name].fits(value)
    }
    return replace(limits, **{**told, **more})  # type: ignore[arg-type]


def is_looser(before: int | None, after: int | None) -> bool:
    """Whether the change lets more through. For every limit more is looser, and none at all the loosest."""
    if after is None:
        return before is not None
    return before is not None and after > before


def is_wider(name: str, before: object, after: object) -> bool:
    """The same for the symbols and hours of a member: anything that is not plainly narrower is wider."""
    if name == "symbols":
        old, new = _set(before), _set(after)
        return bool(old) and not (new and new <= old)
    if after is None:
        return before is not None
    later = before is None or str(after) >= str(before)
    return not later if name == "opens" else not (before is None or str(after) <= str(before))


def _set(told: object) -> frozenset[str]:
    return frozenset(map(str, told)) if isinstance(told, list | tuple) else frozenset()
