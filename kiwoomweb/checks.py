"""System checks: what must never be so, said in Korean first with the way out."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

__all__ = ["check_debug", "check_doors", "check_key_files"]

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
#: Files only their owner may read, under ``var/keys``.
PRIVATE = ("django.key", "sealing.keys", "audit.keys", "demo.json", "setup.code")


@register
def check_debug(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """DEBUG shows source and settings to whoever causes an error: loopback only, no real account."""
    if not settings.DEBUG:
        return []
    foreign = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    return [*_debug_elsewhere(foreign), *_debug_with_live_accounts()]


def _debug_elsewhere(foreign: list[str]) -> Iterator[CheckMessage]:
    if foreign:
        yield Error(
            f"DEBUG=1인데 다른 컴퓨터의 접속을 받습니다: {', '.join(foreign)} (DEBUG where others reach it)",
            hint="DEBUG를 끄거나 ALLOWED_HOSTS에 127.0.0.1만 남기세요. (DEBUG off, or loopback only)",
            id="kiwoomweb.E001",
        )


def _debug_with_live_accounts() -> Iterator[CheckMessage]:
    if settings.LIVE_ALLOWED:
        yield Error(
            "DEBUG=1에서는 실전 계좌를 쓸 수 없습니다. (no live account while DEBUG is on)",
            hint="DEBUG를 끄거나 KIWOOMWEB_LIVE=0으로 두세요. (turn DEBUG off, or set KIWOOMWEB_LIVE=0)",
            id="kiwoomweb.E002",
        )


@register
def check_doors(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An address that does not say who may come to it is served to nobody."""
    from kiwoomweb.doors import undeclared

    return [
        Error(
            f"누구에게 열려 있는지 밝히지 않은 주소: {each} (no declared permission)",
            hint="access.http의 장식자를 붙이세요. (decorate the view with access.http)",
            id="kiwoomweb.E003",
        )
        for each in undeclared()
    ]


@register
def check_key_files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Keys and passwords that others on this machine can read are no secrets."""
    folder = Path(settings.VAR) / "keys"
    files = {folder / name for name in PRIVATE}
    files |= {Path(settings.SEALING_KEYS_FILE), Path(settings.AUDIT_KEYS_FILE), Path(settings.DESK_KEYS_FILE)}
    files |= {Path(settings.BASE_DIR) / ".env"}
    return [_exposed(path) for path in sorted(files) if _others_may_read(path)]


def _others_may_read(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
    except (FileNotFoundError, PermissionError):  # in a folder that is closed to us, as to others
        return False


def _exposed(path: Path) -> CheckMessage:
    return Warning(
        f"다른 사용자가 키 파일을 읽을 수 있습니다: {path} (others can read this key file)",
        hint=f"chmod 600 {path}",
        id="kiwoomweb.W001",
    )
