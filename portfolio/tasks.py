"""Tasks of the journal. Each fetches by id and calls one service; losing the queue loses no fact."""

from celery import shared_task
from django.db import connection

from kiwoomweb.later import later
from portfolio.services import backfilling, ringing, syncing
from portfolio.services.archiving import errands
from portfolio.services.inside import fetching, noticing
from portfolio.services.reporting import aligning, gathering, mailing, making, opening
from portfolio.services.telling import tell_mismatches
from portfolio.services.versioning.triggers import compact

__all__ = [
    "begin_backfill",
    "compact_versions",
    "fetch_bars",
    "look_for_bars",
    "make_archive",
    "make_report",
    "note_entry",
    "open_reports",
    "ring",
    "sync_account",
    "tell",
]


@shared_task
def ring() -> None:
    """Every few seconds: send workers to the accounts that have something due."""
    for account_id in ringing.due_accounts():
        later("portfolio.sync_account", account_id=account_id)


@shared_task
def sync_account(account_id: int) -> None:
    """Do what is due for one account; ask to be called again when it was more than one shift."""
    ringing.answer(account_id)
    if syncing.work_through(account_id):
        later("portfolio.sync_account", account_id=account_id)


@shared_task
def begin_backfill(account_id: int) -> None:
    """Plan everything that is to be read of a newly connected account."""
    backfilling.begin(account_id)


@shared_task
def look_for_bars() -> None:
    """Twice a minute: send workers to accounts with trades whose bars are missing."""
    for account_id in fetching.accounts_with_work():
        later("portfolio.fetch_bars", account_id=account_id)


@shared_task
def fetch_bars(account_id: int) -> None:
    """Bars around the trades of one account, a few at a time and behind everybody else."""
    fetching.work(account_id)


@shared_task
def note_entry(trade_id: int) -> None:
    """What the market says at the moment of a trade's first fill."""
    noticing.note_entry(trade_id)


@shared_task
def make_archive(errand_id: int) -> None:
    """Write an archive somebody has asked for."""
    errands.make(errand_id)


@shared_task
def compact_versions() -> None:
    """Every hour: what the database noted of past changes, in fewer rows."""
    compact(connection)


@shared_task
def open_reports() -> None:
    """Twice a minute: reports whose moment has come, and those nobody has finished."""
    aligning.align()
    opening.open_due()
    gathering.gather_left()
    for issue_id in making.waiting():
        later("portfolio.make_report", issue_id=issue_id)


@shared_task
def make_report(issue_id: int) -> None:
    """Make one report and post it to its readers."""
    making.make(issue_id)


@shared_task
def mail_again(issue_id: int, reader_id: int) -> None:
    """Send a report of several accounts once more: whoever asked need not see all that its reader sees."""
    mailing.mail_again_to(issue_id, reader_id)


@shared_task
def tell() -> None:
    """Once a minute: days that do not agree with the broker."""
    tell_mismatches()
