"""Rows: every line below the heading becomes a fill, is passed over, or is refused with a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from kiwoomweb.broker.domain import SEOUL, Side
from orders.incoming import cells
from orders.incoming.errors import BadCell
from orders.incoming.grid import Grid, Line
from orders.incoming.movements import IN, OUT, Movement
from orders.incoming.words import TOTALS, Field, field_of

__all__ = ["Candidate", "Reading", "Refused", "Rule", "read"]

#: What a fill can be at most: more is a slip of the pen.
MOST_SHARES, MOST_PRICE = 10**11, Decimal(10**10)


class Rule(StrEnum):
    """How a row says whether it was bought or sold: by a column, by the quantity's sign, or all are the same.

    RESULTS: a list of realised results, where every row is a day's sales of one symbol.
    """

    COLUMN = "column"
    SIGN = "sign"
    BUYS = "buys"
    SELLS = "sells"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line (or a side of it) that could be a fill. Money in won.

    ``order_no`` and ``fill_no`` are empty where the file tells none. ``is_sum`` marks a day's total of one
    symbol and side, as diaries and lists of results tell it: it may stand for several executions.
    """

    line: int
    day: date
    filled_at: datetime | None
    order_no: str
    fill_no: str
    symbol: str
    name: str
    side: Side
    credit: str
    quantity: int
    price: Decimal
    amount: int
    commission: int | None
    tax: int | None
    venue: str
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is no fill, why, and what it moved of the holding instead."""

    line: int
    reason: str
    cells: tuple[str, ...]
    movement: Movement | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sheet says: fills, refused lines, how many were passed over (blank, totals, headings again), and
    the account numbers its rows name."""

    candidates: tuple[Candidate, ...]
    refused: tuple[Refused, ...]
    passed_over: int
    accounts: frozenset[str]


def read(
    grid: Grid,
    below: int,
    columns: Mapping[int, Field],
    *,
    day: date | None,
    rule: Rule,
    names: Mapping[str, str],
    today: date,
) -> Reading:
    """The lines after place ``below``. ``day`` stands where the file has no day of its own, ``rule`` says what
    is bought and what sold, ``names`` the code of a symbol by its name, ``today`` the last day believed."""
    reader = _Reader({what: place for place, what in columns.items()}, day, rule, names, today)
    found: list[Candidate] = []
    refused: list[Refused] = []
    passed_over, accounts = 0, set()
    for line in grid.lines[below + 1 :]:
        if _is_no_row(line, columns):
            passed_over += 1
            continue
        try:
            found += reader.fills(line)
        except BadCell as wrong:
            refused.append(Refused(line.number, str(wrong), line.cells, reader.movement(line)))
        if number := "".join(filter(str.isdigit, reader.text(line, Field.ACCOUNT))):
            accounts.add(number)
    return Reading(tuple(found), tuple(refused), passed_over, frozenset(accounts))


def _is_no_row(line: Line, columns: Mapping[int, Field]) -> bool:
    """Blank, a total, or the heading again."""
    said = [cell for cell in line.cells if cell]
    if not said or said[0].strip("[]<>* ").split("(")[0].strip() in TOTALS:
        return True
    named = [place for place, what in columns.items() if what in (Field.SYMBOL, Field.NAME)]
    if any(line.cell(place).strip("[]<>* ") in TOTALS for place in named):
        return True
    return sum(field_of(line.cell(place)) is not None for place in columns) > len(columns) // 2


