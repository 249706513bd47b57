"""The third-party files we serve: ``static/vendor/vendor.toml`` says what each is, and here it is checked.

Every entry names the npm package, its exact version, the file inside it, the sha256 of the file as we keep it
(without its ``sourceMappingURL`` comment, which would break hashed file names) and its licence.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

__all__ = ["Vendored", "complaints", "folder", "modules", "served_form", "vendored"]

SOURCE_MAP = re.compile(rb"\s*//# sourceMappingURL=\S+\s*$")


@dataclass(frozen=True, slots=True)
class Vendored:
    """One file. ``module`` is the bare name modules import it by, empty for fonts and classic scripts."""

    package: str
    version: str
    source: str
    file: str
    sha256: str
    licence: str
    licence_file: str
    module: str = ""

    @property
    def licence_path(self) -> str:
        """The licence text as a static file."""
        return f"vendor/{self.licence_file}"


def folder() -> Path:
    """Where the files and their list live."""
    return Path(settings.BASE_DIR) / "static" / "vendor"


def vendored() -> tuple[Vendored, ...]:
    """Every entry of ``vendor.toml``."""
    return tuple(Vendored(**entry) for entry in tomllib.loads((folder() / "vendor.toml").read_text())["file"])


@cache
def modules() -> dict[str, str]:
    """The vendored ES modules: bare name -> path below ``static``."""
    return {entry.module: f"vendor/{entry.file}" for entry in vendored() if entry.module}


def served_form(content: bytes) -> bytes:
    """The content as we keep it: a script loses its source map comment."""
    return SOURCE_MAP.sub(b"\n", content)


def complaints() -> Iterator[str]:
    """What is wrong with the files, one sentence each; nothing when all is well."""
    listed = {folder() / "vendor.toml"}
    for entry in vendored():
        path, licence = folder() / entry.file, folder() / entry.licence_file
        listed |= {path, licence}
        if not path.is_file():
            yield f"{entry.file} is missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256:
            yield f"{entry.file} is not what vendor.toml says"
        if not licence.is_file():
            yield f"{entry.file} has no licence text at {entry.licence_file}"
    for path in sorted(folder().rglob("*")):
        if path.is_file() and path not in listed:
            yield f"{path.relative_to(folder())} is not in vendor.toml"
