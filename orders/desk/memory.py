"""Memory: whether the database is older than the orders that were sent from it (CP19: restored from a backup).

A small file beside the database remembers the latest command. A database that knows fewer commands than the
file has forgotten orders that may exist at the broker: everything halts, and a person looks.
"""

import json
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from orders.models import Command
from orders.services.halting import halt

__all__ = ["forgotten", "heed", "remember"]


def _file() -> Path:
    return Path(settings.VAR) / "keys" / "orders.seen"


def forgotten() -> int:
    """How many commands at least the database has lost; 0 when it knows all we remember."""
    try:
        seen = int(json.loads(_file().read_text())["command"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return max(0, seen - _latest())


def heed() -> None:
    """After taking the desk: halt everything when the database is older than what was sent from it.

    The halt is a row of the database, so that the file need not say it any longer: it is told once.
    """
    if lost := forgotten():
        words = _("데이터베이스가 옛것입니다. 주문 %(count)d건 이상을 모릅니다. 장부를 확인하고 푸세요.")
        halt(None, None, words % {"count": lost}, cause="restored", cancels=False)
        remember()


def remember() -> None:
    """Write down how far we are."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({"command": _latest()}))
    draft.replace(path)


def _latest() -> int:
    return Command.objects.aggregate(latest=Max("pk"))["latest"] or 0
