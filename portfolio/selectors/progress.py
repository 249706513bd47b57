"""How far the first reading of the past has come. Cheap enough to ask every second or two."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from portfolio.models import Purpose, State, SyncTask
from portfolio.sources import SOURCES

__all__ = ["BackfillLine", "BackfillProgress", "backfill_progress"]

#: The pace is what was done in the last so many seconds.
RECENTLY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class BackfillLine:
    """One TR: ``done`` of ``total`` windows, complete from today back to ``oldest``; ``stopped`` when the
    environment does not offer it."""

    tr: str
    title: str
    done: int
    total: int
    oldest: date | None
    stopped: bool


@dataclass(frozen=True, slots=True)
class BackfillProgress:
    """The whole past. ``total`` grows while it is still unknown how far the past goes (``searching``).

    ``eta`` is seconds to go at the present pace, ``None`` while there is none. ``percent`` is 0 to 100.
    """

    began_at: datetime | None
    done: int
    total: int
    percent: int
    searching: bool
    finished: bool
    eta: int | None
    sentence: str
    lines: tuple[BackfillLine, ...]


def backfill_progress(account: Account) -> BackfillProgress:
    """Two queries, whatever the number of windows."""
    windows = SyncTask.objects.filter(account=account, purpose=Purpose.BACKFILL)
    good = ~Q(state=State.WAITING)
    counts = windows.values("tr").annotate(
        total=Count("pk"),
        done=Count("pk", filter=good),
        stopped=Count("pk", filter=Q(state=State.STOPPED)),
        oldest=Min("first", filter=good),
    )
    lines = tuple(_line(row) for row in sorted(counts, key=lambda row: list(SOURCES).index(row["tr"])))
    done, total = sum(line.done for line in lines), sum(line.total for line in lines)
    recent = windows.filter(good, last_good_at__gte=timezone.now() - RECENTLY).count() if done < total else 0
    eta = round((total - done) * RECENTLY.total_seconds() / recent) if recent else None
    sync = getattr(account, "sync", None)
    return BackfillProgress(
        sync.began_at if sync else None,
        done,
        total,
        round(100 * done / total) if total else 0,
        any(line.tr == "ka10074" and line.done < line.total for line in lines),
        bool(total) and done == total,
        eta,
        _sentence(done, total, eta),
        lines,
    )


def _line(row: Mapping[str, Any]) -> BackfillLine:
    tr, stopped = row["tr"], row["stopped"] > 0
    oldest = None if stopped else row["oldest"]
    return BackfillLine(tr, str(SOURCES[tr].title), row["done"], row["total"], oldest, stopped)


def _sentence(done: int, total: int, eta: int | None) -> str:
    if not total:
        return _("과거 기록을 아직 조회하지 않았습니다.")
    if done == total:
        return _("과거 기록을 모두 가져왔습니다.")
    if eta is None:
        return _("과거 기록을 가져오는 중입니다.")
    minutes = max(1, round(eta / 60))
    return _("과거 기록을 가져오는 중입니다. 약 %(minutes)d분 남았습니다.") % {"minutes": minutes}
