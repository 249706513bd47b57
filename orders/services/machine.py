"""Machine: what halts orders because the machine they go out from is not well (order safety 3.9, C25).

clock     more than two seconds from the broker's: every real account
disk      less than 200 MB: all accounts; people are told from 500 MB on, where new orders are refused
audit     a chain that was tampered with: its account, or all where it is the installation's or a team's
"""

import re
import shutil
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.broker_clock import skew_of
from kiwoomweb.access.models import Account
from kiwoomweb.broker.environment import Environment
from orders.causes import words_of
from orders.checking.habits import LEAST_FREE_MB, MOST_SKEW
from orders.models import Halt
from orders.services.alarming import of_space
from orders.services.halting import halt

__all__ = ["of_audit", "of_clock", "of_disk", "warn_of_disk"]

#: Below this even what must be written may soon find no room.
NO_ROOM_MB = 200
_OF_ACCOUNT = re.compile(r"account:(\d+)").fullmatch


def of_clock(accounts: Iterable[Account]) -> None:
    """Halt the real accounts while our clock is certainly not the broker's."""
    skew = skew_of(Environment.LIVE)
    if skew is None or abs(skew) <= MOST_SKEW:
        return
    for account in accounts:
        if account.environment == Environment.LIVE:
            halt(account, None, words_of("skew"), cause="skew")


def of_disk() -> None:
    """Halt everything before the disk is full."""
    if _free() < NO_ROOM_MB:
        halt(None, None, words_of("disk"), cause="disk")


def warn_of_disk() -> None:
    """Tell people, once a day, that it is filling up."""
    if NO_ROOM_MB <= _free() < LEAST_FREE_MB:
        of_space(timezone.localdate())


def _free() -> int:
    return shutil.disk_usage(settings.VAR).free // 1_000_000


def of_audit(chain: str, number: int, why: str) -> None:
    """Halt what a broken chain speaks of. What people have looked at and let go of is not held against it."""
    told = {"chain": chain, "number": number, "why": why}
    words = _("감사 기록 %(chain)s의 %(number)d번째가 온전하지 않아 정지했습니다 (%(why)s).") % told
    if Halt.objects.filter(cause="audit", reason=words, released_at__isnull=False).exists():
        return
    named = _OF_ACCOUNT(chain)
    account = Account.objects.filter(pk=int(named[1])).first() if named else None
    halt(account, None, words, cause="audit")
