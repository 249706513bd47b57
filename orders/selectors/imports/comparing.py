"""Comparing: is a row of a file new, known already, or at odds with what is known? Each share counts once.

    by number     the same order and fill number of a day is the same fill
    by content    the same symbol, side, quantity, price and second is the same fill, as often as it is known
    by total      what the broker tells of an order (or of a symbol and side) covers rows up to its quantity

The broker is believed: rows beyond what it tells are at odds with it, and never recorded.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from orders.incoming import Candidate
from orders.models import Fill, Order

__all__ = ["Judged", "Verdict", "judge"]


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Judged:
    """``why`` is a sentence, empty for what is new; ``earlier`` the import that had brought it."""

    candidate: Candidate
    verdict: Verdict
    why: str = ""
    earlier: int | None = None


def judge(account_id: int, candidates: Sequence[Candidate]) -> list[Judged]:
    """Every candidate against the current facts of its days. Two queries."""
    if not candidates:
        return []
    known = _known(account_id, {candidate.day for candidate in candidates})
    return [known.judged(candidate) for candidate in candidates]


@dataclass(frozen=True, slots=True)
class _Fact:
    order_no: str
    fill_no: str
    symbol: str
    side: str
    quantity: int
    price: Decimal
    clock: str
    batch: int | None


@dataclass(slots=True)
class _Total:
    symbol: str
    side: str
    quantity: int = 0


#: An order of a day; a symbol and side of a day.
_Order = tuple[date, str]
_Group = tuple[date, str, str]


@dataclass
class _Known:
    by_number: dict[Hashable, _Fact] = field(default_factory=dict)
    by_content: dict[Hashable, list[_Fact]] = field(default_factory=lambda: defaultdict(list))
    orders: dict[Hashable, _Total] = field(default_factory=dict)
    #: Shares of a symbol and side of a day: as the broker tells, and with earlier imports.
    told: dict[Hashable, int] = field(default_factory=lambda: defaultdict(int))
    all: dict[Hashable, int] = field(default_factory=lambda: defaultdict(int))
    #: The earlier import that brought a day's total of a symbol and side.
    sums: dict[Hashable, int] = field(default_factory=dict)
    #: Shares this very file has named so far, by order and by symbol and side; numbers it has named.
    seen: dict[Hashable, int] = field(default_factory=lambda: defaultdict(int))
    numbers: set[Hashable] = field(default_factory=set)

    def judged(self, row: Candidate) -> Judged:
        group = (row.day, row.symbol, row.side.value)
        order = (row.day, _bare(row.order_no)) if row.order_no else None
        self.seen[group] += row.quantity
        if order:
            self.seen[order] += row.quantity
        if row.is_sum:
            return self._within(row, self.all[group], self.seen[group])
        return self._by_number(row, order) or self._by_content(row) or self._by_total(row, order, group)

    def _by_number(self, row: Candidate, order: _Order | None) -> Judged | None:
        if not order or not row.fill_no:
            return None
        number = (*order, _bare(row.fill_no))
        if number in self.numbers:
            return Judged(row, Verdict.SAME, _("이 파일 안에 같은 체결번호가 또 있습니다."))
        self.numbers.add(number)
        return self._same_number(row, self.by_number[number]) if number in self.by_number else None

    def _by_content(self, row: Candidate) -> Judged | None:
        found = self._same_content(row)
        return Judged(row, Verdict.SAME, _("같은 체결이 이미 있습니다."), found.batch) if found else None

    def _by_total(self, row: Candidate, order: _Order | None, group: _Group) -> Judged:
        if order and order in self.orders:
            return self._of_order(row, self.orders[order], self.seen[order])
        if not order and self.told[group]:
            return self._within(row, self.told[group], self.seen[group])
        if group in self.sums:
            why = _("이날은 하루 합계로 이미 들였습니다. 자세한 체결로 바꾸려면 그 묶음을 먼저 되돌리세요.")
            return Judged(row, Verdict.SAME, why, self.sums[group])
        return Judged(row, Verdict.NEW)

    def _same_number(self, row: Candidate, fact: _Fact) -> Judged:
        self._take(fact, row.day)
        if (fact.symbol, fact.side, fact.quantity, fact.price) == _content(row):
            return Judged(row, Verdict.SAME, _("같은 체결이 이미 있습니다."), fact.batch)
        return Judged(
            row,
            Verdict.CONTRADICTS,
            _("체결번호 %(no)s은(는) 이미 %(symbol)s %(quantity)s주 %(price)s원으로 알고 있습니다.")
            % {
                "no": row.fill_no,
                "symbol": fact.symbol,
                "quantity": f"{fact.quantity:,}",
                "price": f"{fact.price.normalize():,f}",
            },
        )

    def _same_content(self, row: Candidate) -> _Fact | None:
        clock = _clock(row.filled_at)
        for fact in self.by_content.get((row.day, *_content(row)), ()):
            at_once = not clock or not fact.clock or clock == fact.clock
            order = _bare(row.order_no)
            if at_once and (not order or not _is_number(fact.order_no) or order == _bare(fact.order_no)):
                self._take(fact, row.day)
                return fact
        return None

    def _take(self, fact: _Fact, day: date) -> None:
        """A fact answers for one row; the next equal row needs another."""
        same = self.by_content[(day, fact.symbol, fact.side, fact.quantity, fact.price)]
        if fact in same:
            same.remove(fact)

    def _of_order(self, row: Candidate, order: _Total, seen: int) -> Judged:
        if (order.symbol, order.side) != (row.symbol, row.side.value):
            said = {"no": row.order_no, "symbol": order.symbol, "side": _word(order.side)}
            why = _("주문 %(no)s은(는) 키움이 %(symbol)s %(side)s로 알려 주었습니다.") % said
            return Judged(row, Verdict.CONTRADICTS, why)
        return self._within(row, order.quantity, seen)

    def _within(self, row: Candidate, known: int, seen: int) -> Judged:
        if not known:
            return Judged(row, Verdict.NEW)
        if seen <= known:
            return Judged(row, Verdict.SAME, _("이미 아는 체결에 들어 있습니다."))
        said = {"known": f"{known:,}", "seen": f"{seen:,}", "side": _word(row.side.value)}
        why = _("이날 이 %(side)s를 %(known)s주로 알고 있는데, 파일은 여기까지 %(seen)s주입니다.") % said
        return Judged(row, Verdict.CONTRADICTS, why)


def _known(account_id: int, days: set[date]) -> _Known:
    known = _Known()
    span = (min(days), max(days))
    fills = Fill.objects.current().filter(account_id=account_id, day__range=span)
    for fill in fills.select_related("imported").order_by("pk"):
        if fill.day in days:
            _add(known, fill)
    orders = Order.objects.current().filter(account_id=account_id, day__range=span, filled__gt=0)
    for day, number, symbol, side, filled in orders.values_list("day", "order_no", "symbol", "side", "filled"):
        total = known.orders.setdefault((day, _bare(number)), _Total(symbol, side))
        more = max(0, filled - total.quantity)
        total.quantity += more
        known.told[day, symbol, side] += more
    for key, shares in known.told.items():
        known.all[key] = max(known.all[key], shares)
    return known


def _add(known: _Known, fill: Fill) -> None:
    imported = getattr(fill, "imported", None)
    fact = _Fact(
        fill.order_no,
        fill.fill_no,
        fill.symbol,
        fill.side,
        fill.quantity,
        fill.price,
        "" if fill.is_aggregate else _clock(fill.filled_at),
        imported.batch_id if imported else None,
    )
    group = (fill.day, fill.symbol, fill.side)
    known.all[group] += fill.quantity
    if not fill.is_aggregate:
        known.by_number[fill.day, _bare(fill.order_no), _bare(fill.fill_no)] = fact
    known.by_content[(fill.day, *_content(fill))].append(fact)
    if imported is not None and imported.is_sum:
        known.sums[group] = imported.batch_id
    if imported is None:
        known.told[group] += fill.quantity
        total = known.orders.setdefault((fill.day, _bare(fill.order_no)), _Total(fill.symbol, fill.side))
        total.quantity += fill.quantity


def _content(row: Candidate | Fill) -> tuple[str, str, int, Decimal]:
    side = row.side if isinstance(row, Fill) else row.side.value
    return row.symbol, side, row.quantity, Decimal(row.price).quantize(Decimal("0.0001"))


def _clock(moment: object) -> str:
    from django.utils.timezone import localtime

    return f"{localtime(moment):%H%M%S}" if moment else ""  # type: ignore[arg-type]


def _bare(number: str) -> str:
    """A number without its padding: files and the broker write it differently."""
    return number.lstrip("0")


def _is_number(order_no: str) -> bool:
    """False for the stand-in of a fill whose order nobody named."""
    return order_no.isdigit()


def _word(side: str) -> str:
    return _("매수") if side == "buy" else _("매도")


def batches_among(judged: Iterable[Judged]) -> dict[int, int]:
    """How many rows were known from each earlier import."""
    found: dict[int, int] = defaultdict(int)
    for one in judged:
        if one.earlier is not None:
            found[one.earlier] += 1
    return found
