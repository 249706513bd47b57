"""A plan is closed when its market opens; removed notes come back; an old text can be the present one."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from kiwoomweb.broker.domain import SEOUL
from portfolio.models import Note, NoteVersion, Section
from portfolio.selectors.day_reviews import streak
from portfolio.selectors.notes import RESTORABLE, note_of
from portfolio.services.noting import TooLong, bring_back, remove, restore, save
from portfolio.services.reviewing_days import mark_reviewed, take_back

DAY = date(2026, 11, 20)  # a Friday
EXAM = date(2026, 11, 19)  # 수능: an hour later


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SEOUL)


def test_a_plan_can_be_written_until_nine(account, kiwoom, trader):
    kiwoom.now = at(DAY, 8, 59)
    save(account, DAY, "눌림만 산다", based_on=0, author=trader.user, section=Section.PLAN)

    plan = note_of(account, DAY, Section.PLAN)
    assert (plan.text, plan.is_frozen) == ("눌림만 산다", False)


def test_what_arrives_after_nine_is_kept_beside_the_plan(account, kiwoom, trader):
    kiwoom.now = at(DAY, 8, 59)
    save(account, DAY, "눌림만 산다", based_on=0, author=trader.user, section=Section.PLAN)
    kiwoom.now = at(DAY, 9)

    saved = save(account, DAY, "돌파도 산다", based_on=1, author=trader.user, section=Section.PLAN)

    plan = note_of(account, DAY, Section.PLAN)
    assert (saved.is_conflict, saved.is_frozen, plan.is_frozen) == (True, True, True)
    assert (plan.text, [copy.text for copy in plan.conflicts]) == ("눌림만 산다", ["돌파도 산다"])


def test_a_day_that_opens_late_can_be_planned_longer(account, kiwoom, trader):
    kiwoom.now = at(EXAM, 9, 59)
    assert not note_of(account, EXAM, Section.PLAN).is_frozen

    kiwoom.now = at(EXAM, 10)
    assert note_of(account, EXAM, Section.PLAN).is_frozen


def test_additions_and_reviews_are_never_closed(account, kiwoom, trader):
    kiwoom.now = at(DAY + timedelta(days=30), 12)
    for section in (Section.LATER, Section.REVIEW):
        save(account, DAY, "나중 글", based_on=0, author=trader.user, section=section)
        assert note_of(account, DAY, section).text == "나중 글"


def test_an_old_text_becomes_a_new_version(account, trader):
    save(account, DAY, "하나", based_on=0, author=trader.user)
    save(account, DAY, "둘", based_on=1, author=trader.user)

    restore(Note.objects.get(), 1, author=trader.user)

    assert (note_of(account, DAY).version, note_of(account, DAY).text) == (3, "하나")
    assert list(NoteVersion.objects.order_by("number").values_list("text", flat=True)) == ["하나", "둘", "하나"]


def test_a_closed_plan_is_not_changed_by_restoring_either(account, kiwoom, trader):
    kiwoom.now = at(DAY, 8)
    save(account, DAY, "하나", based_on=0, author=trader.user, section=Section.PLAN)
    save(account, DAY, "둘", based_on=1, author=trader.user, section=Section.PLAN)
    kiwoom.now = at(DAY, 9)

    assert restore(Note.objects.get(), 1, author=trader.user).is_frozen
    assert note_of(account, DAY, Section.PLAN).text == "둘"


def test_a_removed_note_is_blank_and_comes_back_whole(account, trader):
    save(account, DAY, "하나", based_on=0, author=trader.user)
    note = Note.objects.get()

    remove(note, author=trader.user)
    assert (note_of(account, DAY).text, note_of(account, DAY).removed_at is not None) == ("", True)

    bring_back(note)
    assert note_of(account, DAY).text == "하나"


def test_after_ninety_days_the_page_offers_no_way_back_but_every_word_is_there(account, trader):
    save(account, DAY, "하나", based_on=0, author=trader.user)
    remove(Note.objects.get(), author=trader.user)

    with time_machine.travel(Note.objects.get().removed_at + RESTORABLE, tick=False):
        assert note_of(account, DAY).removed_at is None
    assert NoteVersion.objects.get().text == "하나"


def test_writing_where_a_note_was_removed_begins_a_new_text_in_the_same_history(account, trader):
    save(account, DAY, "하나", based_on=0, author=trader.user)
    remove(Note.objects.get(), author=trader.user)

    saved = save(account, DAY, "둘", based_on=1, author=trader.user)

    assert (saved.is_conflict, note_of(account, DAY).text, NoteVersion.objects.count()) == (False, "둘", 2)


def test_a_text_that_is_too_long_changes_nothing(account, trader):
    with pytest.raises(TooLong):
        save(account, DAY, "가" * 20_001, based_on=0, author=trader.user)

    assert not NoteVersion.objects.exists()


def test_marking_a_day_twice_is_one_mark_and_taking_it_back_is_remembered(account, trader):
    for _time in range(2):
        mark_reviewed(account, DAY, by=trader.user)
    assert account.day_reviews.count() == 1

    take_back(account, DAY)
    mark_reviewed(account, DAY, by=trader.user)
    assert account.day_reviews.count() == 2


def test_the_streak_counts_days_gone_over_not_days_won(account, trader, traded_on):
    week = [date(2026, 11, 16) + timedelta(days=number) for number in range(5)]
    traded_on(*week)
    assert streak(account, DAY) == 0
    for day in week[1:4]:  # Tuesday to Thursday; Friday is still going on
        mark_reviewed(account, day, by=trader.user)
    assert streak(account, DAY) == 3

    take_back(account, week[2])
    assert streak(account, DAY) == 1


def test_a_day_without_fills_does_not_break_the_streak(account, trader, traded_on):
    traded_on(date(2026, 11, 2), date(2026, 11, 18))
    for day in (date(2026, 11, 2), date(2026, 11, 18)):
        mark_reviewed(account, day, by=trader.user)

    assert streak(account, DAY) == 2


@pytest.fixture
def traded_on(account):
    """A fill on each of the days."""
    from django.utils import timezone

    from orders.models import Fill

    def trade(*days: date) -> None:
        for day in days:
            Fill.objects.create(
                account=account,
                day=day,
                recorded_at=timezone.now(),
                order_no="0000001",
                fill_no="1",
                symbol="005930",
                side="buy",
                quantity=1,
                price=98_000,
                amount=98_000,
                venue="KRX",
            )

    return trade
