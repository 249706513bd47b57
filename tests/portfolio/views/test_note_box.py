"""The note of a day: saved while it is written, and nobody's words are lost."""

import pytest

from portfolio.models import NoteVersion
from portfolio.selectors.notes import note_of


@pytest.fixture
def day(today):
    return today


def write(person, account, day, text: str, version: int, *, section="review", **headers):
    path = f"/a/{account.code}/notes/{day}.{section}/save/"
    return person.post(path, {"text": text, "version": str(version)}, headers=headers)


def test_a_trader_saves_and_is_told_when(trader, connected, day):
    answer = write(trader, connected, day, "추격하지 말 것", 0, **{"HX-Request": "true"})

    assert note_of(connected, day).text == "추격하지 말 것"
    assert "저장됨 · Jun" in answer.content.decode()
    assert 'name="version" value="1"' in answer.content.decode()


def test_without_javascript_the_form_comes_back_to_its_day(trader, connected, day):
    answer = write(trader, connected, day, "추격하지 말 것", 0)

    assert (answer.status_code, answer.url) == (302, f"/a/{connected.code}/journal/{day}/#review")


def test_two_people_writing_at_once_both_keep_their_words(trader, owner, connected, day):
    write(trader, connected, day, "준의 글", 0)

    answer = write(owner, connected, day, "민지의 글", 0, **{"HX-Request": "true"}).content.decode()

    assert note_of(connected, day).text == "준의 글"
    assert "둘 다 남겼습니다" in answer
    assert "민지의 글" in answer
    assert set(NoteVersion.objects.values_list("text", flat=True)) == {"준의 글", "민지의 글"}


def test_a_note_is_text_and_never_markup(trader, connected, day):
    write(trader, connected, day, "</textarea><script>alert(1)</script>", 0)

    page = trader.get(f"/a/{connected.code}/journal/{day}/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "99999999999999999999"])
def test_a_version_that_is_none_never_overwrites(trader, connected, day, version):
    write(trader, connected, day, "처음 글", 0)

    path = f"/a/{connected.code}/notes/{day}.review/save/"
    answer = trader.post(path, {"text": "다른 글", "version": version})

    assert answer.status_code == 302
    assert note_of(connected, day).text == "처음 글"


def test_a_note_of_twenty_thousand_letters_is_kept(trader, connected, day):
    write(trader, connected, day, "가" * 20_000, 0)

    assert len(note_of(connected, day).text) == 20_000


def test_one_letter_more_is_refused_with_words_and_what_was_there_stays(trader, connected, day):
    write(trader, connected, day, "처음 글", 0)

    answer = write(trader, connected, day, "가" * 20_001, 1, **{"HX-Request": "true"})

    assert answer.status_code == 422
    assert "20,000자까지 저장합니다. 지금 20,001자라" in answer.content.decode()
    assert note_of(connected, day).text == "처음 글"


def test_without_javascript_the_refused_text_comes_back_to_be_shortened(trader, connected, day):
    answer = write(trader, connected, day, "가" * 20_001, 0)

    assert answer.status_code == 422
    assert "가" * 20_001 in answer.content.decode()
    assert 'name="version" value="0"' in answer.content.decode()


def test_the_box_cuts_nothing_off_that_is_pasted(trader, connected, day):
    assert (
        "maxlength"
        not in trader.get(f"/a/{connected.code}/journal/{day}/").content.decode().split("<textarea")[1]
    )


def test_tomorrow_has_no_note_yet(trader, connected):
    assert write(trader, connected, "2999-01-04", "내일", 0).status_code == 404
    assert write(trader, connected, "2999-01-04", "내일", 0, section="plan").status_code == 404
