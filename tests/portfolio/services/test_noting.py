"""What somebody wrote about a day is never lost, not even to somebody else's writing."""

from datetime import date

from kiwoomweb.access.models import Account
from portfolio.models import NoteVersion
from portfolio.selectors.notes import note_of, note_texts
from portfolio.services.noting import save
from tests.people import Person

DAY = date(2026, 11, 20)


def test_a_day_without_a_note_is_blank(account: Account) -> None:
    note = note_of(account, DAY)
    assert (note.version, note.text, note.saved_at) == (0, "", None)


def test_a_saved_note_is_there(account: Account, trader: Person) -> None:
    save(account, DAY, "  너무 일찍 팔았다.\r\n다음엔 기다리자.\n", based_on=0, author=trader.user)
    note = note_of(account, DAY)
    assert (note.version, note.text, note.author) == (1, "너무 일찍 팔았다.\n다음엔 기다리자.", "Jun")


def test_every_earlier_text_is_kept(account: Account, trader: Person) -> None:
    save(account, DAY, "하나", based_on=0, author=trader.user)
    save(account, DAY, "둘", based_on=1, author=trader.user)
    assert list(NoteVersion.objects.order_by("number").values_list("text", flat=True)) == ["하나", "둘"]


def test_saving_the_same_text_twice_is_one_version(account: Account, trader: Person) -> None:
    save(account, DAY, "하나", based_on=0, author=trader.user)
    saved = save(account, DAY, "하나", based_on=0, author=trader.user)
    assert (saved.version, saved.is_conflict) == (1, False)
    assert NoteVersion.objects.count() == 1


def test_two_people_writing_at_once_both_keep_their_words(
    account: Account, trader: Person, owner: Person
) -> None:
    save(account, DAY, "준의 글", based_on=0, author=trader.user)
    saved = save(account, DAY, "민지의 글", based_on=0, author=owner.user)
    note = note_of(account, DAY)
    assert (saved.is_conflict, saved.version) == (True, 1)
    assert note.text == "준의 글"
    assert [(copy.text, copy.author) for copy in note.conflicts] == [("민지의 글", "Minji")]


def test_the_copy_goes_when_somebody_has_merged_it(account: Account, trader: Person, owner: Person) -> None:
    save(account, DAY, "준의 글", based_on=0, author=trader.user)
    save(account, DAY, "민지의 글", based_on=0, author=owner.user)
    save(account, DAY, "둘의 글", based_on=1, author=owner.user)
    note = note_of(account, DAY)
    assert (note.text, note.conflicts) == ("둘의 글", ())
    assert NoteVersion.objects.count() == 3


def test_an_emptied_note_can_be_read_again_from_its_versions(account: Account, trader: Person) -> None:
    save(account, DAY, "하나", based_on=0, author=trader.user)
    save(account, DAY, "", based_on=1, author=trader.user)
    assert note_of(account, DAY).text == ""
    assert NoteVersion.objects.get(number=1).text == "하나"


def test_notes_of_a_month_come_by_day(account: Account, strangers_account: Account, trader: Person) -> None:
    save(account, DAY, "여기", based_on=0, author=trader.user)
    save(strangers_account, DAY, "남의 것", based_on=0, author=trader.user)
    assert note_texts(account, date(2026, 11, 1), date(2026, 11, 30)) == {DAY: "여기"}
