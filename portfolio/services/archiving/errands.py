"""Errands: make the archive somebody asked for, at once when it is small, else in the background."""

import hashlib
import logging
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from kiwoomweb.access.models import Account, User
from kiwoomweb.later import later
from portfolio.models import ArchiveErrand
from portfolio.services.archiving.carried import carried
from portfolio.services.archiving.scope import Scope
from portfolio.services.archiving.writing import write

__all__ = ["SMALL", "ask", "look_after", "make", "path_of", "progress_of"]

#: Rows that are written while somebody waits for the page.
SMALL = 20_000
#: Archives kept of an account.
KEPT = 3
#: When nobody has begun, or has finished, after so long, somebody else is asked.
PATIENCE, LONGEST = timedelta(seconds=30), timedelta(hours=1)
State = ArchiveErrand.State

_log = logging.getLogger(__name__)


def ask(account: Account, person: User) -> ArchiveErrand:
    """An errand for the archive of the account; one that is under way already is that one."""
    under_way = ArchiveErrand.objects.filter(account=account, state__in=(State.WAITING, State.RUNNING))
    if errand := under_way.order_by("-pk").first():
        look_after(errand)
        return errand
    scope = Scope(account)
    rows = sum(scope.rows(model).count() for model in carried())
    errand = ArchiveErrand.objects.create(account=account, asked_by=person, asked_at=timezone.now(), rows=rows)
    if rows <= SMALL:
        make(errand.pk)
    else:
        later("portfolio.make_archive", errand_id=errand.pk)
    errand.refresh_from_db()
    return errand


def make(errand_id: int) -> None:
    """Write it, if nobody else does. Runs twice as well as once."""
    now = timezone.now()
    waiting = ArchiveErrand.objects.filter(pk=errand_id, state=State.WAITING)
    left = ArchiveErrand.objects.filter(pk=errand_id, state=State.RUNNING, began_at__lt=now - LONGEST)
    if not (waiting | left).update(state=State.RUNNING, began_at=now):
        return
    errand = ArchiveErrand.objects.select_related("account").get(pk=errand_id)
    try:
        _write(errand)
    except OSError as wrong:
        _log.warning("archive %s was not written: %s", errand_id, wrong)
        errand.state, errand.trouble = State.FAILED, str(wrong)[:200]
    errand.finished_at = timezone.now()
    errand.save()
    _let_go(errand)


def look_after(errand: ArchiveErrand) -> None:
    """Ask again when the queue has lost the errand or its worker died."""
    now = timezone.now()
    is_lost = errand.state == State.WAITING and errand.asked_at < now - PATIENCE
    is_dead = errand.state == State.RUNNING and errand.began_at and errand.began_at < now - LONGEST
    if is_lost or is_dead:
        later("portfolio.make_archive", errand_id=errand.pk)


def path_of(errand: ArchiveErrand) -> Path:
    """Where its file lies."""
    return Path(settings.VAR) / "archives" / f"{errand.account.code}-{errand.pk}.zip"


def progress_of(errand: ArchiveErrand) -> int:
    """Percent written so far. Told in the cache: the archive is read in a transaction that writes nothing."""
    done = int(cache.get(_key(errand), 0))
    return min(99, done * 100 // errand.rows) if errand.rows else 0


def _write(errand: ArchiveErrand) -> None:
    path = path_of(errand)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    done = 0

    def progress(rows: int) -> None:
        nonlocal done
        done += rows
        cache.set(_key(errand), done, 3600)

    write(path, errand.account, progress)
    path.chmod(0o600)
    with path.open("rb") as file:
        errand.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    errand.state, errand.size, errand.trouble = State.DONE, path.stat().st_size, ""


def _let_go(newest: ArchiveErrand) -> None:
    """Only the last few stay on the disk."""
    done = ArchiveErrand.objects.filter(account=newest.account, state=State.DONE).order_by("-pk")
    for old in done.select_related("account")[KEPT:]:
        path_of(old).unlink(missing_ok=True)
        ArchiveErrand.objects.filter(pk=old.pk).update(state=State.GONE)


def _key(errand: ArchiveErrand) -> str:
    return f"archive-errand-{errand.pk}"
