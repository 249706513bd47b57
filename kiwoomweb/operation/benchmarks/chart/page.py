"""The benchmark's page: a blank one with the product's modules and tokens, served from the sources on disk.

Nothing leaves the browser: every address of the made-up host is answered here.
"""

import json
import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from kiwoomweb.ui.vendored import modules

__all__ = ["ADDRESS", "serve"]

ADDRESS = "http://localhost/"
HERE = Path(__file__).parent
PAGE = """<!doctype html><html lang="ko" data-theme="light"><meta charset="utf-8">
<link rel="stylesheet" href="/css/tokens.css"><script type="importmap">{}</script>
<body><div id="box" style="width:1000px;height:600px"></div><script src="/bench.js"></script></body></html>"""
#: An isolated page has a clock of microseconds.
HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
}


def serve(route: Any) -> None:
    """Answer one request of the page (a Playwright route)."""
    path = urlsplit(route.request.url).path
    body = page() if path == "/" else source(path)
    if body is None:
        route.fulfill(status=404)
        return
    kind = "text/html" if path == "/" else mimetypes.guess_type(path)[0] or "text/plain"
    route.fulfill(body=body, content_type=kind, headers=HEADERS | {"content-type": kind})


def page() -> str:
    static = {name: f"/{path}" for name, path in modules().items()}
    # Our modules leave their ending out, so each is named.
    named = {f"#lib/{file.stem}": f"/js/lib/{file.name}" for file in (STATIC / "js" / "lib").glob("*.js")}
    return PAGE.format(json.dumps({"imports": named | static}))


def source(path: str) -> bytes | None:
    """A file of the benchmark or of the product's static files, and of nothing else."""
    file = HERE / "bench.js" if path == "/bench.js" else (STATIC / path.lstrip("/")).resolve()
    inside = file.parent == HERE or file.is_relative_to(STATIC)
    return file.read_bytes() if inside and file.is_file() else None


STATIC = (Path(settings.BASE_DIR) / "static").resolve()
