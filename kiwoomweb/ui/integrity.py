"""Integrity: what a browser must find in a script of others before it runs it (Subresource Integrity).

Said of files we keep by ``vendor.toml``, of files that come with a package by the package's own record, which
the lock pins. A file that was changed on the server, or on the way, is not run.
"""

import base64
from functools import cache
from importlib.metadata import distribution

from kiwoomweb.ui.vendored import vendored

__all__ = ["of_package", "of_vendored"]


@cache
def of_vendored() -> dict[str, str]:
    """``{"vendor/plotly/plotly-cartesian.min.js": "sha256-…", …}`` for every vendored file."""
    return {f"vendor/{entry.file}": _said(bytes.fromhex(entry.sha256)) for entry in vendored()}


@cache
def of_package(package: str, file: str) -> str:
    """``sha256-…`` of a static file of an installed package. Raises ``LookupError`` where none is recorded."""
    for path in distribution(package).files or ():
        if path.as_posix().endswith(f"static/{file}") and path.hash and path.hash.mode == "sha256":
            digest = path.hash.value
            return _said(base64.urlsafe_b64decode(digest + "=" * (-len(digest) % 4)))
    raise LookupError(f"{package} records no {file}")


def _said(digest: bytes) -> str:
    return f"sha256-{base64.b64encode(digest).decode()}"
