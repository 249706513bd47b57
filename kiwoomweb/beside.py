"""Services beside us: a database, a queue or a mail server on the network is asked with a password of its own,
and mail with one is sent over TLS. Said before the first request, with the way out."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connections

__all__ = ["check_services"]

#: What services are delivered with, or what everybody tries first.
USUAL = frozenset(
    {"postgres", "postgresql", "password", "admin", "root", "changeme", "secret", "redis", "default",
     "foobared", "kiwoomweb", "test", "1234", "12345678"}
)  # fmt: skip
HERE = frozenset({"", "127.0.0.1", "localhost", "::1"})


@register
def check_services(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whoever reaches the port is in, where the password is empty or the usual one."""
    return [*_database(), *_queue(), *_mail()]


def _database() -> Iterator[CheckMessage]:
    told = connections.settings["default"]
    host = str(told.get("HOST", ""))
    if host in HERE or host.startswith("/"):
        return
    if _is_usual(str(told.get("PASSWORD", "")), str(told.get("USER", ""))):
        yield _refused("DATABASE_URL", "데이터베이스", "database", "kiwoomweb.E004")


def _queue() -> Iterator[CheckMessage]:
    if not settings.REDIS_URL.startswith(("redis://", "rediss://")):
        return
    told = urlsplit(settings.REDIS_URL)
    if (told.hostname or "") not in HERE and _is_usual(told.password or "", ""):
        yield _refused("REDIS_URL", "큐(Redis)", "queue", "kiwoomweb.E005")


def _mail() -> Iterator[CheckMessage]:
    told = settings.MAIL
    if str(told["EMAIL_HOST"] or "") in HERE or not told["EMAIL_HOST_USER"]:
        return
    if _is_usual(told["EMAIL_HOST_PASSWORD"] or "", told["EMAIL_HOST_USER"]):
        yield _refused("EMAIL_URL", "메일 서버", "mail server", "kiwoomweb.E006")
    if not (told.get("EMAIL_USE_TLS") or told.get("EMAIL_USE_SSL")):
        yield Warning(
            "메일 서버의 비밀번호가 암호화되지 않고 나갑니다. (the mail password leaves in the clear)",
            hint="EMAIL_URL을 smtp+tls:// 또는 smtp+ssl://로 쓰세요. (use smtp+tls:// or smtp+ssl://)",
            id="kiwoomweb.W002",
        )


def _is_usual(password: str, user: str) -> bool:
    return not password or password.lower() in USUAL or password == user


def _refused(name: str, korean: str, english: str, number: str) -> CheckMessage:
    return Error(
        f"{korean}의 비밀번호가 비었거나 누구나 아는 것입니다. "
        f"(the {english} has no password, or the usual one)",
        hint=f"{name}에 그 서비스만의 비밀번호를 넣으세요. (give it one of its own in {name})",
        id=number,
    )
