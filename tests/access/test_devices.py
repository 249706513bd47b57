"""Devices we know: news of a new place, and a way in that strangers' guesses cannot close."""

import pytest

from kiwoomweb.access.models import Device, User
from kiwoomweb.access.services.devices import COOKIE
from kiwoomweb.access.signals import signed_in_from_new_place
from tests.access.test_signing_in import sign_in
from tests.people import PASSWORD, Person, make_person


@pytest.fixture
def minji(db) -> User:
    return make_person("Minji").user


@pytest.fixture
def news() -> list[str]:
    """The addresses somebody was told of."""
    heard: list[str] = []

    def hear(ip: str, **rest: object) -> None:
        heard.append(ip)

    signed_in_from_new_place.connect(hear, weak=False)
    yield heard
    signed_in_from_new_place.disconnect(hear)


def comes_in(person: Person, address: str = "203.0.113.7") -> None:
    assert sign_in(person, REMOTE_ADDR=address).status_code == 302
    person.post("/accounts/logout/")


@pytest.mark.security(79, "6.3.5")
def test_the_first_place_is_no_news_a_new_device_is_and_a_new_network_is(visitor, minji, news):
    comes_in(visitor)
    comes_in(visitor)
    assert news == []
    comes_in(Person(), "203.0.113.9")
    assert news == ["203.0.113.9"]
    comes_in(visitor, "198.51.100.4")
    assert news[-1] == "198.51.100.4"
    comes_in(visitor, "198.51.100.5")
    assert len(news) == 2


def test_of_the_cookie_only_a_hash_is_kept_and_scripts_do_not_see_it(visitor, minji):
    comes_in(visitor)
    cookie = visitor.browser.cookies[COOKIE]
    assert cookie.value not in str(Device.objects.values())
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.security(28, "6.1.1", "6.3.1", "2.4.1", "15.3.4")
def test_two_hundred_machines_guess_and_the_owner_still_comes_in(visitor, minji):
    comes_in(visitor)
    reached = 0
    for n in range(200):
        guess = sign_in(Person(), f"guess number {n}", REMOTE_ADDR=f"198.51.{n // 50}.{n}")
        reached += guess.status_code != 429
    assert reached <= 5
    assert sign_in(Person(), REMOTE_ADDR="192.0.2.1").status_code == 429
    assert sign_in(visitor, REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.mark.security(28, "6.3.1")
def test_a_known_device_is_no_licence_to_guess(visitor, minji):
    comes_in(visitor)
    answers = [sign_in(visitor, "wrong password here").status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_device_of_one_person_is_a_stranger_to_another(visitor, minji):
    make_person("Jun")
    comes_in(visitor)
    for _ in range(5):
        sign_in(Person(), "wrong password here", "jun@example.com")
    assert sign_in(visitor, PASSWORD, "jun@example.com").status_code == 429
