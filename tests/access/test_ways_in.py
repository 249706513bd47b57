"""Every way in is on this list: a new one, or a library's page that slips in, fails here first."""

import pytest
from django.urls import URLPattern, get_resolver

from kiwoomweb.access.models import User
from kiwoomweb.access.permission import Door, permission_of

pytestmark = pytest.mark.security(68, "6.3.2", "6.3.4")

#: By name: how somebody becomes somebody, each as strong as the others. Invitations make people, not sessions
#: of people who are here.
WAYS_IN = {
    "account_login": "password, then the second factor",
    "passkey_in": "a passkey that has recognised its person",
    "passkey_in_ask": "what that passkey is asked to sign",
    "openid_connect_login": "an issuer the operator has set, then the second factor",
    "openid_connect_callback": "back from it",
    "mfa_authenticate": "the second factor",
    "second_factor_passkey": "what a passkey is asked to sign there",
    "lost_factor": "asks for the factor to be lifted after a day",
    "account_reset_password": "a link by mail, which signs nobody in",
    "account_reset_password_done": "says that it was sent",
    "account_reset_password_from_key": "a new password by that link",
    "account_reset_password_from_key_done": "says that it is set",
    "account_reauthenticate": "leads to the question who is there",
    "account_signup": "says that nobody signs up",
    "account_inactive": "says that the person was switched off",
    "account_logout": "the way out",
}


def public_pages(below: str) -> set[str]:
    found = set()

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            here = prefix + str(pattern.pattern).lstrip("^")
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns, here)
            elif here.startswith(below):
                permission = permission_of(pattern.callback)
                if permission is None or permission.door is Door.PUBLIC:
                    found.add(pattern.name)

    walk(get_resolver().url_patterns, "")
    return found


def test_the_open_pages_below_accounts_are_those_of_the_list():
    assert public_pages("accounts/") == set(WAYS_IN)


def test_there_is_nobody_after_installing(db):
    assert not User.objects.exists()


def test_there_is_no_page_for_administrators(visitor):
    assert visitor.get("/admin/").status_code == 404


@pytest.mark.security(69, "7.2.3")
@pytest.mark.parametrize("key", ["", "0" * 32, "admin", "../../etc", "a" * 4000])
def test_a_made_up_session_is_nobodys(visitor, db, key):
    visitor.browser.cookies["sessionid"] = key
    assert visitor.get("/security/").status_code == 302
    assert visitor.get("/security/", headers={"authorization": "Bearer static-token"}).status_code == 302
