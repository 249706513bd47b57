"""What the browser loads: our ES modules by bare name, the vendored ones beside them, style sheets in order."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from kiwoomweb.ui.integrity import of_vendored
from kiwoomweb.ui.vendored import modules as vendored_modules

__all__ = ["import_map", "pins", "style_sheets"]

#: Sheets of one folder need no order: every rule lives in a named layer.
STYLE_ORDER = ("reset.css", "tokens.css", "layout.css", "components/*.css", "pages/*.css")


def import_map() -> dict[str, str]:
    """``{"#lib/format": "/static/js/lib/format.<hash>.js", …, "lightweight-charts": "/static/vendor/…"}``."""
    return _import_map() if not settings.DEBUG else _import_map.__wrapped__()


def pins() -> dict[str, str]:
    """The vendored modules' addresses with what a browser must find there."""
    return _pins() if not settings.DEBUG else _pins.__wrapped__()


def style_sheets() -> tuple[str, ...]:
    """The addresses of all style sheets, in the order of their layers."""
    return _style_sheets() if not settings.DEBUG else _style_sheets.__wrapped__()


@cache
def _import_map() -> dict[str, str]:
    ours = {f"#{path.removesuffix('.js')}": static(f"js/{path}") for path in _below("js", ("**/*.js",))}
    return ours | {name: static(path) for name, path in vendored_modules().items()}


@cache
def _pins() -> dict[str, str]:
    return {static(path): of_vendored()[path] for path in vendored_modules().values()}


@cache
def _style_sheets() -> tuple[str, ...]:
    return tuple(static(f"css/{path}") for path in _below("css", STYLE_ORDER))


def _below(folder: str, patterns: tuple[str, ...]) -> Iterator[str]:
    root = Path(settings.BASE_DIR) / "static" / folder
    for pattern in patterns:
        yield from (found.relative_to(root).as_posix() for found in sorted(root.glob(pattern)))
