"""Cash that was told before a correction is explained by it where it comes to the won, and by nothing else."""

from dataclasses import replace
from datetime import date

from portfolio.analytics.proof import Line, Reason
from portfolio.analytics.proof.lines import Cause, Equation, Verdict
from portfolio.analytics.proof.mending import Version, arrivals_of, mended

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


def cash(ours: int, theirs: int) -> Line:
    verdict = Verdict.SAME if ours == theirs else Verdict.DIFFERENT
    return Line(Equation.CASH, "cash.d2", ours, theirs, verdict=verdict, reason=Reason.UNEXPLAINED)


def total(commission: int) -> dict[str, dict[str, int]]:
    """Sold for 980,000 at 1,960 won of tax."""
    return {"": {"sold": 980_000, "bought": 0, "commission": commission, "tax": 1_960, "realised": 77_770}}


#: With a commission of 140 the day settled 977,900, and the cash agreed.
BEFORE = Version(3, total(140), (cash(1_977_900, 1_977_900),))


def test_a_fee_lowered_by_10_won_explains_cash_that_was_told_10_won_too_low() -> None:
    """980,000 - 130 - 1,960 = 977,910, and 1,000,000 + 977,910 - 1,977,900 = 10."""
    told = mended(cash(1_977_910, 1_977_900), FRIDAY, total(130), [BEFORE], [])
    assert (told.reason, told.causes) == (Reason.CORRECTED, (Cause(FRIDAY, 10, 3, 4),))
    assert told.holds
    assert Line.of(told.plain()) == told


def test_a_difference_of_one_won_more_than_the_correction_stays_a_mismatch() -> None:
    for ours in (1_977_911, 1_977_909, 1_977_890):
        line = cash(ours, 1_977_900)
        assert mended(line, FRIDAY, total(130), [BEFORE], []) == line
        assert not line.holds


def test_cash_that_was_told_after_the_correction_is_not_explained_by_it() -> None:
    other = replace(BEFORE, lines=(cash(1_977_900, 1_977_000),))
    line = cash(1_977_910, 1_977_900)
    assert mended(line, FRIDAY, total(130), [other], []) == line


def test_without_a_correction_in_the_proofs_nothing_is_explained() -> None:
    line = cash(1_977_910, 1_977_900)
    assert mended(line, FRIDAY, total(140), [BEFORE], []) == line
    assert mended(line, FRIDAY, {}, [BEFORE], []) == line


def test_the_money_arrives_once_in_the_cash_of_a_later_day() -> None:
    """Friday's fee is 10 won lower: Friday's cash differs by 10, Monday's by -10, Tuesday's by nothing more."""
    told = cash(1_977_910, 1_977_900).corrected((Cause(FRIDAY, 10, 3, 4),))
    friday = [BEFORE, Version(4, total(130), (told,))]
    arriving = arrivals_of(MONDAY, {FRIDAY: friday})
    monday = mended(cash(500, 510), MONDAY, {}, [], arriving)
    assert (monday.reason, monday.causes) == (Reason.CORRECTED, (Cause(FRIDAY, -10, 3, 4),))
    proofs = {FRIDAY: friday, MONDAY: [Version(1, {}, (monday,))]}
    assert arrivals_of(TUESDAY, proofs) == []
    assert arrivals_of(MONDAY, proofs) == arriving  # proved again, Monday does not stand in its own way


def test_a_correction_arrives_also_from_a_day_whose_own_cash_nobody_could_compare() -> None:
    """The account was connected on Friday: the cash of the evening before is unknown."""
    unknown = Line(Equation.CASH, "cash.d2", None, None, reason=Reason.NOT_SERVED)
    friday = [Version(3, total(140), (unknown,)), Version(4, total(130), (unknown,))]
    arriving = arrivals_of(MONDAY, {FRIDAY: friday})
    assert mended(cash(500, 510), MONDAY, {}, [], arriving).causes == (Cause(FRIDAY, -10, 3, 4),)
    agreed = [BEFORE, Version(4, total(130), (cash(1, 1),))]
    assert arrivals_of(MONDAY, {FRIDAY: agreed}) == []


def test_what_arrives_and_the_day_s_own_correction_are_told_together() -> None:
    """-10 from Friday, and Monday's own commission 30 higher: -40."""
    from_friday = Cause(FRIDAY, -10, 3, 4)
    before = Version(1, total(140), (cash(490, 500).corrected((from_friday,)),))
    told = mended(cash(460, 500), MONDAY, total(170), [before], [from_friday])
    assert set(told.causes) == {from_friday, Cause(MONDAY, -30, 1, 2)}
