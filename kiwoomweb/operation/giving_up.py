"""Giving up: web, worker, stream and beat cannot open account keys, whatever becomes of them afterwards.

Our own word (``access.powers``) and the kernel's: ``landlock`` keeps the folder of the desk's key from the
process. Called first, while there is one thread.
"""

import os
import tempfile
from pathlib import Path

from kiwoomweb.operation import landlock

__all__ = ["give_up_account_keys", "keep_from_desk", "why_open"]


def give_up_account_keys() -> None:
    """For the life of this process and of its children."""
    from django.conf import settings

    from kiwoomweb.access import powers

    powers.give_up_account_keys()
    keep_from_desk(Path(settings.DESK_KEYS_FILE), Path(settings.VAR))


def keep_from_desk(file: Path, var: Path) -> None:
    """The kernel's part, without Django. Where it has none to play, ``why_open`` has told the operator."""
    if why_open(file, var):
        return
    if file.parent.resolve().is_relative_to(Path(tempfile.gettempdir()).resolve()):
        _scratch_in(var)
    landlock.keep_from(file.parent)


def why_open(file: Path, var: Path) -> tuple[str, str] | None:
    """Why the kernel does not keep the desk's key from processes of the same user, in two languages."""
    if file.resolve().is_relative_to(var.resolve()):
        return (
            "DESK_KEYS_FILE이 데이터 폴더 안에 있어 웹 프로세스도 읽을 수 있습니다. 다른 폴더로 옮기세요",
            "DESK_KEYS_FILE lies in the data folder, where every process reads; move it out",
        )
    if not landlock.is_offered():
        return (
            "이 시스템에는 Landlock(리눅스 5.19)이 없어 같은 사용자의 프로세스가 계좌 키를 열 수 있습니다",
            "no Landlock here (Linux 5.19): any process of this user can read the key of the order process",
        )
    return None


def _scratch_in(var: Path) -> None:
    """What is made in the usual scratch folder could not be read: it lies on the way to the key."""
    place = var / "tmp"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["TMPDIR"] = str(place)
    tempfile.tempdir = None
