"""Licences: what the program is made of when it runs, in which version and under which licence.

``licences.tsv`` is written from the lock, the installed packages and the vendored files; a test holds it
against all three. Nothing under the GPL or AGPL may run; what is under the LGPL is named here with its reason.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

__all__ = ["ALLOWED", "LIST", "Part", "complaints", "listed", "locked", "parts", "written"]

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "licences.tsv"
COPYLEFT = re.compile(r"\b(A|L)?GPL|GNU (Affero|Lesser|General)", re.IGNORECASE)
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
#: LGPL: an unmodified library of its own, loaded at run time and replaceable by whoever runs the program.
ALLOWED = {
    "psycopg": "the driver of PostgreSQL, loaded only where DATABASE_URL asks for it",
    "psycopg-binary": "the same, compiled",
}
#: What the packages' own metadata leave out, or what other systems install; from their licence files.
SAID = {
    "async-timeout": "Apache-2.0",
    "cbor2": "MIT",
    "colorama": "BSD-3-Clause",
    "contourpy": "BSD-3-Clause",
    "numpy": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
    "u-msgpack-python": "MIT",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One package or vendored file. ``licence`` is empty where nobody has said (not installed here)."""

    kind: str
    name: str
    version: str
    licence: str

    def line(self) -> str:
        return "\t".join((self.kind, self.name, self.version, self.licence)) + "\n"


def locked(lock: Path = ROOT / "requirements.txt") -> list[tuple[str, str]]:
    """Every package of the lock with its version; a package may stand there for several systems."""
    found = LOCKED.findall(lock.read_text(encoding="utf-8"))
    return sorted((re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in set(found))


def parts() -> Iterator[Part]:
    """What the lock and the vendored list say now, with the licences found in this environment."""
    from kiwoomweb.ui.vendored import vendored

    known = {(part.name, part.version): part.licence for part in listed()}
    for name, version in locked():
        yield Part(
            "python", name, version, SAID.get(name) or _licence(name, version) or known.get((name, version), "")
        )
    scripts = {(each.package, each.version): each.licence for each in vendored()}
    for (name, version), licence in sorted(scripts.items()):
        yield Part("javascript", name, version, licence)


def listed() -> list[Part]:
    """What ``licences.tsv`` says."""
    if not LIST.exists():
        return []
    lines = LIST.read_text(encoding="utf-8").splitlines()[1:]
    return [Part(*line.split("\t")) for line in lines]


def written() -> None:
    """Write the list anew."""
    LIST.write_text(
        "kind\tname\tversion\tlicence\n" + "".join(part.line() for part in parts()), encoding="utf-8"
    )


def complaints() -> Iterator[str]:
    """What is wrong, one sentence each; nothing when all is well."""
    now, told = list(parts()), listed()
    for part in now:
        if part not in told:
            yield f"licences.tsv does not say: {part.line().strip()}"
        if not part.licence:
            yield f"nobody says under which licence {part.name} is"
        if COPYLEFT.search(part.licence) and part.name not in ALLOWED:
            yield f"{part.name} is under {part.licence} and may not run"
        if re.search(r"(?<!L)GPL", part.licence):
            yield f"{part.name} is under {part.licence} and may not run"
    yield from (
        f"licences.tsv names what is not locked: {part.name} {part.version}" for part in told if part not in now
    )


def _licence(name: str, version: str) -> str:
    """From the package's own metadata; empty where this version is not installed."""
    try:
        told: Any = metadata(name)  # its stubs know less of it than it can
    except PackageNotFoundError:
        return ""
    if told["Version"] != version:
        return ""
    free = (told.get("License") or "").strip().splitlines()
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if "License ::" in line]
    said = (
        told.get("License-Expression") or (" or ".join(classes) if classes else "") or (free[0] if free else "")
    )
    return " ".join(str(said).split())[:80]
