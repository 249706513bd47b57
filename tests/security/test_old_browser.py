"""A browser that lacks what protects its reader is told so on the way in; others see nothing of it."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.template.loader import render_to_string

STATIC = Path(live.BASE_DIR) / "static"


@pytest.mark.security("S-80", asvs=["3.1.1", "3.7.5"])
def test_a_browser_that_protects_less_is_told_so(page: Any) -> None:
    sheets = "".join(
        (STATIC / "css" / name).read_text() for name in ("components/banner.css", "pages/plain.css")
    )
    said = render_to_string("ui/old_browser.html")
    early = (STATIC / "js" / "early.js").read_text()
    whole = f"<!doctype html><script>{early}</script><style>{sheets}</style><body>{said}</body>"
    page.route("**/*", lambda route: route.fulfill(body=whole, content_type="text/html; charset=utf-8"))
    seen = []
    for lacks in ("", "PublicKeyCredential", "SecurityPolicyViolationEvent"):
        page.add_init_script(f"delete globalThis.{lacks}" if lacks else "")
        page.goto("http://127.0.0.1:9/")
        seen.append(page.locator(".old-browser").is_visible())
    assert seen == [False, True, True]
    assert "최신 브라우저" in page.locator(".old-browser").inner_text()
    for readme, word in (("README.md", "**Browsers.**"), ("README.ko.md", "**브라우저.**")):
        text = (
            (Path(live.BASE_DIR) / readme).read_text(encoding="utf-8").partition(word)[2].partition("\n\n")[0]
        )
        assert all(name in text for name in ("`__Host-`", "WebAuthn", "Trusted Types"))
