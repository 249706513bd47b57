"""Finding a symbol by its code, its name or its 초성."""

import pytest

from kiwoomweb.access.models import Account
from market.initials import initials, is_initials
from market.models import Instrument
from market.recent import MOST, looked_at, remember
from market.selectors.instruments import find
from tests.people import Person

pytestmark = pytest.mark.django_db

LISTED = {
    "005930": "삼성전자",
    "005935": "삼성전자우",
    "006400": "삼성SDI",
    "000660": "SK하이닉스",
    "035720": "카카오",
    "323410": "카카오뱅크",
    "069500": "KODEX 200",
}


@pytest.fixture
def listed() -> None:
    for symbol, name in LISTED.items():
        Instrument.objects.create(symbol=symbol, name=name, initials=initials(name), market="코스피")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("005930", "005930"),
        ("삼성전자", "005930"),
        ("삼성", "005930"),
        ("ㅅㅅㅈㅈ", "005930"),
        ("ㅋㅋㅇ", "035720"),
        ("ㅋㅋㅇㅂ", "323410"),
        ("하이닉스", "000660"),
        ("sk", "000660"),
        ("kodex", "069500"),
        ("뱅크", "323410"),
        ("0003", None),
    ],
)
def test_the_best_match_comes_first(listed: None, typed: str, first: str | None) -> None:
    found = find(typed).first()
    assert (found.symbol if found else None) == first


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "없는종목", "'; drop table"])
def test_nonsense_finds_nothing(listed: None, typed: str) -> None:
    assert list(find(typed)) == []


def test_first_consonants_of_a_name() -> None:
    assert initials("삼성전자우 B") == "ㅅㅅㅈㅈㅇB"
    assert initials("까뚜쏘") == "ㄲㄸㅆ"
    assert is_initials("ㅅㅅ")
    assert not is_initials("삼ㅅ")
    assert not is_initials("SK")


def test_a_visitor_is_asked_to_sign_in(visitor: Person) -> None:
    assert visitor.get("/search/?q=삼성").status_code == 302


def test_results_open_in_the_account_the_person_works_in(
    viewer: Person, account: Account, live_account: Account, listed: None
) -> None:
    page = viewer.get(f"/search/?q=ㅅㅅㅈㅈ&account={live_account.code}")
    assert f"/a/{live_account.code}/symbols/005930/" in page.content.decode()


def test_a_strangers_account_is_no_place_to_open_results(
    viewer: Person, account: Account, strangers_account: Account, listed: None
) -> None:
    page = viewer.get(f"/search/?q=삼성&account={strangers_account.code}").content.decode()
    assert f"/a/{strangers_account.code}/" not in page
    assert f"/a/{account.code}/symbols/005930/" in page


def test_the_search_box_gets_only_the_list(viewer: Person, account: Account, listed: None) -> None:
    part = viewer.get(
        "/search/?q=카카오", headers={"HX-Request": "true", "HX-Target": "found"}
    ).content.decode()
    assert "카카오뱅크" in part
    assert "<html" not in part


def test_what_was_looked_at_is_remembered_newest_first_and_bounded() -> None:
    session: dict[str, list[str]] = {}
    for n in range(MOST + 3):
        remember(session, "abc", f"{n:06d}")  # type: ignore[arg-type]
    remember(session, "abc", "000005")  # type: ignore[arg-type]
    seen = looked_at(session, "abc")  # type: ignore[arg-type]
    assert seen[:2] == ["000005", f"{MOST + 2:06d}"]
    assert len(seen) == MOST == len(set(seen))


def test_a_tr_is_found_by_its_id_and_by_its_name(viewer, account):
    for text in ("ka10081", "KA1008", "주식일봉"):
        page = viewer.get("/search/", {"q": text, "account": account.code}).content.decode()
        assert f"/a/{account.code}/tr/ka10081/" in page
    one_letter = viewer.get("/search/", {"q": "ㅋ", "account": account.code}).content.decode()
    assert "/tr/k" not in one_letter
