"""A change is judged on trades that had no say in choosing it."""

import random

import pytest

from portfolio.analytics.whatif.changes import drop
from portfolio.analytics.whatif.comparing import VERDICTS, Verdict, compare, split_half
from portfolio.analytics.when.dimensions import DIMENSIONS
from tests.portfolio.analytics.trades import FIRST, at, trade

TAGS = DIMENSIONS["tag"]


def tagged(*pairs: tuple[int, str]):
    """Trades a second apart, in this order."""
    from datetime import timedelta

    start = at("10:00", FIRST)
    return [
        trade(net, key, tags=(tag,), closed_at=start + timedelta(seconds=key))
        for key, (net, tag) in enumerate(pairs, 1)
    ]


def test_the_gain_is_what_the_dropped_trades_lost() -> None:
    """-300 and +100 with the tag: without them 200 more. Win rate from 2/3 to 1/1."""
    found = compare(tagged((-300, "x"), (100, "x"), (50, "y")), drop(TAGS, {"x"}))
    assert found.gain == 200
    assert (found.was["win_rate"].n, found.would_be["win_rate"].value) == (3, 1)


def test_a_habit_that_loses_in_both_halves_holds_up() -> None:
    """12 losers of 100 in either half."""
    half = [(-100, "bad"), (50, "good")] * 12
    found = split_half(tagged(*half, *half), {"bad": drop(TAGS, {"bad"}), "good": drop(TAGS, {"good"})})
    assert (found.chosen, found.verdict) == ("bad", Verdict.HELD_UP)
    assert (found.earlier_gain, found.later_gain, found.later_touched) == (1_200, 1_200, 12)


def test_a_habit_that_lost_by_chance_does_not() -> None:
    earlier, later = [(-100, "bad"), (50, "good")] * 12, [(100, "bad"), (50, "good")] * 12
    found = split_half(tagged(*earlier, *later), {"bad": drop(TAGS, {"bad"})})
    assert (found.verdict, found.later_gain) == (Verdict.DID_NOT, -1_200)


def test_what_helps_nowhere_and_what_touches_nothing_is_said_so() -> None:
    winners = tagged(*[(100, "good")] * 40)
    assert split_half(winners, {"good": drop(TAGS, {"good"})}).verdict is Verdict.NO_GAIN
    assert split_half(winners, {"none": drop(TAGS, {"none"})}).verdict is Verdict.TOO_FEW
    assert split_half([], {"none": drop(TAGS, {"none"})}).verdict is Verdict.TOO_FEW
    with pytest.raises(ValueError, match="no change"):
        split_half(winners, {})


def test_dropping_the_worst_of_ten_random_tags_holds_up_no_more_often_than_a_coin() -> None:
    """Self-deception on purpose: 100 records of pure luck, the worst of ten tags dropped. Chance says that half
    of them hold up; if hindsight leaked into the verdict, nearly all would."""
    rng = random.Random(5)
    held = 0
    for _ in range(100):
        record = tagged(*((rng.choice((-100, 100)), f"t{rng.randrange(10)}") for _ in range(400)))
        found = split_half(record, {f"t{n}": drop(TAGS, {f"t{n}"}) for n in range(10)})
        held += found.verdict is Verdict.HELD_UP
    assert 25 <= held <= 70


def test_every_verdict_has_words() -> None:
    assert set(VERDICTS) == set(Verdict)
