"""A browser with a fingerprint reader: Chromium's virtual authenticator, and what people do with it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.people import PASSWORD

__all__ = ["make_passkey", "sign_in_by_password"]

TOUCH_ID = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def laptop(page: Any, live_server: Any) -> Iterator[Any]:
    """A browser with a fingerprint reader, at the site by its name."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH_ID})
    page.site = live_server.url
    yield page
    page.goto("about:blank")


def sign_in_by_password(page: Any) -> None:
    page.goto(f"{page.site}/accounts/login/?next=/security/")
    page.fill("[name=login]", "minji@example.com")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="로그인", exact=True).click()
    expect(page.get_by_role("heading", name="보안")).to_be_visible()


def make_passkey(page: Any) -> None:
    page.goto(f"{page.site}/security/passkey/")
    page.get_by_role("button", name="패스키 만들기").click()
    expect(page.get_by_role("heading", name="복구 코드")).to_be_visible()
