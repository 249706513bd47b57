"""A day is proved when it is read: every state and every way from one to the next."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from orders.models import Fill
from portfolio.analytics.proof import DayState, Line, Reason
from portfolio.models import (
    Balance,
    Correction,
    DayProof,
    Deposit,
    Explanation,
    Holding,
    HoldingEvent,
    Purpose,
    RealisedDay,
    SyncTask,
    TradeSlice,
)
from portfolio.presenting.trust import correction_notes
from portfolio.selectors.days import clock_of
from portfolio.selectors.proof import day_state, states_between
from portfolio.selectors.proof.gathering import gathered
from portfolio.services import proving
from portfolio.services.confirming import NoProposal, confirm_event
from portfolio.services.explaining import NothingToExplain, explain, take_back
from portfolio.services.holding_events import record_event
from portfolio.services.looking_again import read_again
from portfolio.services.proving import prove, prove_rest
from portfolio.wording.proof import reason_words
from tests.people import Person
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.proofs import (
    DAY,
    EVENING,
    MONDAY,
    NEXT_WEEK,
    TUESDAY,
    again,
    close,
    present,
    sealed,
    tell,
    total,
)
from tests.portfolio.rows import diary_row, placed_row
from tests.portfolio.steps import do, poll


def bad(proof: DayProof) -> list[tuple[str, str, str]]:
    return [line.name for line in map(Line.of, proof.lines) if not line.holds]


def test_a_day_that_is_traded_is_open(connected: Account, kiwoom: Kiwoom) -> None:
    assert day_state(connected, DAY) is DayState.OPEN
    assert day_state(connected, date(2026, 11, 21)) is None
    assert day_state(connected, date(2026, 11, 23)) is None


def test_one_read_after_the_close_is_closing_and_two_on_different_days_are_sealed(
    connected: Account, kiwoom: Kiwoom
) -> None:
    tell(kiwoom)
    first = close(connected, kiwoom, EVENING)
    assert (first.state, bad(first)) == ("closing", [])

    night = close(connected, kiwoom, EVENING + timedelta(hours=3))
    assert night.state == "closing"

    second = close(connected, kiwoom, MONDAY)
    assert (second.pk, second.state) == (first.pk, "sealed")
    assert second.sealed_at == MONDAY
    assert day_state(connected, DAY) is DayState.SEALED


def test_proving_again_without_news_is_the_same_version(connected: Account, kiwoom: Kiwoom) -> None:
    proof = sealed(connected, kiwoom)
    versions = DayProof.objects.count()
    assert prove(connected, DAY).pk == proof.pk
    close(connected, kiwoom, TUESDAY)
    assert present(connected).pk == proof.pk
    assert DayProof.objects.count() == versions


def test_nobody_asked_and_the_next_morning_it_is_an_alarm(connected: Account, kiwoom: Kiwoom) -> None:
    SyncTask.objects.filter(purpose=Purpose.BACKFILL).delete()
    kiwoom.now = EVENING
    connected.first_day = DAY
    connected.save()
    prove(connected, DAY)
    assert present(connected).state == "gap"
    assert day_state(connected, DAY) is DayState.GAP


def test_a_read_of_half_the_lists_waits_for_the_other_half(connected: Account, kiwoom: Kiwoom) -> None:
    tell(kiwoom)
    proof = close(connected, kiwoom, EVENING, "ka10074")
    assert proof.state == "closing"
    assert proof.held_since is None
    kiwoom.now = datetime(2026, 11, 23, 9, 1, tzinfo=SEOUL)
    assert day_state(connected, DAY) is DayState.GAP


def test_a_missing_fill_is_a_mismatch_with_its_stock_named(connected: Account, kiwoom: Kiwoom) -> None:
    tell(kiwoom)
    kiwoom.lists("kt00007", placed_row("0000001", 7, 7, 98_000, "매도"))
    proof = close(connected, kiwoom, EVENING)
    assert proof.state == "mismatch"
    assert ("E1", "quantity.sold", "005930") in bad(proof)

    tell(kiwoom)
    assert close(connected, kiwoom, MONDAY).state == "closing"
    assert close(connected, kiwoom, TUESDAY).state == "sealed"


def test_a_doubled_fee_is_a_mismatch(connected: Account, kiwoom: Kiwoom) -> None:
    tell(kiwoom)
    kiwoom.lists("ka10074", total(fee=280))
    proof = close(connected, kiwoom, EVENING)
    assert proof.state == "mismatch"
    assert ("E2", "costs.diary", "") in bad(proof)


def test_a_late_correction_reopens_the_day_and_is_told_exactly_once(connected: Account, kiwoom: Kiwoom) -> None:
    """F-52: the broker lowers the commission of a settled sale from 140 to 130."""
    first = sealed(connected, kiwoom)
    tell(kiwoom, fee=130)
    reopened = close(connected, kiwoom, TUESDAY)

    assert (reopened.state, reopened.reopened) == ("closing", True)
    assert reopened.version > first.version
    first.refresh_from_db()
    assert (first.state, first.superseded_at is not None) == ("sealed", True)

    resealed = close(connected, kiwoom, NEXT_WEEK)
    assert (resealed.state, resealed.reopened) == ("sealed", False)
    assert [note.words for note in correction_notes(connected)] == ["정정: 2026-11-20 005930 수수료 140→130"]
    assert Correction.objects.count() == 1

    # the old figure is still there, under its version
    assert first.figures[""]["commission"] == 140
    assert RealisedDay.objects.before().get(day=DAY).commission == 140


def test_a_correction_at_the_last_planned_read_gets_one_more_read_of_its_own(
    connected: Account, kiwoom: Kiwoom
) -> None:
    sealed(connected, kiwoom)
    close(connected, kiwoom, TUESDAY)
    close(connected, kiwoom, TUESDAY + timedelta(hours=1))
    tell(kiwoom, fee=130)
    assert close(connected, kiwoom, NEXT_WEEK).state == "closing"
    assert again(connected, kiwoom).state == "sealed"
    assert Correction.objects.count() == 1


def test_a_correction_taken_back_before_the_seal_is_no_correction(connected: Account, kiwoom: Kiwoom) -> None:
    sealed(connected, kiwoom)
    tell(kiwoom, fee=130)
    close(connected, kiwoom, TUESDAY)
    assert len(correction_notes(connected)) == 1
    tell(kiwoom)
    close(connected, kiwoom, TUESDAY + timedelta(hours=1))
    assert close(connected, kiwoom, NEXT_WEEK).state == "sealed"
    assert correction_notes(connected) == []


def test_a_sealed_day_of_which_one_list_alone_changes_is_a_mismatch(connected: Account, kiwoom: Kiwoom) -> None:
    sealed(connected, kiwoom)
    kiwoom.lists("ka10074", total(fee=300))
    proof = close(connected, kiwoom, TUESDAY)
    assert (proof.state, proof.reopened) == ("mismatch", True)
    assert {line.reason for line in map(Line.of, proof.lines) if not line.holds} == {Reason.CORRECTION}
    assert prove(connected, DAY).pk == proof.pk


def test_a_correction_told_by_one_list_has_the_others_read_again_at_once_and_once(
    connected: Account, kiwoom: Kiwoom
) -> None:
    sealed(connected, kiwoom)
    SyncTask.objects.filter(account=connected, purpose=Purpose.CLOSE).update(state="done")
    tell(kiwoom, fee=130)
    kiwoom.now = TUESDAY
    month = SyncTask.objects.create(
        account=connected,
        tr="ka10074",
        purpose=Purpose.AGAIN,
        first=date(2026, 11, 1),
        last=date(2026, 11, 30),
        due_at=timezone.now(),
    )
    do(connected, month)
    assert present(connected).state == "mismatch"
    waiting = SyncTask.objects.filter(account=connected, purpose=Purpose.AGAIN, state="waiting")
    assert sorted(waiting.values_list("tr", flat=True)) == [
        "ka01690",
        "ka10073",
        "ka10074",
        "ka10170",
        "kt00007",
    ]
    assert again(connected, kiwoom).state == "closing"
    assert [note.words for note in correction_notes(connected)] == ["정정: 2026-11-20 005930 수수료 140→130"]


def told_cash(account: Account, day: date, d2: int) -> None:
    """The cash after settlement, as it was told that evening."""
    at = datetime.combine(day, datetime.min.time(), tzinfo=SEOUL).replace(hour=19, minute=59)
    some = dict.fromkeys(("cash", "withdrawable", "buying_power", "d1"), 0)
    Deposit.objects.create(account=account, day=day, recorded_at=timezone.now(), d2=d2, told_at=at, **some)


@pytest.mark.parametrize(("told", "state"), [(1_077_770, "sealed"), (1_077_700, "mismatch")])
def test_cash_that_was_told_before_a_correction_is_explained_by_it_to_the_won(
    connected: Account, kiwoom: Kiwoom, told: int, state: str
) -> None:
    """The diary settles 77,770 on the evening and 77,780 since the commission is 130: 1,000,000 + 77,770."""
    told_cash(connected, date(2026, 11, 19), 1_000_000)
    told_cash(connected, DAY, told)
    first = sealed(connected, kiwoom)
    tell(kiwoom, fee=130)
    close(connected, kiwoom, TUESDAY)
    close(connected, kiwoom, NEXT_WEEK)
    assert present(connected).state == state
    line = next(line for line in map(Line.of, present(connected).lines) if line.key == "cash.d2")
    if state == "sealed":
        (cause,) = line.causes
        assert (cause.won, cause.before) == (10, first.version)
        assert DayProof.objects.get(day=DAY, version=cause.after).figures[""]["commission"] == 130
        assert "정산을 정정한 금액" in reason_words(line)
    else:
        assert line.reason is Reason.CORRECTION or line.reason is Reason.UNEXPLAINED


def test_a_day_with_buys_only_is_sealed_without_a_row_of_the_total(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10170", diary_row("005930", "삼성전자", bought=980_000))
    kiwoom.lists("kt00007", placed_row("0000001", 10, 10, 98_000))
    kiwoom.lists("ka10074", tot_buy_amt="980000")
    close(connected, kiwoom, EVENING)
    proof = close(connected, kiwoom, MONDAY)
    told = {line.key: line for line in map(Line.of, proof.lines)}
    assert proof.state == "sealed"
    assert told["sold.total"].reason is Reason.NO_SALE
    assert told["bought.header"].difference == 0
    assert told["bought.diary"].difference == 0
    assert not RealisedDay.objects.exists()


def test_a_day_of_one_blank_row_is_sealed_as_a_day_of_nothing(connected: Account, kiwoom: Kiwoom) -> None:
    close(connected, kiwoom, EVENING)
    assert close(connected, kiwoom, MONDAY).state == "sealed"


def test_two_years_of_nothing_are_no_gap(connected: Account, kiwoom: Kiwoom) -> None:
    for task in SyncTask.objects.filter(purpose=Purpose.BACKFILL):
        do(connected, task)
    prove_rest(connected)
    states = states_between(connected, date(2024, 11, 20), DAY)
    assert states == {DAY: DayState.OPEN}
    assert not DayProof.objects.exists()


def test_every_trading_day_since_the_account_was_connected_is_in_one_state(
    connected: Account, kiwoom: Kiwoom
) -> None:
    sealed(connected, kiwoom)
    kiwoom.now = datetime(2026, 11, 27, 12, tzinfo=SEOUL)
    connected.first_day = DAY
    states = states_between(connected, DAY, date(2026, 12, 31))
    assert states == {
        DAY: DayState.SEALED,
        date(2026, 11, 23): DayState.GAP,
        date(2026, 11, 24): DayState.GAP,
        date(2026, 11, 25): DayState.GAP,
        date(2026, 11, 26): DayState.GAP,
        date(2026, 11, 27): DayState.OPEN,
    }


def test_a_fault_of_a_proof_never_breaks_a_read(
    connected: Account, kiwoom: Kiwoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(proving, "prove_days", broken)
    tell(kiwoom)
    kiwoom.now = EVENING
    poll(connected, "ka10074")
    with pytest.raises(DayProof.DoesNotExist):
        close(connected, kiwoom, EVENING)
    assert RealisedDay.objects.current().get().commission == 140


# What people do about it


def test_a_person_explains_a_difference_and_the_day_holds_until_the_figures_change(
    connected: Account, kiwoom: Kiwoom, trader: Person
) -> None:
    tell(kiwoom)
    kiwoom.lists("ka10074", total(fee=280))
    close(connected, kiwoom, EVENING)
    for name in bad(present(connected)):
        explain(connected, DAY, name, kind=Explanation.Kind.TOLD, reason="이벤트 수수료", author=trader.user)
    assert present(connected).state == "closing"
    assert close(connected, kiwoom, MONDAY).state == "sealed"
    assert Explanation.objects.first().author == trader.user

    kiwoom.lists("ka10074", total(fee=290))
    assert close(connected, kiwoom, TUESDAY).state == "mismatch"


def test_an_explanation_taken_back_counts_no_more_and_stays_to_be_read(
    connected: Account, kiwoom: Kiwoom, trader: Person
) -> None:
    tell(kiwoom)
    kiwoom.lists("ka10074", total(fee=280))
    (name, *_) = bad(close(connected, kiwoom, EVENING))
    explain(connected, DAY, name, kind=Explanation.Kind.ACCEPTED, reason="맞음", author=trader.user)
    take_back(connected, DAY, Explanation.objects.get().pk)
    assert present(connected).state == "mismatch"
    assert Explanation.objects.get().reason == "맞음"


def test_what_holds_needs_no_explanation(connected: Account, kiwoom: Kiwoom, trader: Person) -> None:
    sealed(connected, kiwoom)
    with pytest.raises(NothingToExplain):
        explain(
            connected, DAY, ("E1", "sold.total", ""), kind=Explanation.Kind.TOLD, reason="?", author=trader.user
        )


def test_reading_again_asks_for_every_list_of_the_day_once(connected: Account, kiwoom: Kiwoom) -> None:
    sealed(connected, kiwoom)
    read_again(connected, DAY)
    read_again(connected, DAY)
    tasks = SyncTask.objects.filter(purpose=Purpose.AGAIN, first=DAY, last=DAY, state="waiting")
    assert sorted(tasks.values_list("tr", flat=True)) == ["ka01690", "ka10073", "ka10074", "ka10170", "kt00007"]
    before = kiwoom.count("ka10074")
    again(connected, kiwoom)
    assert kiwoom.count("ka10074") == before + 1


def held(account: Account, day: date, quantity: int) -> None:
    """Holdings as the broker told them at that day's end."""
    at = datetime.combine(day, datetime.min.time(), tzinfo=SEOUL).replace(hour=19, minute=59)
    told = {"account": account, "day": day, "recorded_at": timezone.now()}
    money = dict.fromkeys(
        ("sellable", "average_cost", "cost", "previous_close", "bought_today", "sold_today", "price"), 0
    )
    more = dict.fromkeys(("value", "profit", "return_rate", "weight", "commission", "tax"), 0)
    Holding.objects.create(**told, symbol="005930", name="삼성전자", quantity=quantity, **money, **more)
    totals = dict.fromkeys(("cost", "value", "profit", "return_rate", "estimated_assets"), 0)
    Balance.objects.create(**told, **totals, read_at=timezone.now(), told_at=at)


