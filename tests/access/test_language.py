"""Language: Korean first, English on request, and the choice goes with the person."""

from kiwoomweb.access.models import User
from tests.people import Person


def test_a_visitor_reads_korean(visitor):
    assert "로그인" in visitor.get("/accounts/login/").content.decode()


def test_a_visitors_choice_stays_in_this_browser(visitor):
    answer = visitor.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert 'lang="en"' in visitor.get("/accounts/login/").content.decode()


def test_a_persons_choice_follows_to_another_browser(owner):
    owner.post("/language/", {"language": "en"})
    assert User.objects.get(pk=owner.user.pk).language == "en"
    assert '<html lang="en">' in Person(owner.user).get("/connect/").content.decode()


def test_a_language_we_do_not_speak_changes_nothing(owner):
    owner.post("/language/", {"language": "xx"})
    assert User.objects.get(pk=owner.user.pk).language == ""
    assert '<html lang="ko">' in owner.get("/connect/").content.decode()


def test_looking_never_changes_the_language(owner):
    assert owner.get("/language/").status_code == 405


def test_the_switch_never_leads_off_this_site(visitor):
    answer = visitor.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert not answer["Location"].startswith("https://evil")
