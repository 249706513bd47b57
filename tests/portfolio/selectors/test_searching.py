"""What somebody wrote is found again: in two letters, written apart or together, on both databases."""

from datetime import date, timedelta

import pytest

from portfolio.models import Note, NoteIndex, Section
from portfolio.selectors.searching import search_notes
from portfolio.services.indexing import reindex
from portfolio.services.noting import bring_back, remove, save

DAY = date(2026, 11, 20)


@pytest.fixture
def wrote(account, trader):
    def write(text: str, day: date = DAY, section: Section = Section.REVIEW, based_on: int = 0) -> None:
        save(account, day, text, based_on=based_on, author=trader.user, section=section)

    return write


def days(account, question: str, **rest) -> list[date]:
    return [hit.day for hit in search_notes(account, question, **rest)]


@pytest.mark.parametrize(
    "question",
    ["눌림", "눌림목", "종가베팅", "종가 베팅", "NXT", "ｎｘｔ", "5.2%", "목", "다", "다.", "매수 눌림"],
)
def test_a_note_is_found_however_it_is_asked_for(account, wrote, question):
    wrote("눌림목 매수 뒤 종가 베팅. nxt에서 +5.2% 팔았다.")
    wrote("아무 상관 없음!", DAY - timedelta(days=1))

    assert DAY in days(account, question)


@pytest.mark.parametrize("question", ["돌파", "눌림 돌파", "%", "", "' OR 1=1 --", '"', "눌림* NOT", "account"])
def test_what_nobody_wrote_is_not_found(account, wrote, question):
    wrote("눌림목 매수")

    assert days(account, question) == []


def test_letters_that_only_touch_elsewhere_are_no_find(account, wrote):
    wrote("가나. 나다. 다라.")

    assert days(account, "가나다라") == []


def test_the_newest_days_come_first_and_the_rest_on_the_next_page(account, wrote):
    for back in range(5):
        wrote("손절", DAY - timedelta(days=back))

    first = search_notes(account, "손절", 2)
    rest = search_notes(account, "손절", 9, first[-1].id)

    assert [hit.day for hit in (*first, *rest)] == [DAY - timedelta(days=back) for back in range(5)]


def test_another_account_finds_nothing_of_mine(account, strangers_account, wrote):
    wrote("손절")

    assert days(strangers_account, "손절") == []


def test_only_the_present_text_is_found(account, wrote):
    wrote("처음 생각")
    wrote("나중 생각", based_on=1)

    assert days(account, "처음") == []
    assert days(account, "나중") == [DAY]


def test_a_removed_note_is_not_found_until_it_is_back(account, wrote, trader):
    wrote("손절")
    note = Note.objects.get()

    remove(note, author=trader.user)
    assert days(account, "손절") == []

    bring_back(note)
    assert days(account, "손절") == [DAY]


def test_plan_and_review_of_a_day_are_two_finds(account, wrote):
    wrote("손절선 지키기")
    wrote("손절선 7만", section=Section.LATER)

    assert {hit.place.section for hit in search_notes(account, "손절선")} == {Section.REVIEW, Section.LATER}


def test_the_index_can_be_made_anew_from_the_notes(account, wrote):
    wrote("손절")
    wrote("익절", DAY - timedelta(days=1))
    NoteIndex.objects.all().delete()
    assert days(account, "손절") == []

    assert reindex(account) == 2

    assert days(account, "손절") == [DAY]
    assert days(account, "익절") == [DAY - timedelta(days=1)]
