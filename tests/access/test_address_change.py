"""Another address: both mailboxes are asked, the links serve once and in time, and the old one can undo it."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from kiwoomweb.access.models import AddressChange, AuditEntry, Caution, User
from tests.access.test_signing_in import sign_in
from tests.people import Person, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.security(38, "6.4.1", "6.3.7", "7.5.1")]

PAGE = "/security/email/"
NEW = "minji@new.example.com"


@pytest.fixture(autouse=True)
def can_mail(settings) -> None:
    settings.CAN_MAIL = True


def letters(mailoutbox, to: str) -> list[str]:
    return [letter.body for letter in mailoutbox if letter.to == [to]]


def link(body: str) -> str:
    return re.search(r"http://testserver(/\S+)", body)[1]


@pytest.fixture
def asked(owner: Person, mailoutbox) -> tuple[str, str]:
    """The links of both letters: to confirm, to undo."""
    assert owner.post(PAGE, {"email": NEW.upper()}).status_code == 302
    return link(letters(mailoutbox, NEW)[0]), link(letters(mailoutbox, "minji@example.com")[0])


def address(owner: Person) -> str:
    return User.objects.get(pk=owner.user.pk).email


def later(**much: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**much), tick=False)


def test_nothing_changes_until_the_new_mailbox_answers_once(owner, visitor, asked, mailoutbox):
    yes, _no = asked
    assert visitor.get(yes).status_code == 200
    assert address(owner) == "minji@example.com", "a mail program that looks into links confirms nothing"
    assert visitor.post(yes).status_code == 200
    assert address(owner) == NEW
    assert list(EmailAddress.objects.filter(user=owner.user).values_list("email", "verified")) == [(NEW, True)]
    assert visitor.get("/security/").status_code == 302, "the link signs nobody in"
    assert visitor.post(yes).status_code == 404
    assert sign_in(visitor, email=NEW).status_code == 302
    assert len(letters(mailoutbox, "minji@example.com")) == 2
    done = AuditEntry.objects.filter(action__startswith="address.").order_by("pk")
    assert [(entry.action, entry.about) for entry in done] == [("address.asked", NEW), ("address.changed", NEW)]


def test_an_hour_later_the_link_is_dead_and_the_page_says_so(owner, visitor, asked):
    with later(minutes=61):
        answer = visitor.post(asked[0])
    assert answer.status_code == 404
    assert "쓸 수 없는 주소" in answer.content.decode()
    assert address(owner) == "minji@example.com"


def test_the_old_mailbox_stops_it_before(owner, visitor, asked):
    yes, no = asked
    assert "멈췄습니다" in visitor.post(no).content.decode()
    assert visitor.post(yes).status_code == visitor.post(no).status_code == 404
    assert owner.get(PAGE).status_code == 200, "nobody is thrown out for what did not happen"


def test_the_old_mailbox_undoes_it_within_a_week_and_throws_everybody_out(owner, visitor, asked):
    yes, no = asked
    visitor.post(yes)
    owner.post(PAGE, {"email": "third@example.com"})
    with later(days=6):
        assert "되돌리고" in visitor.post(no).content.decode()
        assert visitor.post(no).status_code == 404
        assert Caution.objects.get().why == "address"
    assert address(owner) == "minji@example.com"
    assert not AddressChange.objects.filter(confirmed_at=None, dropped_at=None).exists()
    assert AuditEntry.objects.filter(action="address.undone").count() == 1


def test_after_a_week_it_stays_changed(owner, visitor, asked):
    yes, no = asked
    visitor.post(yes)
    with later(days=7, minutes=1):
        assert visitor.post(no).status_code == 404
    assert address(owner) == NEW


def test_who_was_away_is_asked_who_they_are_first(owner):
    owner.was_long_idle()
    assert owner.get(PAGE)["Location"].startswith("/prove/")
    owner.post(PAGE, {"email": NEW})
    assert not AddressChange.objects.exists()


def test_an_address_of_somebody_else_is_told_to_its_mailbox_alone(owner, mailoutbox):
    make_person("Nuri")
    taken, free = (owner.post(PAGE, {"email": one}) for one in ("nuri@example.com", NEW))
    assert taken.status_code == free.status_code == 302
    assert "이미 이곳의 계정" in letters(mailoutbox, "nuri@example.com")[0]
    assert "http" not in letters(mailoutbox, "nuri@example.com")[0]


def test_who_came_under_the_address_meanwhile_keeps_it(owner, visitor, asked):
    User.objects.create_user(NEW, "another-long-passphrase")
    assert visitor.post(asked[0]).status_code == 404
    assert address(owner) == "minji@example.com"


@pytest.mark.parametrize(("said", "words"), [("minji@EXAMPLE.com", "지금 쓰는"), ("no address", "올바른")])
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_mailed(owner, mailoutbox, said, words):
    answer = owner.post(PAGE, {"email": said})
    assert (answer.status_code, mailoutbox) == (422, [])
    assert words in answer.content.decode()


def test_five_an_hour_and_a_newer_wish_calls_the_older_off(owner, visitor, mailoutbox):
    answers = [owner.post(PAGE, {"email": f"n{n}@example.com"}).status_code for n in range(6)]
    assert answers == [302] * 5 + [422]
    assert visitor.post(link(letters(mailoutbox, "n0@example.com")[0])).status_code == 404
    assert owner.post(f"{PAGE}keep/").status_code == 302
    assert visitor.post(link(letters(mailoutbox, "n4@example.com")[0])).status_code == 404


def test_without_a_mail_server_the_page_says_why_not(owner, settings):
    settings.CAN_MAIL = False
    assert "EMAIL_URL" in owner.get(PAGE).content.decode()
    owner.post(PAGE, {"email": NEW})
    assert not AddressChange.objects.exists()