def bought(account: Account, day: date, quantity: int, symbol: str = "005930") -> None:
    Fill.objects.create(
        account=account,
        day=day,
        recorded_at=timezone.now(),
        order_no=f"9{symbol}",
        fill_no="1",
        symbol=symbol,
        name="삼성전자",
        side="buy",
        quantity=quantity,
        price=70_000,
        amount=70_000 * quantity,
        venue="KRX",
    )


def test_a_split_overnight_is_proposed_confirmed_and_no_loss(
    connected: Account, kiwoom: Kiwoom, trader: Person
) -> None:
    """F-53: 13 shares are 65 the next morning."""
    yesterday = date(2026, 11, 19)
    bought(connected, yesterday, 13)
    held(connected, yesterday, 13)
    held(connected, DAY, 65)
    close(connected, kiwoom, EVENING)
    proposed = next(line for line in map(Line.of, present(connected).lines) if line.symbol == "005930")
    assert (proposed.reason, proposed.ratio) == (Reason.RIGHTS, (5, 1))
    assert present(connected).state == "mismatch"

    event = confirm_event(connected, DAY, "005930", reason="공시 20261119", author=trader.user)
    assert (event.kind, event.numerator, event.denominator) == ("split", 5, 1)
    assert present(connected).state == "closing"
    assert Fill.objects.get().quantity == 13
    with pytest.raises(NoProposal):
        confirm_event(connected, DAY, "005930", reason="", author=trader.user)
    assert HoldingEvent.objects.count() == 1