@dataclass(frozen=True, slots=True)
class _Reader:
    places: Mapping[Field, int]
    day: date | None
    rule: Rule
    names: Mapping[str, str]
    today: date

    def text(self, line: Line, what: Field) -> str:
        place = self.places.get(what)
        return "" if place is None else line.cell(place)

    def fills(self, line: Line) -> Iterator[Candidate]:
        """One fill, or the two sides of a diary's line. Raises ``BadCell``."""
        sides = [
            (Side.BUY, Field.BUY_QUANTITY, Field.BUY_PRICE, Field.BUY_AMOUNT),
            (Side.SELL, Field.SELL_QUANTITY, Field.SELL_PRICE, Field.SELL_AMOUNT),
        ]
        told = [each for each in sides if each[1] in self.places]
        if not told or {Field.QUANTITY, Field.SIDE} <= self.places.keys():
            yield self._single(line)
            return
        both = [each for each in told if cells.whole_of(self.text(line, each[1]))]
        if not both:
            raise BadCell(_("매수수량도 매도수량도 없습니다."))
        made = [self._made(line, *each, is_sum=True) for each in both]  # all of a line, or nothing of it
        if len(made) > 1:  # the line's costs are of both sides together
            made = [replace(each, commission=None, tax=None) for each in made]
        yield from made

    def _single(self, line: Line) -> Candidate:
        quantity = cells.whole_of(self.text(line, Field.QUANTITY))
        parts = (Field.QUANTITY, Field.PRICE, Field.AMOUNT)
        if self.rule is Rule.COLUMN:
            return self._made(line, cells.side_of(self.text(line, Field.SIDE)), *parts)
        if self.rule is Rule.SIGN:
            side = Side.SELL if (quantity or 0) < 0 else Side.BUY
            return self._made(line, side, *parts, signed=True)
        side = Side.BUY if self.rule is Rule.BUYS else Side.SELL
        return self._made(line, side, *parts, is_sum=self.rule is Rule.RESULTS)

    def _made(
        self,
        line: Line,
        side: Side,
        shares: Field,
        unit: Field,
        total: Field,
        *,
        is_sum: bool = False,
        signed: bool = False,
    ) -> Candidate:
        quantity = _quantity(cells.whole_of(self.text(line, shares)), signed=signed)
        price, amount = _money(
            quantity, cells.number_of(self.text(line, unit)), cells.whole_of(self.text(line, total))
        )
        day, at = self._when(line)
        symbol, name = self._symbol(line)
        word = self.text(line, Field.SIDE)
        return Candidate(
            line.number,
            day,
            at,
            "" if is_sum else cells.order_no_of(self.text(line, Field.ORDER_NO)),
            "" if is_sum else cells.order_no_of(self.text(line, Field.FILL_NO)),
            symbol,
            name,
            side,
            "신용" if "신용" in word else "",
            quantity,
            price,
            amount,
            _cost(cells.whole_of(self.text(line, Field.COMMISSION))),
            _cost(cells.whole_of(self.text(line, Field.TAX))),
            cells.venue_of(self.text(line, Field.VENUE)).value,
            is_sum,
        )

    def movement(self, line: Line) -> Movement | None:
        """What a line that is no fill moved of the holding; ``None`` unless it says what, when and how many."""
        words = self.text(line, Field.SIDE)
        if IN not in words and OUT not in words:
            return None
        try:
            day, _clock = self._when(line)
            symbol, name = self._symbol(line)
            quantity = cells.whole_of(self.text(line, Field.QUANTITY)) or 0
            price = cells.number_of(self.text(line, Field.PRICE))
            amount = cells.whole_of(self.text(line, Field.AMOUNT))
        except BadCell:
            return None
        if not 0 < abs(quantity) <= MOST_SHARES:
            return None
        if not price and amount:
            price = Decimal(abs(amount)) / abs(quantity)
        told = price if price and 0 < price <= MOST_PRICE else None
        return Movement(line.number, day, symbol, name, IN in words, abs(quantity), told, words[:40])

    def _when(self, line: Line) -> tuple[date, datetime | None]:
        day, clock = self.day, None
        if Field.MOMENT in self.places:
            day, clock = cells.moment_of(self.text(line, Field.MOMENT))
        if Field.DAY in self.places:
            day, behind = cells.moment_of(self.text(line, Field.DAY))
            clock = behind or clock
        if Field.TIME in self.places:
            clock = cells.time_of(self.text(line, Field.TIME)) or clock
        if day is None:
            raise BadCell(_("날짜가 없습니다. 어느 날의 파일인지 정해 주세요."))
        if day > self.today:
            raise BadCell(_("%(day)s은(는) 아직 오지 않은 날입니다.") % {"day": day})
        if day.year < 1956:
            raise BadCell(_("%(day)s에는 거래소가 없었습니다.") % {"day": day})
        return day, datetime.combine(day, clock, SEOUL) if clock else None

    def _symbol(self, line: Line) -> tuple[str, str]:
        said, name = self.text(line, Field.SYMBOL), self.text(line, Field.NAME)
        if not said and not name:
            raise BadCell(_("종목코드도 종목명도 없습니다."))
        try:
            code = cells.code_of(said)
        except BadCell:
            code = self.names.get(said, "")
            if not code:
                raise
        code = code or self.names.get(name, "") or _code_if_any(name)
        if not code:
            raise BadCell(
                _("'%(name)s'이라는 종목을 모릅니다. 종목코드가 있어야 합니다.") % {"name": name[:40]}
            )
        return code, name[:80]


def _code_if_any(text: str) -> str:
    try:
        return cells.code_of(text)
    except BadCell:
        return ""


def _quantity(quantity: int | None, *, signed: bool) -> int:
    if quantity is None or quantity == 0:
        raise BadCell(_("체결수량이 없습니다."))
    if quantity < 0 and not signed:
        raise BadCell(
            _("체결수량이 음수입니다 (%(n)s). 매매구분으로 매수와 매도를 나눕니다.") % {"n": quantity}
        )
    if abs(quantity) > MOST_SHARES:
        raise BadCell(_("체결수량이 지나치게 큽니다 (%(n)s).") % {"n": quantity})
    return abs(quantity)


def _money(quantity: int, price: Decimal | None, amount: int | None) -> tuple[Decimal, int]:
    """Price and amount, each from the other where one is missing. Both must tell the same to a won a share."""
    if price is not None and price < 0:
        raise BadCell(_("체결단가가 음수입니다 (%(price)s).") % {"price": price})
    amount = abs(amount) if amount else None
    if not price and not amount:
        raise BadCell(_("체결단가가 없습니다."))
    if not price:
        price = (Decimal(amount or 0) / quantity).quantize(Decimal("0.0001"))
    if price > MOST_PRICE:
        raise BadCell(_("체결단가가 지나치게 큽니다 (%(price)s).") % {"price": price})
    reckoned = round(price * quantity)
    if amount is not None and abs(amount - reckoned) > quantity:
        raise BadCell(
            _("체결금액 %(amount)s원이 수량 × 단가 %(reckoned)s원과 다릅니다.")
            % {"amount": f"{amount:,}", "reckoned": f"{reckoned:,}"}
        )
    return price, amount or reckoned


def _cost(cost: int | None) -> int | None:
    if cost is not None and cost < 0:
        raise BadCell(_("수수료나 세금이 음수입니다 (%(n)s).") % {"n": cost})
    return cost
