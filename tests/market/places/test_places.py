"""Somebody with the terminal's numbers in their fingers types one and is there."""

import pytest
from django.urls import reverse

from kiwoomweb.access.models import Account
from market.models import Instrument, ScreenNumber
from market.places.catalogue import NUMBERS, place, places
from market.places.finding import matching
from tests.people import Person

pytestmark = pytest.mark.django_db


def search(person: Person, account: Account, text: str, **rest: object) -> object:
    return person.get("/search/", {"q": text, "account": account.code}, **rest)


def lead(person: Person, account: Account, **told: str) -> int:
    return person.post(f"/a/{account.code}/screens/change/", told).status_code


def test_a_stranger_changes_nobodys_numbers(stranger: Person, account: Account) -> None:
    assert stranger.get(f"/a/{account.code}/screens/").status_code == 404
    assert lead(stranger, account, number="0101", place="journal") == 404
    assert not ScreenNumber.objects.exists()


@pytest.mark.parametrize(("typed", "there"), [("0130", "market:watchlists"), (" 0600 ", "market:symbols")])
def test_a_number_and_enter_is_a_jump(viewer: Person, account: Account, typed: str, there: str) -> None:
    assert search(viewer, account, typed)["Location"] == reverse(there, args=[account.code])


def test_a_whole_code_and_enter_opens_the_share(viewer: Person, account: Account) -> None:
    Instrument.objects.create(symbol="005930", name="삼성전자", initials="ㅅㅅㅈㅈ")
    assert search(viewer, account, "005930")["Location"].endswith("/symbols/005930/")
    assert search(viewer, account, "삼성").status_code == 200, "a name may mean several"


def test_numbers_are_each_persons_own_and_can_be_set_back(
    viewer: Person, trader: Person, account: Account
) -> None:
    assert lead(viewer, account, number="0101", place="journal") == 302
    assert lead(viewer, account, number="0130", place="") == 302
    assert search(viewer, account, "0101")["Location"].endswith("/journal/")
    assert search(viewer, account, "0130").status_code == 200, "it leads nowhere now"
    assert search(trader, account, "0101").status_code == 200
    assert search(trader, account, "0130").status_code == 302

    assert lead(viewer, account, usual="1") == 302
    assert search(viewer, account, "0130").status_code == 302


@pytest.mark.parametrize(
    ("number", "key", "words"),
    [
        ("12", "journal", "숫자 네 자리"),
        ("abcd", "journal", "숫자 네 자리"),
        ("²²²²", "", "숫자 네 자리"),
        ("0101", "nowhere", "목록에 있는"),
    ],
)
def test_nonsense_gets_words(viewer: Person, account: Account, number: str, key: str, words: str) -> None:
    answer = viewer.post(f"/a/{account.code}/screens/change/", {"number": number, "place": key})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("매매일", "journal"),
        ("ㅁㅁㅇㅈ", "journal"),
        ("관심", "watchlists"),
        ("0130", "watchlists"),
        ("ka10027", "tr:ka10027"),
        ("등락률", "tr:ka10027"),
        ("복기", "queue"),
        ("목표가", "alerts"),
    ],
)
def test_pages_are_found_as_people_call_them(text: str, first: str) -> None:
    assert matching(text, dict(NUMBERS))[0].place.key == first


def test_every_place_has_an_address_and_every_number_a_place(viewer: Person, account: Account) -> None:
    assert all(one.address(account.code).startswith(f"/a/{account.code}/") for one in places().values())
    assert all(place(key) for key in NUMBERS.values())
