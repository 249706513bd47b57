"""The key ring: the keys that seal secrets, in a file beside the database and never in it.

One ``version:base64`` line per key, 32 bytes each. The last line seals, every line opens. Whoever has a copy of
the database but not this file has no secret; whoever loses this file must connect the accounts again.
"""

import base64
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

__all__ = [
    "KeyFileBroken",
    "KeyFileMissing",
    "KeyRing",
    "KeyUnknown",
    "SealError",
    "add_key",
    "first_ring",
    "put_ring",
    "read_ring",
    "stamp_of",
]

KEY_BYTES = 32


class SealError(Exception):
    """A secret cannot be sealed or opened. ``str()`` says what to do and never holds a secret."""


class KeyFileMissing(SealError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            _("봉인 키 파일이 없습니다: %(path)s. 백업에서 되돌리거나 SEALING_KEYS_FILE을 바로잡으세요.")
            % {"path": path}
        )


class KeyFileBroken(SealError):
    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            _("봉인 키 파일 %(path)s의 %(line)d번째 줄을 읽을 수 없습니다. 백업에서 되돌리세요.")
            % {"path": path, "line": line}
        )


class KeyUnknown(SealError):
    def __init__(self, path: Path, version: int) -> None:
        super().__init__(
            _("봉인 키 파일 %(path)s에 %(version)d번 키가 없습니다. 그 키가 든 파일을 백업에서 되돌리세요.")
            % {"path": path, "version": version}
        )


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys by version; ``newest`` seals."""

    path: Path
    keys: Mapping[int, bytes] = field(repr=False)

    @property
    def newest(self) -> int:
        return max(self.keys)

    def key(self, version: int) -> bytes:
        """The key of that version, or ``KeyUnknown``."""
        try:
            return self.keys[version]
        except KeyError:
            raise KeyUnknown(self.path, version) from None


def read_ring(path: Path) -> KeyRing:
    """The ring in ``path``. Raises ``KeyFileMissing`` or ``KeyFileBroken``."""
    try:
        lines = path.read_text("ascii").splitlines()
    except FileNotFoundError:
        raise KeyFileMissing(path) from None
    except UnicodeDecodeError:
        raise KeyFileBroken(path, 1) from None
    keys: dict[int, bytes] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            version, key = _parse(path, number, line.strip())
            if keys and version <= max(keys):
                raise KeyFileBroken(path, number)
            keys[version] = key
    if not keys:
        raise KeyFileMissing(path)
    return KeyRing(path, keys)


def stamp_of(path: Path) -> tuple[int, int]:
    """What changes with the file. Raises ``KeyFileMissing``."""
    try:
        state = path.stat()
    except FileNotFoundError:
        raise KeyFileMissing(path) from None
    return state.st_mtime_ns, state.st_ino


def first_ring(path: Path, mode: int = 0o600) -> None:
    """Make a ring of one key unless there is a file. Two first starts at once make one ring."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        return
    draft = _draft(path, _line(1), mode)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _settle(path.parent)


def add_key(path: Path) -> int:
    """Append a new key; from now on it seals. Gives its version.

    The file is replaced as a whole: a reader sees the ring before or after, never half a line.
    """
    ring = read_ring(path)
    version = ring.newest + 1
    text = path.read_text("ascii").rstrip("\n") + "\n" + _line(version)
    _replace(path, text)
    return version


def put_ring(path: Path, keys: Mapping[int, bytes]) -> None:
    """A ring of these keys in place of what there is, as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _replace(path, "".join(_line(version, key) for version, key in sorted(keys.items())))


def _replace(path: Path, text: str) -> None:
    """Mode and owner stay: root may turn the key of a process that runs as somebody else."""
    try:
        old = path.stat()
    except FileNotFoundError:
        draft = _draft(path, text)
    else:
        draft = _draft(path, text, stat.S_IMODE(old.st_mode))
        if os.geteuid() == 0:
            os.chown(draft, old.st_uid, old.st_gid)
    draft.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Wait until the folder's new entry is on disk: a row sealed with a key must never outlive the key."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _parse(path: Path, number: int, line: str) -> tuple[int, bytes]:
    version, _colon, text = line.partition(":")
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if not version.isdigit() or int(version) < 1 or len(key) != KEY_BYTES:
        raise KeyFileBroken(path, number)
    return int(version), key


def _line(version: int, key: bytes = b"") -> str:
    """A line of the file; without a key, one of a new key."""
    return f"{version}:{base64.b64encode(key or secrets.token_bytes(KEY_BYTES)).decode()}\n"


def _draft(path: Path, text: str, mode: int = 0o600) -> Path:
    """``text`` in a private file beside ``path``, on disk before anybody seals with a key in it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
