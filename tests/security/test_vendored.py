"""Scripts of others: pinned by hash in the list, the files, what is served and the page; none from afar."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.template import Context, Template
from django.templatetags.static import static

from kiwoomweb.ui.integrity import of_package, of_vendored
from kiwoomweb.ui.vendored import folder, vendored
from tests.people import Person

pytestmark = pytest.mark.security("S-52", asvs=["3.6.1", "15.2.4"])
HTMX = "django_htmx/htmx-2.min.js"
#: What a page loads by itself; a link somebody may click leads where it says.
AFAR = re.compile(
    r"""(?:src|action|data)=["']?(?:https?:)?//|<link[^>]+href=["']?(?:https?:)?//|url\(["']?(?:https?:)?//"""
    r"""|@import\s+["'(]*https?:"""
)


def pin(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def test_list_files_and_pins_say_the_same() -> None:
    assert {path: pin((folder().parent / path).read_bytes()) for path in of_vendored()} == of_vendored()
    assert of_package("django-htmx", HTMX) == pin(Path(str(finders.find(HTMX))).read_bytes())
    with pytest.raises(LookupError):
        of_package("django-htmx", "django_htmx/no-such.js")


def test_what_the_server_makes_of_them_is_byte_for_byte_what_is_pinned(tmp_path: Path) -> None:
    """It gives files a name by their content, and rewrites addresses in them: in these there is none."""
    storage = ManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    found = dict(_static_files())
    for _name, hashed, done in storage.post_process(found):
        if isinstance(done, Exception):
            raise done
        assert done or hashed
    served = {name: tmp_path / storage.hashed_files[storage.hash_key(name)] for name in found}
    assert {name: pin(path.read_bytes()) for name, path in served.items()} == of_vendored()


def _static_files() -> Any:
    from django.core.files.storage import FileSystemStorage

    source = FileSystemStorage(location=Path(live.BASE_DIR) / "static")
    yield from ((f"vendor/{entry.file}", (source, f"vendor/{entry.file}")) for entry in vendored())


def test_the_page_tells_the_browser_what_it_must_find(owner: Person) -> None:
    page = owner.get("/settings/").content.decode()
    table = json.loads(re.findall(r'<script type="importmap"[^>]*>(.*?)</script>', page)[0])
    modules = {static(f"vendor/{each.file}") for each in vendored() if each.module}
    assert table["integrity"].keys() == modules == set(table["imports"].values()) & table["integrity"].keys()
    assert all(pin(_found(path)) == said for path, said in table["integrity"].items())
    (htmx,) = re.findall(r'<script src="[^"]*htmx-2[^"]*" integrity="([^"]+)"', page)
    assert htmx == pin(Path(str(finders.find(HTMX))).read_bytes())


def _found(address: str) -> bytes:
    return Path(str(finders.find(address.removeprefix(live.STATIC_URL)))).read_bytes()


def test_no_page_sheet_or_letter_loads_anything_from_afar() -> None:
    root = Path(live.BASE_DIR)
    sources = [
        *root.glob("templates/**/*.html"),
        *root.glob("static/css/**/*.css"),
        *root.glob("static/js/**/*.js"),
    ]
    assert len(sources) > 200
    assert [path.name for path in sources if AFAR.search(path.read_text(encoding="utf-8"))] == []
    assert AFAR.search('<script src="https://cdn.example/x.js">')
    assert AFAR.search("@import 'https://fonts.example/x.css'")


@pytest.mark.security("S-53", asvs=["3.7.1"])
def test_pages_use_what_browsers_still_keep_safe_and_no_plugins() -> None:
    plugins = re.compile(
        r"<(object|embed|applet|bgsound|marquee|frameset)\b|\.swf\b|ActiveXObject|classid=", re.I
    )
    pages = [*Path(live.BASE_DIR).glob("templates/**/*.html"), *Path(live.BASE_DIR).glob("static/js/**/*.js")]
    assert len(pages) > 200
    assert [path.name for path in pages if plugins.search(path.read_text(encoding="utf-8"))] == []
    assert plugins.search('<object data="x.swf">')
    assert live.CONTENT_SECURITY_POLICY["DIRECTIVES"]["object-src"] == ["'none'"]


def test_a_browser_runs_no_script_that_was_changed_on_the_server(page: Any) -> None:
    head = Template("{% load importmap %}{% importmap %}").render(Context({"CSP_NONCE": "x"}))
    whole = f"<!doctype html><html><head>{head}</head><body></body></html>"
    changed = {"partysocket/ws.js"}

    def answer(route: Any) -> None:
        path = route.request.url.partition("/static/vendor/")[2]
        if not path:
            route.fulfill(body=whole, content_type="text/html")
            return
        body = (folder() / path).read_bytes() + (b"\n//" if path in changed else b"")
        route.fulfill(body=body, content_type="text/javascript")

    page.route("**/*", answer)
    page.goto("http://127.0.0.1:9/")
    tried = "async (name) => { try { await import(name); return 'ran' } catch { return 'refused' } }"
    assert page.evaluate(tried, "partysocket") == "refused"
    assert page.evaluate(tried, "lightweight-charts") == "ran"
    assert page.evaluate(tried, "plotly") == "ran"
