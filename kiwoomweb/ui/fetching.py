"""Fetching vendored files again: ``npm pack`` of the exact version, then copy, hash and rewrite the list.

Only developers do this; the product serves the committed copies and needs no Node.
"""

import hashlib
import subprocess
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path

from kiwoomweb.ui.vendored import Vendored, folder, served_form, vendored

__all__ = ["refresh"]

LICENCE_NAMES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "dist/LICENSE.txt")


def refresh() -> None:
    """Fetch every package of ``vendor.toml`` and rewrite files, licences and hashes."""
    with tempfile.TemporaryDirectory() as place:
        fetched = [_refreshed(entry, Path(place)) for entry in vendored()]
    (folder() / "vendor.toml").write_text("\n".join(map(_toml, fetched)))


def _refreshed(entry: Vendored, place: Path) -> Vendored:
    with tarfile.open(_pack(f"{entry.package}@{entry.version}", place)) as package:
        content = served_form(_member(package, entry.source))
        licence = next(text for name in LICENCE_NAMES if (text := _member_or_nothing(package, name)))
    _write(folder() / entry.file, content)
    _write(folder() / entry.licence_file, licence)
    return replace(entry, sha256=hashlib.sha256(content).hexdigest())


def _pack(package: str, place: Path) -> Path:
    """Download one package; npm prints the name of the archive on its last line."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(place), package]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=place)
    return place / answer.stdout.strip().splitlines()[-1]


def _member(package: tarfile.TarFile, name: str) -> bytes:
    found = package.extractfile(f"package/{name}")
    if found is None:
        raise FileNotFoundError(name)
    return found.read()


def _member_or_nothing(package: tarfile.TarFile, name: str) -> bytes:
    return _member(package, name) if f"package/{name}" in package.getnames() else b""


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _toml(entry: Vendored) -> str:
    values = {name: getattr(entry, name) for name in Vendored.__slots__}
    lines = [f'{name} = "{value}"' for name, value in values.items() if value]
    return "\n".join(["[[file]]", *lines, ""])
