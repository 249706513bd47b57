"""Preparing, once a start: ``python -m kiwoomweb.operation.prepare PREPARED``, database and files up to date.

What it prints is shown to the person at the terminal. The file PREPARED is its last deed.
"""

import os
import sys
from pathlib import Path

from kiwoomweb.operation.telling import tell

__all__ = ["main"]


def main(prepared: Path) -> None:
    """Migrate, collect static files, offer the first user a way in; then say that all is ready."""
    import django

    django.setup()
    _migrate()
    _collect_static()
    _welcome()
    _hand_over_keys()
    prepared.parent.mkdir(parents=True, exist_ok=True)
    prepared.touch()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        tell(f"데이터베이스를 갱신합니다: {len(waiting)}단계", f"{len(waiting)} migrations", to=sys.stdout)
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def _collect_static() -> None:
    from kiwoomweb.operation import static_files

    if static_files.are_stale():
        tell("화면 파일을 모읍니다", "collecting static files", to=sys.stdout)
        static_files.collect()


def _welcome() -> None:
    from kiwoomweb.access.audit_key import make_audit_key
    from kiwoomweb.access.models import AuditEntry
    from kiwoomweb.access.services import first_user

    first_user.invite()
    if not AuditEntry.objects.exists():  # a new key would hide that the old one is lost
        make_audit_key()


def _hand_over_keys() -> None:
    """Account keys to the order process: its key pair at the first start, and rows from before there was one.

    A lost key file is said, and stops nobody: the journal is read without it.
    """
    from django.conf import settings

    from kiwoomweb.access.desk_keys import DeskKeysMissing, withdraw
    from kiwoomweb.access.key_ring import SealError
    from kiwoomweb.access.powers import may_open_account_keys
    from kiwoomweb.access.services.resealing import Outcome, hand_over
    from kiwoomweb.operation.giving_up import why_open

    if not may_open_account_keys():  # the order process runs as a user of its own, who has them
        return
    if reason := why_open(Path(settings.DESK_KEYS_FILE), Path(settings.VAR)):
        tell(*reason, mark="!", to=sys.stdout)
    outcome = Outcome(0)
    try:
        hand_over(outcome)
    except (SealError, OSError) as trouble:
        if isinstance(trouble, DeskKeysMissing):
            withdraw()
        cure = "account keys stay closed until it is back; or disconnect all accounts and start again"
        tell(str(trouble), cure, mark="!", to=sys.stdout)
        return
    if outcome.unreadable:
        names = ", ".join(outcome.unreadable)
        tell(
            f"키를 다시 등록하세요: {names}", "the keys of these accounts do not open", mark="!", to=sys.stdout
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    main(Path(sys.argv[1]))
