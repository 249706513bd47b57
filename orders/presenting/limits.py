"""The page of limits: what an account may trade, who asked for more, and the switch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kiwoomweb.access import broker_clock
from kiwoomweb.access.models import Account, User
from kiwoomweb.broker.environment import Environment
from orders.limits import FIGURES, MEMBER_FIGURES, Figure, usual
from orders.models import DayLock, LimitChange
from orders.selectors.limits import limits_of, locks_on, member_limits_of, open_changes
from orders.selectors.people import agrees_with_limits, is_alone, is_owner
from orders.selectors.stops import Stop, narrow_stops_of, stops_of
from orders.situations import Limits

__all__ = ["Box", "ChangeLine", "LimitsPage", "MemberLine", "clock_in", "figure_in", "shown", "symbols_in"]

MUST = ("max_order", "max_day", "loss_won")


@dataclass(frozen=True, slots=True)
class Box:
    """One field of the form. ``said`` is what stands in it, ``wrong`` the sentence when it cannot be that."""

    figure: Figure
    said: str
    usual: str
    wrong: str = ""

    @property
    def is_switch(self) -> bool:
        return self.figure.name == "credit"

    @property
    def must(self) -> bool:
        return self.figure.name in MUST


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change that waits, and what this reader may do with it."""

    change: LimitChange
    label: str
    before: str
    after: str
    may_agree: bool
    may_withdraw: bool

    @property
    def is_agreed(self) -> bool:
        return self.change.state == LimitChange.State.AGREED


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member who may trade, with the limits of their own as the form shows them."""

    user: User
    boxes: tuple[Box, ...]
    symbols: str
    opens: str
    closes: str


@dataclass
class LimitsPage:
    """Everything on the page; ``said`` and ``wrong`` are a form that was not taken, by field."""

    account: Account
    user: User
    said: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def limits(self) -> Limits:
        return limits_of(self.account, timezone.now())

    @cached_property
    def may_set(self) -> bool:
        return is_owner(self.user, self.account)

    @cached_property
    def may_agree(self) -> bool:
        return agrees_with_limits(self.user, self.account)

    @property
    def is_real(self) -> bool:
        return self.account.environment == Environment.LIVE

    @property
    def boxes(self) -> tuple[Box, ...]:
        plain = usual(Environment(self.account.environment))
        return tuple(self._box(one, plain) for one in FIGURES.values())

    @property
    def lacks(self) -> list[str]:
        """The limits that must be set by hand before trading can be switched on."""
        row = getattr(self.account, "limits", None)
        set_ones = row.figures if row else {}
        return [str(FIGURES[name].label) for name in MUST if name not in set_ones]

    @property
    def changes(self) -> list[ChangeLine]:
        return [self._line(change) for change in open_changes(self.account)]

    @property
    def stops(self) -> list[Stop]:
        """What keeps orders in although trading is on."""
        return stops_of(self.account)

    @property
    def narrow_stops(self) -> list[Stop]:
        """Members and symbols whose orders are kept in, while the account goes on."""
        return narrow_stops_of(self.account)

    @property
    def lock(self) -> DayLock | None:
        """What has shut today, if anything still does."""
        today = broker_clock.now_at(Environment(self.account.environment)).date()
        shut = (lock for lock in locks_on(self.account, today).values() if lock.opened_at is None)
        return next(shut, None)

    @property
    def members(self) -> list[MemberLine]:
        people = User.objects.filter(memberships__team=self.account.team_id).exclude(pk=self.user.pk)
        return [self._member(person) for person in people.distinct().order_by("pk")]

    def _box(self, figure: Figure, plain: Limits) -> Box:
        held = shown(figure, getattr(self.limits, figure.name))
        said = self.said.get(figure.name, held)
        return Box(figure, said, shown(figure, getattr(plain, figure.name)), self.wrong.get(figure.name, ""))

    def _line(self, change: LimitChange) -> ChangeLine:
        figure = (FIGURES if change.member is None else MEMBER_FIGURES).get(change.name)
        others = {"symbols": _("종목"), "opens": _("시작"), "closes": _("끝")}
        label = str(figure.label) if figure else others[change.name]
        asked = change.state == LimitChange.State.ASKED
        own = change.asked_by_id == self.user.pk
        return ChangeLine(
            change,
            label,
            _words(figure, change.before),
            _words(figure, change.after),
            may_agree=asked and self.may_agree and (not own or is_alone(self.user, self.account)),
            may_withdraw=self.may_agree,
        )

    def _member(self, person: User) -> MemberLine:
        told = member_limits_of(self.account, person, timezone.now())
        own = {name: getattr(told, name) if told else None for name in MEMBER_FIGURES}
        boxes = (Box(one, shown(one, own[name]), "") for name, one in MEMBER_FIGURES.items())
        return MemberLine(
            person,
            tuple(boxes),
            ", ".join(sorted(told.symbols)) if told else "",
            f"{told.opens:%H:%M}" if told and told.opens else "",
            f"{told.closes:%H:%M}" if told and told.closes else "",
        )


def shown(figure: Figure, value: int | None) -> str:
    """A limit as the form writes it: ``"10,000,000"``, ``"2.5"`` for 250 basis points, blank for none."""
    if value is None:
        return ""
    return f"{Decimal(int(value)) / 100:f}" if figure.unit == "%" else f"{int(value):,}"


def figure_in(figure: Figure, text: str) -> int | None:
    """What somebody wrote into the box. Raises ``ValueError`` with the sentence that says what is wrong."""
    bare = text.replace(",", "").strip().removesuffix("%").removesuffix(figure.unit or "%").strip()
    told = {"least": shown(figure, figure.least), "most": shown(figure, figure.most)}
    wrong = _("%(least)s부터 %(most)s까지의 숫자로 적어 주세요.") % told
    if not bare and figure.may_be_none:
        return None
    try:
        number = Decimal(bare) * (100 if figure.unit == "%" else 1)
    except InvalidOperation:
        raise ValueError(wrong) from None
    if not number.is_finite() or number != number.to_integral_value() or not figure.fits(int(number)):
        raise ValueError(wrong)
    return int(number)


def symbols_in(text: str) -> list[str]:
    """Codes, however they are set apart, each once, in order. Raises ``ValueError`` with a sentence."""
    codes = sorted({code.upper() for code in text.replace(",", " ").split()})
    if len(codes) > 200 or not all(code.isascii() and code.isalnum() and 6 <= len(code) <= 9 for code in codes):
        raise ValueError(_("종목코드를 쉼표로 나누어 적어 주세요. 예: 005930, 000660"))
    return codes


def clock_in(text: str) -> str | None:
    """``"09:30"`` or nothing. Raises ``ValueError`` with a sentence."""
    if not text.strip():
        return None
    try:
        return f"{datetime.strptime(text.strip(), '%H:%M'):%H:%M}"  # noqa: DTZ007 - a clock time has no day
    except ValueError:
        raise ValueError(_("시각을 09:30처럼 적어 주세요.")) from None


def _words(figure: Figure | None, value: object) -> str:
    if value in (None, [], ""):
        return _("없음")
    if figure is None:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{shown(figure, value)}{figure.unit_word}" if isinstance(value, int) else str(value)
