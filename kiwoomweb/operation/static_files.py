"""Static files: collected under hashed names when the sources changed since the last time, and only then."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

__all__ = ["are_stale", "collect"]


def are_stale() -> bool:
    """Whether a source file was added, removed or touched since ``collect()``."""
    stamp = _stamp()
    return not stamp.exists() or stamp.read_text() != _fingerprint()


def collect() -> None:
    """Copy every static file to STATIC_ROOT under its hashed name, with a compressed twin."""
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    _stamp().write_text(_fingerprint())


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / ".sources"


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{version('django')} {version('whitenoise')}".encode())
    for name, size, changed in sorted(_sources()):
        digest.update(f"{name} {size} {changed}\n".encode())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, int, int]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            yield name, facts.st_size, facts.st_mtime_ns
