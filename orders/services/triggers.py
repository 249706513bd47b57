"""Triggers: what halts an account by itself (order safety 3.9). Each fires once while its halt stands.

outcomes    keys doubted, three unknowns in ten minutes, five refusals in a minute
keys        the broker doubted the keys in any call, also one that only reads (8010, 8030 …)
kicks       another program took the socket with our key twice in five minutes (R10001)
taken       several waiting orders were taken back at once, and by nobody of ours
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account
from kiwoomweb.broker.errors import BrokerError, DeviceRefused, WrongEnvironment
from kiwoomweb.broker.market_calendar import sessions
from kiwoomweb.prepared import Prepared
from market.selectors.feed import times_taken
from orders.causes import words_of
from orders.models import Command, Halt, Intent
from orders.selectors.halts import WIDE
from orders.services.halting import halt
from orders.states import State

__all__ = [
    "ELSEWHERE",
    "code_of",
    "is_cut_off",
    "of_keys",
    "of_kicks",
    "of_surroundings",
    "of_taken",
    "of_trouble",
    "to_revoke",
    "watch",
]

#: The broker doubts who we are: the key may be misused from elsewhere.
KEY_CODES = frozenset({"8010", "8040", "8050", "8103"})
#: … where a new token was refused like the first: one alone may have had its time (PROTOCOL 2.2).
ONLY_AGAIN = "8103"
#: A key of the other kind of account (real, mock): nothing it says can be about this one.
MODE_CODES = frozenset({"8030", "8031"})
#: What reading notes on the account, and the code it stands for.
TROUBLES = {"WrongEnvironment": "8030", "DeviceRefused": "8050"}
MOST_UNKNOWN, UNKNOWN_WITHIN = 3, timedelta(minutes=10)
MOST_REFUSED, REFUSED_WITHIN = 5, timedelta(seconds=60)
MOST_KICKS, KICKED_WITHIN = 2, timedelta(minutes=5)
MOST_TAKEN, TAKEN_WITHIN = 2, timedelta(seconds=10)
#: Why an order of ours was cancelled, when none of ours had asked for it.
ELSEWHERE = "elsewhere"
#: What a session does to orders at its end is no mass cancellation.
NEAR_THE_END = timedelta(minutes=1)


def watch(account: Account) -> None:
    """Look at the account's latest commands, since its last release, and halt it if they are too bad."""
    now = timezone.now()
    recent = Command.objects.filter(intent__account=account, answered_at__gt=now - UNKNOWN_WITHIN)
    if (since := _released(account)) is not None:
        recent = recent.filter(answered_at__gt=since)
    told = list(recent.values_list("outcome", "return_code", "answered_at", "number"))
    of_keys(account, {code for _outcome, code, _at, number in told if code != ONLY_AGAIN or number > 1})
    if sum(outcome == "unknown" for outcome, *_rest in told) >= MOST_UNKNOWN:
        halt(account, None, words_of("unknowns"), cause="unknowns")
    refused = [one for one in told if one[0] == "rejected" and one[2] and one[2] > now - REFUSED_WITHIN]
    if len(refused) >= MOST_REFUSED:
        halt(account, None, words_of("refusals"), cause="refusals")


def of_keys(account: Account, codes: set[str] | frozenset[str]) -> None:
    """Halt where the broker has said one of these codes. Keys of another kind can take nothing back."""
    if codes & MODE_CODES:
        halt(account, None, words_of("environment"), cause="environment", cancels=False)
    elif codes & KEY_CODES:
        halt(account, None, words_of("keys"), cause="keys")


def code_of(trouble: BrokerError) -> frozenset[str]:
    """What a failed call says of the keys, in the codes of ``of_keys``; empty where it says nothing of them."""
    if isinstance(trouble, WrongEnvironment):
        return frozenset({trouble.code or "8030"})
    if isinstance(trouble, DeviceRefused):
        return frozenset({trouble.code or "8050"})
    return frozenset()


def of_trouble(account: Account) -> None:
    """The trouble of the account, as whoever reads it has noted it since the last release."""
    code = TROUBLES.get(account.trouble_kind)
    since = _released(account)
    if code and (since is None or (account.trouble_since or timezone.now()) > since):
        of_keys(account, {code})


def is_cut_off(account: Account) -> bool:
    """Whether not even a question may go out: the keys are another account's."""
    return bool(_cut_off.rows(account=account.pk))


def to_revoke(account: Account) -> Halt | None:
    """The halt after which our token is to be made worthless for whoever else may have it."""
    return _doubted.first(account=account.pk)


def of_surroundings(accounts: Iterable[Account]) -> None:
    """What others have noted of all accounts: few questions, so that they can be asked every second."""
    taken = times_taken(timezone.now() - KICKED_WITHIN)
    for account in accounts:
        if account.trouble_kind in TROUBLES:
            of_trouble(account)
        if len(taken.get(account.pk, ())) >= MOST_KICKS:
            of_kicks(account, taken[account.pk])


def of_kicks(account: Account, moments: Sequence[datetime]) -> None:
    """Halt where another program has taken our place twice: somebody else may have the key."""
    since = _released(account)
    if sum(since is None or at > since for at in moments) >= MOST_KICKS:
        halt(account, None, words_of("kicked"), cause="kicked")


def of_taken(account: Account) -> None:
    """Halt where several orders that waited were cancelled in one breath by somebody else (거래소, 증권사)."""
    since = timezone.now() - TAKEN_WITHIN
    since = max(since, _released(account) or since)
    taken = Intent.objects.filter(
        account=account, state=State.CANCELLED, why_code=ELSEWHERE, state_at__gte=since
    )
    count = taken.count()
    if count >= MOST_TAKEN and _is_midway(gateway.broker_now(account)):
        words = _("우리가 취소하지 않은 주문 %(count)d건이 한꺼번에 취소되어 정지했습니다. 다시 내지 않습니다.")
        halt(account, None, words % {"count": count}, cause="mass_cancel")


def _is_midway(now: datetime) -> bool:
    """Whether a session is on that neither has just ended nor is about to."""
    today = sessions(now.date())
    windows = today.windows if today else ()
    return any(now - NEAR_THE_END in one and now + NEAR_THE_END in one for one in windows)


def _released(account: Account) -> datetime | None:
    let_go = Halt.objects.filter(WIDE, account=account, released_at__isnull=False)
    last = let_go.order_by("-released_at").first()
    return last.released_at if last else None


_cut_off = Prepared(
    lambda account: Halt.objects.filter(
        account=account, cause="environment", released_at__isnull=True
    ).order_by("pk")[:1],
    account=int,
)
_doubted = Prepared(
    lambda account: Halt.objects.filter(
        account=account, cause__in=["keys", "kicked"], released_at__isnull=True
    ).order_by("-pk")[:1],
    account=int,
)