def test_shares_of_a_day_read_too_early_are_carried_to_the_next_known_day(
    connected: Account, kiwoom: Kiwoom
) -> None:
    """Known on the 18th, bought 5 on the 19th unseen, bought none on the 20th: 10 + 5 = 15."""
    held(connected, date(2026, 11, 18), 10)
    bought(connected, date(2026, 11, 19), 5)
    held(connected, DAY, 15)
    proof = close(connected, kiwoom, EVENING)
    line = next(line for line in map(Line.of, proof.lines) if line.key == "held")
    assert (line.ours, line.theirs) == (15, 15)


def test_a_delisted_holding_is_a_loss_of_ours_and_no_sale_of_the_brokers(
    connected: Account, kiwoom: Kiwoom, trader: Person
) -> None:
    """Confirmed on a day on which something else was sold: the broker's result of that day is of the sale."""
    yesterday = date(2026, 11, 19)
    for symbol in ("005930", "277810"):
        bought(connected, yesterday, 10, symbol)
    tell(kiwoom)
    told = {"kind": "delisting", "symbol": "277810", "day": str(DAY), "reason": "상장폐지", "price": "0"}
    close(connected, kiwoom, EVENING)
    record_event(connected, told, trader.user)
    assert TradeSlice.objects.get(account=connected, day=DAY, symbol="277810").cost == 700_000
    facts = gathered(connected, [DAY], clock_of(connected).corrected)[DAY].facts
    assert [one.symbol for one in facts.slices] == ["005930"]
