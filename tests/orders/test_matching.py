"""Which order of the list is the one whose answer was lost: one that can be no other, or nobody's guess."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from kiwoomweb.broker.domain import SEOUL, Side, Venue
from orders.matching import Row, Verdict, Wanted, candidates, conclude, shared_out
from orders.tickets import Kind

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=SEOUL)
OURS, MOUSE = "REST API", "영웅문4"
WANTED = Wanted(
    kind=Kind.PLACE,
    symbol="005930",
    side=Side.BUY,
    quantity=10,
    price=70_000,
    kind_word="보통",
    venue=Venue.KRX,
    target_no="",
    since=NOW - timedelta(seconds=4),
    until=NOW + timedelta(seconds=15),
    before=frozenset({"0000001"}),
    channel=OURS,
)
ROW = Row("0000002", "", "005930", Side.BUY, 10, 70_000, "보통", "접수", Venue.KRX, False, NOW, OURS)


def verdict(
    *rows: Row, wanted: Wanted = WANTED, bound: set[str] | None = None, complete: bool = True
) -> Verdict:
    return conclude(wanted, candidates(wanted, rows, bound or set()), before_complete=complete).verdict


def test_one_order_of_our_channel_is_it() -> None:
    assert verdict(ROW) is Verdict.BOUND


def test_anything_different_is_another_order() -> None:
    others = [
        replace(ROW, order_no="0000001"),
        replace(ROW, symbol="000660"),
        replace(ROW, side=Side.SELL),
        replace(ROW, quantity=11),
        replace(ROW, price=70_100),
        replace(ROW, kind="시장가"),
        replace(ROW, change="정정", original_no="0000001"),
        replace(ROW, venue=Venue.NXT),
        replace(ROW, placed_at=NOW - timedelta(seconds=5)),
        replace(ROW, placed_at=NOW + timedelta(seconds=16)),
        replace(ROW, channel=MOUSE),
    ]
    assert [row for row in others if verdict(row) is not Verdict.NONE] == []
    assert verdict(ROW, bound={ROW.order_no}) is Verdict.NONE


def test_two_that_fit_are_for_a_person() -> None:
    assert verdict(ROW, replace(ROW, order_no="0000003")) is Verdict.SEVERAL


def test_a_channel_nobody_knows_proves_nothing() -> None:
    assert verdict(replace(ROW, channel="")) is Verdict.PROVISIONAL
    assert verdict(ROW, wanted=replace(WANTED, channel="")) is Verdict.PROVISIONAL


def test_a_list_that_was_not_whole_before_decides_nothing() -> None:
    assert verdict(ROW, complete=False) is Verdict.INCOMPLETE


def test_a_change_is_known_by_what_it_changes() -> None:
    wanted = replace(WANTED, kind=Kind.CANCEL, target_no="0000001", channel="")
    row = replace(ROW, original_no="0000001", change="취소", price=0, channel="")
    assert verdict(row, wanted=wanted) is Verdict.BOUND
    assert verdict(replace(row, change="정정"), wanted=wanted) is Verdict.NONE
    assert verdict(replace(row, original_no="0000009"), wanted=wanted) is Verdict.NONE


def test_the_twin_of_a_person_with_a_mouse_is_never_taken_for_ours() -> None:
    """O-13: the same symbol, side, quantity and price within thirty seconds; 20,000 lists."""
    luck, wrong = Random(8), 0
    for _ in range(20_000):
        twins = [
            replace(
                ROW,
                order_no=f"{luck.randrange(2, 10**6):07}",
                placed_at=NOW + timedelta(seconds=luck.randint(-30, 30)),
                channel=luck.choice((MOUSE, "영웅문S#", "")),
            )
            for _ in range(luck.randint(1, 3))
        ]
        rows = [*twins, ROW] if luck.random() < 0.5 else twins
        found = conclude(WANTED, candidates(WANTED, rows, set()), before_complete=True)
        wrong += found.verdict is Verdict.BOUND and found.numbers != (ROW.order_no,)
    assert wrong == 0


def test_several_cancellations_of_one_order_are_each_given_the_row_that_says_its_shares() -> None:
    one, three, rest = (replace(ROW, order_no=f"000000{n}", quantity=n, change="취소") for n in (1, 3, 2))
    assert shared_out({7: 1, 8: 0}, [one, rest]) == {7: one, 8: rest}
    assert shared_out({7: 3, 8: 1}, [one, three]) == {7: three, 8: one}
    assert shared_out({7: 1, 8: 3, 9: 0}, [three, rest]) == {8: three, 9: rest}, "the first never arrived"
    assert shared_out({7: 5, 8: 5}, [three, rest]) == {7: three, 8: rest}, "less was left than was asked for"


def test_a_cancellation_that_none_of_ours_asked_for_leaves_all_to_a_person() -> None:
    one, three = (replace(ROW, order_no=f"000000{n}", quantity=n, change="취소") for n in (1, 3))
    assert shared_out({7: 1, 8: 1}, [one, three]) is None
    assert shared_out({7: 0}, [one, three]) is None
