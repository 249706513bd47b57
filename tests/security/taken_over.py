"""``python -m tests.security.taken_over``: what a process tries that somebody has taken over, and what it must
do. ``served`` as first word: it has begun as web, worker and stream do. Prints what it got, and waits."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kiwoomweb.operation.giving_up import give_up_account_keys


def tried(work: Callable[[], object]) -> str:
    """``got``, or the name of what kept it from that."""
    try:
        work()
    except Exception as trouble:
        return type(trouble).__name__
    return "got"


def main() -> None:
    """Everything in turn."""
    if sys.argv[1] == "served":
        give_up_account_keys()
    import django

    django.setup()
    from django.conf import settings

    from kiwoomweb.access import desk_keys
    from kiwoomweb.access.models import Account
    from kiwoomweb.access.sealed_box import seal_to
    from kiwoomweb.access.services import keys
    from tests.security.test_powers import HERE, SECRET

    file, var = Path(settings.DESK_KEYS_FILE), Path(settings.VAR)
    shown = {
        "read": tried(file.read_bytes),
        "read by a child": tried(lambda: subprocess.run(["cat", file], check=True, capture_output=True)),
        "read by another way": tried(Path(f"/proc/{os.getppid()}/root{file}").read_bytes),
        "linked": tried(lambda: os.link(file, var / "linked")),
        "folder moved": tried(lambda: moved(file.parent, var / "taken")),
        "private half": tried(desk_keys.private),
        "account opened": tried(lambda: keys.opened(Account(pk=HERE.row, environment=HERE.environment))),
        "files made": tried(lambda: made(var)),
        "box": seal_to(desk_keys.public(), SECRET, HERE).hex(),
    }
    sys.stdout.write(json.dumps(shown) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


def moved(folder: Path, to: Path) -> None:
    folder.rename(to)
    to.rename(folder)


def made(var: Path) -> None:
    (var / "new").write_text("x")
    (var / "new").read_text()
    with tempfile.TemporaryFile() as scratch:
        scratch.write(b"x")


if __name__ == "__main__":
    main()
