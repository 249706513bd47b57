"""The keys of an account: managers and owners change them, nobody reads them."""

import re

import pytest

from kiwoomweb.access.errors import NotConnected
from kiwoomweb.access.models import Account, AuditEntry
from kiwoomweb.access.services import keys
from kiwoomweb.broker.credentials import Credentials
from tests.access.broker_double import refused
from tests.access.conftest import APP_KEY, APP_SECRET

FRESH = {"app_key": "fresh-key-0001", "app_secret": "fresh-secret"}


@pytest.mark.parametrize("who", ["stranger", "viewer", "trader"])
def test_a_stranger_a_viewer_and_a_trader_find_no_such_page(who, request, connected, broker):
    person = request.getfixturevalue(who)
    path = f"/a/{connected.code}/keys/"
    for page in (person.get(path), person.post(path, FRESH), person.post(f"{path}remove/")):
        assert page.status_code == 404
    assert keys.opened(connected) == Credentials(APP_KEY, APP_SECRET)


def test_an_account_that_does_not_exist_looks_like_one_that_is_not_yours(owner, strangers_account):
    pages = [owner.get(f"/a/{code}/keys/") for code in ("zzzzzzzzzz", strangers_account.code)]
    assert [page.status_code for page in pages] == [404, 404]
    once = r'nonce="[^"]+"|X-CSRFToken": "\w+|csrfmiddlewaretoken" value="\w+|/a/\w{10}/keys/'
    missing, foreign = (re.sub(once, "", page.content.decode()) for page in pages)
    assert missing == foreign


@pytest.mark.security(14, "7.5.3")
def test_an_unattended_desk_changes_no_keys(owner, connected, broker):
    owner.was_long_idle()
    path = f"/a/{connected.code}/keys/"
    assert owner.get(path)["Location"].startswith("/prove/")
    for form in (owner.post(path, FRESH), owner.post(f"{path}remove/")):
        assert "본인 확인" in form.content.decode()
        assert "fresh-secret" not in form.content.decode()
    assert keys.opened(connected) == Credentials(APP_KEY, APP_SECRET)


@pytest.mark.parametrize("who", ["owner", "manager"])
def test_the_page_shows_the_last_four_and_nothing_more(who, request, connected):
    page = request.getfixturevalue(who).get(f"/a/{connected.code}/keys/").content.decode()
    assert APP_KEY[-4:] in page
    assert APP_KEY not in page
    assert APP_SECRET not in page
    assert connected.number not in page


def test_new_keys_are_checked_before_they_replace_the_old(owner, connected, broker):
    broker.answers["au10001"] = refused("8001")
    page = owner.post(f"/a/{connected.code}/keys/", FRESH)
    assert page.status_code == 422
    assert "맞지 않습니다" in page.content.decode()
    assert "fresh-secret" not in page.content.decode()
    assert keys.opened(connected) == Credentials(APP_KEY, APP_SECRET)


def test_good_new_keys_replace_the_old_and_end_the_trouble(owner, connected, broker):
    Account.objects.filter(pk=connected.pk).update(trouble_kind="WrongKeys", trouble_sentence="…")
    assert owner.post(f"/a/{connected.code}/keys/", FRESH).status_code == 302
    assert keys.opened(connected) == Credentials(*FRESH.values())
    assert Account.objects.get().trouble_kind == ""
    assert "0001" in owner.get(f"/a/{connected.code}/keys/").content.decode()


def test_keys_of_another_account_are_refused(owner, connected, broker):
    broker.answers["ka00001"] = {"acctNo": "5999999911", "return_code": 0}
    page = owner.post(f"/a/{connected.code}/keys/", FRESH)
    assert "다른 계좌의 키" in page.content.decode()
    assert keys.opened(connected) == Credentials(APP_KEY, APP_SECRET)


def test_keys_taken_away_are_gone_and_the_account_stays(owner, connected, broker):
    assert owner.get(f"/a/{connected.code}/keys/remove/").status_code == 405
    wrong = owner.post(f"/a/{connected.code}/keys/remove/", {"tail": "nope"})
    assert wrong.status_code == 422 and "마지막 네 글자가 다릅니다" in wrong.content.decode()
    assert keys.opened(connected)
    assert owner.post(f"/a/{connected.code}/keys/remove/", {"tail": APP_KEY[-4:]}).status_code == 302
    entry = AuditEntry.objects.get(action="key.revoked")
    assert (entry.who, entry.about) == (owner.user.email, f"••••{APP_KEY[-4:]}")
    with pytest.raises(NotConnected):
        keys.opened(connected)
    assert Account.objects.get().connected_at is None
    assert "키가 없습니다" in owner.get(f"/a/{connected.code}/keys/").content.decode()


def test_every_form_refuses_a_post_from_another_site(connected, owner):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(owner.user)
    for path in (
        "/connect/",
        "/connect/demo/",
        f"/a/{connected.code}/keys/",
        f"/a/{connected.code}/keys/remove/",
        "/language/",
        "/accounts/login/",
        "/accounts/logout/",
        "/setup/x/",
    ):
        assert careful.post(path, {}).status_code == 403, path
    assert keys.opened(connected)


def test_after_a_wrong_tail_the_form_of_new_keys_still_leads_to_the_keys(connected, owner):
    """The refusal stands at the address of taking away: a form without one of its own would be sent there."""
    page = owner.post(f"/a/{connected.code}/keys/remove/", {"tail": "zzzz"})
    assert page.status_code == 422
    assert page.content.decode().count(f'action="/a/{connected.code}/keys/"') == 1
