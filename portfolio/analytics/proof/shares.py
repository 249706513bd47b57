"""E5: shares. What was held the trading day before, plus buys, minus sells, plus and minus events, is held now.

    held(t) = held(t-1) + bought - sold + events          ka01690 (any day's close) or kt00018, to the share

A stock that breaks it by a ratio of about k or 1/k proposes a corporate action, which a person confirms.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from portfolio.analytics.proof.facts import DayFacts
from portfolio.analytics.proof.lines import Equation, Line, Reason, Unit, Verdict, compared, unknown
from portfolio.analytics.trades.changes import Change, Kind

__all__ = ["ratio_of", "shares"]

E5 = Equation.SHARES
#: A corporate action multiplies shares by one of few numbers; fractions of a share are paid out in money.
LARGEST = 50
#: Bonus issues come in these parts of the old shares, too.
BONUS = (Fraction(1, 10), Fraction(1, 5), Fraction(3, 10), Fraction(2, 5), Fraction(1, 2))


def shares(facts: DayFacts) -> list[Line]:
    """One line for the day, and one for each stock that differs."""
    if facts.held is None:
        awaited = facts.hidden.close_awaited
        return [unknown(E5, "held", Reason.AWAITED if awaited else Reason.NOT_SERVED)]
    told_by = "close" if facts.held_at_close else "held"
    if facts.held_before is None:
        return [_first(facts, told_by)]
    began, moved = _begun(facts), _traded(facts)
    ours, theirs = _together(began, moved), _without_nothing(facts.held)
    day = Line(E5, told_by, sum(ours.values()), sum(theirs.values()), unit=Unit.SHARES)
    stocks = [
        _stock(f"{told_by}.stock", symbol, began.get(symbol, 0), moved.get(symbol, 0), theirs.get(symbol, 0))
        for symbol in sorted({*ours, *theirs})
        if ours.get(symbol, 0) != theirs.get(symbol, 0)
    ]
    reason = stocks[0].reason if stocks else Reason.NONE
    return [compared(day, different=reason), *stocks]


def _first(facts: DayFacts, told_by: str) -> Line:
    """The first holdings anybody looked at: every fill replayed, or shares from before the journal began."""
    ours, theirs = _together(_begun(facts), _traded(facts)), _without_nothing(facts.held or {})
    day = Line(E5, f"{told_by}.first", sum(ours.values()), sum(theirs.values()), unit=Unit.SHARES)
    if ours == theirs:
        return compared(day)
    return replace(day, verdict=Verdict.UNKNOWN, reason=Reason.OPENING)


def _without_nothing(shares: Mapping[str, int]) -> dict[str, int]:
    return {symbol: quantity for symbol, quantity in shares.items() if quantity}


def _begun(facts: DayFacts) -> Counter[str]:
    """What the day's trading began with: shares of the evening before, confirmed events in force."""
    before = facts.replayed if facts.held_before is None else facts.held_before
    found: Counter[str] = Counter(before or {})
    for change in facts.events:
        _change(found, change)
    return found


def _traded(facts: DayFacts) -> Counter[str]:
    """What the day's fills added, minus where more was sold."""
    found: Counter[str] = Counter()
    for fill in facts.fills:
        found[fill.symbol] += -fill.quantity if fill.is_sell else fill.quantity
    return found


def _together(began: Mapping[str, int], moved: Mapping[str, int]) -> dict[str, int]:
    return _without_nothing({one: began.get(one, 0) + moved.get(one, 0) for one in {*began, *moved}})


def _change(shares: Counter[str], change: Change) -> None:
    """Bring a confirmed event into force. Fractions of a share are paid out in money."""
    mine = shares[change.symbol]
    if change.kind in {Kind.SPLIT, Kind.BONUS}:
        shares[change.symbol] = int(mine * change.ratio)
    elif change.kind in {Kind.RENAME, Kind.MERGER}:
        shares[change.new_symbol] += int(mine * change.ratio)
        shares[change.symbol] = 0
    elif change.kind is Kind.SPIN_OFF:
        shares[change.new_symbol] += change.quantity or int(mine * change.ratio)
    elif change.kind in {Kind.BROUGHT_IN, Kind.RIGHTS, Kind.ADOPTED}:
        shares[change.symbol] += change.quantity
    elif change.kind is Kind.TAKEN_OUT:
        shares[change.symbol] -= change.quantity
    elif change.kind is Kind.DELISTING:
        shares[change.symbol] = 0


def _stock(key: str, symbol: str, began: int, moved: int, theirs: int) -> Line:
    """A stock that differs. An action happens before the market opens, so what was traded on its day is taken
    off before the ratio is looked for: 10 shares, 20 of them sold after a split, 30 left: 30 + 20 = 10 x 5."""
    ours, opened = began + moved, theirs - moved
    ratio = ratio_of(began, opened)
    reason = Reason.RIGHTS if ratio or began == 0 or opened == 0 else Reason.MISSING
    line = Line(E5, key, ours, theirs, symbol=symbol, unit=Unit.SHARES, ratio=ratio)
    return compared(line, different=reason)


def ratio_of(before: int, after: int) -> tuple[int, int] | None:
    """(new, old) of the corporate action that turns ``before`` shares into ``after``, dropping fractions.

    >>> ratio_of(13, 65), ratio_of(103, 10), ratio_of(100, 110)
    ((5, 1), (1, 10), (11, 10))
    """
    if before <= 0 or after <= 0 or before == after:
        return None
    candidates = [
        *(Fraction(k) for k in range(2, LARGEST + 1)),
        *(Fraction(1, k) for k in range(2, LARGEST + 1)),
        *(1 + part for part in BONUS),
    ]
    for factor in candidates:
        if int(before * factor) == after:
            return factor.numerator, factor.denominator
    return None
