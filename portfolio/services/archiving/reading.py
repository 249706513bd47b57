"""Reading an archive: nothing is believed before every byte of it has been compared with its digest."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portfolio.services.archiving.errors import ArchiveError
from portfolio.services.archiving.manifest import FORMAT, NAME, SCHEMA, shape

__all__ = ["opened"]

PIECE = 1 << 20
LONGEST_MANIFEST = 16 << 20


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The archive and its manifest, both checked. Raises ``ArchiveError``."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = _manifest(archive)
            _check_shape(told)
            _check_files(archive, told["files"])
            yield archive, told
    except (zipfile.BadZipFile, EOFError, OSError) as broken:
        raise ArchiveError(
            _("보관 파일을 읽을 수 없습니다. 잘렸거나 보관 파일이 아닙니다: %(why)s") % {"why": broken}
        ) from None


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        with archive.open(NAME) as member:
            told = json.loads(member.read(LONGEST_MANIFEST))
        assert isinstance(told, dict)  # noqa: S101  anything else is no manifest
    except (KeyError, ValueError, AssertionError):
        told = {}
    if told.get("format") != FORMAT:
        raise ArchiveError(_("KiwoomWeb의 보관 파일이 아닙니다."))
    if told.get("schema") != SCHEMA:
        raise ArchiveError(
            _("이 판은 보관 형식 %(theirs)s을(를) 모릅니다 (아는 형식: %(ours)s). 보관한 판으로 되돌리세요.")
            % {"theirs": told.get("schema"), "ours": SCHEMA}
        )
    return told


def _check_shape(told: dict[str, Any]) -> None:
    """The models must be those of this version: no column is dropped, none is guessed."""
    theirs, ours = told.get("models"), shape()
    if theirs == ours:
        return
    theirs = theirs if isinstance(theirs, dict) else {}
    odd = sorted(label for label in {*theirs, *ours} if theirs.get(label) != ours.get(label))
    raise ArchiveError(
        _("다른 판의 KiwoomWeb이 만든 보관 파일입니다 (다른 표: %(odd)s). 만든 판으로 되돌린 뒤 판을 올리세요.")
        % {"odd": ", ".join(odd[:6]) + (" …" if len(odd) > 6 else "")}
    )


def _check_files(archive: zipfile.ZipFile, files: Any) -> None:
    names = [name for name in archive.namelist() if name != NAME]
    if not isinstance(files, dict) or sorted(names) != sorted(files) or len(set(names)) != len(names):
        raise ArchiveError(_("보관 파일의 목록과 내용이 다릅니다. 아무것도 되돌리지 않았습니다."))
    for name, said in files.items():
        if _digest(archive, name, int(said["size"])) != said["sha256"]:
            raise ArchiveError(
                _("%(name)s의 내용이 바뀌었습니다 (sha256이 다릅니다). 아무것도 되돌리지 않았습니다.")
                % {"name": name}
            )


def _digest(archive: zipfile.ZipFile, name: str, size: int) -> str:
    """Of at most ``size`` bytes: what is longer than it says is not read to its end."""
    digest, read = hashlib.sha256(), 0
    with archive.open(name) as member:
        while read <= size and (piece := member.read(PIECE)):
            read += len(piece)
            digest.update(piece)
    return digest.hexdigest() if read == size else ""
