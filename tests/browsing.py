"""A real browser: headless Chromium, a fresh profile for each test, and no tolerance for errors on the page."""

from collections.abc import Iterator
from typing import Any

import pytest

from kiwoomweb.operation.chromium import find_chromium

#: Milliseconds to wait for what should come: a slow machine is no wrong answer.
PATIENCE = 60_000
ARGUMENTS = [
    "--no-sandbox",  # tests may run as root, where Chromium's sandbox refuses to start
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, started once for the whole run."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the database is used between its turns only.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A Korean visitor's page at a desk. The test fails when it threw or asked another machine for anything."""
    context = browser.new_context(
        locale="ko-KR", timezone_id="Asia/Seoul", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints = _complaints(page)
    yield page
    context.close()
    assert complaints == []


def _complaints(page: Any) -> list[str]:
    """Filled while the page lives: uncaught errors, broken content policy, requests that left this machine."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("console", lambda line: heard.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("request", lambda request: heard.append(request.url) if _is_foreign(request.url) else None)
    return heard


def _is_foreign(url: str) -> bool:
    ours = ("//127.0.0.1", "//localhost:")  # a passkey wants a name, not a number
    return url.startswith(("http:", "https:", "ws:", "wss:")) and not any(host in url for host in ours)
