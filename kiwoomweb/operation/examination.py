"""Examination: what is right and what is not on this server, each finding with its remedy."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from kiwoomweb.operation import heartbeats
from kiwoomweb.operation.giving_up import why_open

__all__ = ["Finding", "examine"]

#: Less free disk than this, in megabytes, ends badly for a journal that never deletes.
LITTLE_SPACE = 1_000
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: in Korean, in English, and what to do when it is not right."""

    well: bool
    korean: str
    english: str
    remedy: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything. Nothing is changed, and one thing that fails does not hide the next."""
    yield from _database()
    yield from _queue()
    yield from _web()
    yield from _space()
    yield _powers()
    yield from _system_checks()


def _database() -> Iterator[Finding]:
    try:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except Error as error:
        remedy = "DATABASE_URL과 데이터베이스 서버를 확인하세요. (check DATABASE_URL and the server)"
        yield Finding(False, f"데이터베이스에 연결할 수 없습니다: {error}", "no database", remedy)
        return
    yield Finding(True, f"데이터베이스가 답합니다: {connection.vendor}", "the database answers")
    if waiting:
        remedy = "manage.py up 이 갱신합니다. (manage.py up brings it up to date)"
        yield Finding(
            False, f"데이터베이스가 {waiting}단계 뒤처져 있습니다", f"{waiting} migrations wait", remedy
        )


def _queue() -> Iterator[Finding]:
    if not _answers(lambda: cache.set("doctor", 1, 5)):
        remedy = (
            "manage.py up 이 실행 중인지, REDIS_URL이 맞는지 확인하세요. (is it running? is REDIS_URL right?)"
        )
        yield Finding(False, "큐(Valkey)가 답하지 않습니다", "the queue does not answer", remedy)
        return
    yield Finding(True, "큐(Valkey)가 답합니다", "the queue answers")
    yield from (_heartbeat(process, age) for process, age in heartbeats.ages().items())


def _heartbeat(process: str, age: float | None) -> Finding:
    if age is not None and age <= heartbeats.LATE_AFTER:
        return Finding(
            True, f"{process}: {age:.0f}초 전에 살아 있었습니다", f"{process} was heard {age:.0f} s ago"
        )
    remedy = f"로그를 보세요: {settings.VAR}/log/{process}.log (see its log)"
    return Finding(False, f"{process}: 소식이 없습니다", f"{process} is silent", remedy)


def _web() -> Iterator[Finding]:
    foreign = [host for host in settings.ALLOWED_HOSTS if host not in LOOPBACK]
    if foreign and not settings.HTTPS:
        remedy = "앞에 HTTPS 프록시를 두고 KIWOOMWEB_HTTPS=1로 켜세요. (put an HTTPS proxy in front)"
        english = "passwords travel unencrypted"
        yield Finding(False, f"{', '.join(foreign)}에서 비밀번호가 암호화되지 않고 오갑니다", english, remedy)
    else:
        yield Finding(True, "접속 주소가 안전합니다", "the site's address is safe")


def _space() -> Iterator[Finding]:
    place = next(path for path in (Path(settings.VAR), *Path(settings.VAR).parents) if path.exists())
    free = shutil.disk_usage(place).free // 1_000_000
    remedy = "공간을 비우거나 KIWOOMWEB_VAR를 옮기세요. (free some, or move KIWOOMWEB_VAR)"
    yield Finding(free >= LITTLE_SPACE, f"디스크에 {free:,} MB 남았습니다", f"{free:,} MB of disk free", remedy)


def _powers() -> Finding:
    """Whether the kernel keeps the key of the order process from the processes that serve."""
    open_because = why_open(Path(settings.DESK_KEYS_FILE), Path(settings.VAR))
    if open_because is None:
        return Finding(True, "계좌 키는 주문 프로세스만 엽니다", "the order process alone opens account keys")
    return Finding(False, *open_because)


def _system_checks() -> Iterator[Finding]:
    messages = [each for each in checks.run_checks() if not each.is_silenced()]
    yield from (Finding(False, str(each.msg), str(each.id), str(each.hint or "")) for each in messages)
    if not messages:
        yield Finding(True, "설정에 문제가 없습니다", "the settings are sound")


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Exception:  # any failure means one thing here: it does not answer
        return False
    return True
