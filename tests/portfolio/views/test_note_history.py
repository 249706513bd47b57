"""The history of a note: every text with who wrote it, what changed, and the way back to it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portfolio.models import NoteVersion, Place, Section
from portfolio.presenting.noting import HistoryPage
from portfolio.selectors.notes import note_of
from portfolio.services.noting import save


@pytest.fixture
def place(connected, today):
    return Place(connected, Section.REVIEW, today)


@pytest.fixture
def wrote(place, trader):
    """Three texts in one sitting, and one a quarter of an hour later."""
    begun = timezone.now()
    for number, (text, minutes) in enumerate(
        (("너무", 0), ("너무 일찍", 1), ("너무 일찍 팔았다", 2), ("너무 늦게 팔았다", 17))
    ):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            save(place.account, place.day, text, based_on=number, author=trader.user)


def told(sitting) -> list[tuple[str, str]]:
    return [(change.kind, change.text) for change in sitting.changes]


def test_what_was_written_in_one_go_is_one_step_and_every_text_is_in_it(place, wrote):
    later, first = HistoryPage(place, "", may_write=True).sittings

    assert told(later) == [("same", "너무 "), ("gone", "일찍"), ("added", "늦게"), ("same", " 팔았다")]
    assert told(first) == [("added", "너무 일찍 팔았다")]
    assert [version.text for version in first.between] == ["너무 일찍", "너무"]
    assert (later.is_current, first.is_current) == (True, False)


def test_another_persons_text_is_a_step_of_its_own(place, trader, owner):
    save(place.account, place.day, "준의 글", based_on=0, author=trader.user)
    save(place.account, place.day, "민지의 글", based_on=1, author=owner.user)
    save(place.account, place.day, "늦은 글", based_on=1, author=trader.user)

    page = HistoryPage(place, "", may_write=True)

    assert [(each.author, each.version.is_conflict) for each in page.sittings] == [
        ("Jun", True),
        ("Minji", False),
        ("Jun", False),
    ]


def test_a_long_history_goes_on_on_the_next_page(place, trader):
    for number in range(65):
        save(place.account, place.day, f"글 {number}", based_on=number, author=trader.user)

    first = HistoryPage(place, "", may_write=True)
    rest = HistoryPage(place, str(first.older), may_write=True)

    assert (first.older, rest.older) == (6, None)
    assert sum(1 + len(each.between) for page in (first, rest) for each in page.sittings) == 65


@pytest.mark.parametrize("before", ["x", "-1", "²", "9" * 30])
def test_nonsense_in_the_address_shows_the_newest(viewer, place, wrote, before):
    page = viewer.get(f"/a/{place.account.code}/notes/{place.key}/?before={before}")

    assert "너무 늦게" in page.content.decode().replace("</ins>", "").replace("<ins>", "").replace(
        "<del>일찍</del>", ""
    )


def test_an_old_text_becomes_the_present_one_at_a_click(trader, place, wrote):
    trader.post(f"/a/{place.account.code}/notes/{place.key}/restore/2/")

    assert note_of(place.account, place.day).text == "너무 일찍"
    assert NoteVersion.objects.count() == 5
    assert trader.post(f"/a/{place.account.code}/notes/{place.key}/restore/99/").status_code == 404


def test_a_note_is_removed_and_brought_back_at_a_click(trader, place, wrote):
    base = f"/a/{place.account.code}/notes/{place.key}/"

    trader.post(f"{base}remove/")
    page = trader.get(f"/a/{place.account.code}/journal/{place.day}/").content.decode()
    assert note_of(place.account, place.day).text == ""
    assert "지운 메모가 있습니다" in page

    trader.post(f"{base}back/")
    assert note_of(place.account, place.day).text == "너무 늦게 팔았다"


def test_markup_in_an_old_text_is_text(viewer, place, trader):
    save(place.account, place.day, "<script>alert(1)</script>", based_on=0, author=trader.user)

    page = viewer.get(f"/a/{place.account.code}/notes/{place.key}/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
