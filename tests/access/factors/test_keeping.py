"""Where factors lie: two at once use a code once, and a copied passkey is found out."""

import pytest

from kiwoomweb.access.factors import keeping
from kiwoomweb.access.models import User
from tests.people import make_person

pytestmark = pytest.mark.security(39, "6.5.1", "6.7.2")


@pytest.fixture
def minji(db) -> User:
    return make_person("Minji").user


def passkey(user: User, counter: int) -> int:
    return keeping.keep_passkey(user, "laptop", "localhost", (b"public", f"id-{user.pk}", counter)).pk


@pytest.mark.parametrize(
    ("kept", "said", "taken"),
    [(0, 0, True), (0, 1, True), (5, 6, True), (5, 5, False), (5, 4, False), (5, 0, False)],
)
def test_a_counter_that_does_not_move_on_tells_of_a_twin(minji, kept, said, taken):
    assert keeping.took_signature(passkey(minji, kept), said) is taken


def test_a_counter_once_taken_is_remembered(minji):
    pk = passkey(minji, 5)
    assert [keeping.took_signature(pk, 9), keeping.took_signature(pk, 9)] == [True, False]


def test_passkeys_are_known_by_the_site_they_were_made_for(minji):
    passkey(minji, 0)
    assert len(keeping.passkeys_of(minji, "localhost")) == 1
    assert keeping.passkeys_of(minji, "journal.example.com") == []


def test_new_recovery_codes_close_the_old_ones(minji):
    old = keeping.keep_codes(minji)
    keeping.keep_codes(minji)
    assert not keeping.took_recovery(minji, old[0])
