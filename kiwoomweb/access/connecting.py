"""Connecting: a key pair becomes an account of a team, after the broker itself has said whose keys they are.

Stands above the gateway, while the services beside it stand below: the gateway uses them.
"""

import time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, Credential, Team
from kiwoomweb.access.services import keys, trouble
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import Unreachable
from kiwoomweb.later import later

__all__ = ["AlreadyConnected", "OtherAccount", "connect", "connect_practice", "disconnect", "replace_keys"]

#: Seconds a person waits for the practice exchange, which opens a moment after the first page.
PRACTICE_OPENS_WITHIN = 40
LOOK_EVERY = 0.5


class AlreadyConnected(Exception):
    """The team has this account, with keys."""

    def __init__(self, account: Account) -> None:
        super().__init__(account.code)
        self.account = account


class OtherAccount(Exception):
    """The keys are good, but for another account than the one they should serve."""


def connect(team: Team, environment: Environment, credentials: Credentials, name: str = "") -> Account:
    """The account these keys belong to, connected. An account that lost its keys gets its journal back.

    Raises a ``BrokerError`` when the broker does not accept the keys or does not answer, ``AlreadyConnected``,
    or a ``SealError``. Nothing is stored unless everything went well.
    """
    number = gateway.number_of(credentials, environment)
    with transaction.atomic():
        account = _account(team, environment, number, name)
        if Credential.objects.filter(account=account).exists():
            raise AlreadyConnected(account)
        keys.keep(account, credentials)
        trouble.settle(account)
        later("portfolio.begin_backfill", account_id=account.pk)
    return account


def connect_practice(team: Team, credentials: Credentials) -> Account:
    """``connect`` for the practice exchange of this machine, which may still be opening. Raises as it does."""
    deadline = time.monotonic() + PRACTICE_OPENS_WITHIN
    while True:
        try:
            return connect(team, Environment.SIMULATOR, credentials)
        except Unreachable:
            if time.monotonic() > deadline:
                raise
            time.sleep(LOOK_EVERY)


def replace_keys(account: Account, credentials: Credentials) -> None:
    """Put another key pair of the same account in place of the one it has. Raises as ``connect``, or
    ``OtherAccount``."""
    number = gateway.number_of(credentials, Environment(account.environment))
    if account.number and number != account.number:
        raise OtherAccount
    with transaction.atomic():
        keys.keep(account, credentials)
        trouble.settle(account)
        later("portfolio.begin_backfill", account_id=account.pk)


def disconnect(account: Account) -> None:
    """Take the account's keys away; its journal stays, and grows again when it is connected again."""
    gateway.forget_token(account)
    keys.forget(account)
    trouble.settle(account)


def _account(team: Team, environment: Environment, number: str, name: str) -> Account:
    known = {"team": team, "environment": environment, "number": number}
    found = Account.objects.filter(**known).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Account.objects.create(**known, name=name.strip() or _default_name(environment))
    except IntegrityError:  # the same form sent twice: the other one made the account a moment ago
        return Account.objects.get(**known)


def _default_name(environment: Environment) -> str:
    names = {Environment.LIVE: _("위탁"), Environment.PAPER: _("모의"), Environment.SIMULATOR: _("연습 계좌")}
    return names[environment]
