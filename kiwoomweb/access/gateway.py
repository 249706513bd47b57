"""The only door to the broker: whoever wants to ask for an account asks here for a client.

    with heard() as replies:                              # access.services.keeping
        balance = calls.account.balance(broker_for(account))
    replies -> [BrokerReply ids, page by page]

Every raw reply is stored before it is parsed; what keeps the whole account from being read is noted on it and
cleared by the next answer; the broker's clock is learnt on the way.

Never ask inside a database transaction: the raw reply must stay even if what follows fails, and a slow broker
must not hold the write lock. Never ask from async code but through ``sync_to_async``.
"""

import asyncio
import ipaddress
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from kiwoomweb.access import broker_clock
from kiwoomweb.access.asked_tokens import AskedTokens
from kiwoomweb.access.errors import KeysUnreadable, LiveRefused, NotConnected
from kiwoomweb.access.models import Account
from kiwoomweb.access.pacing.shared import SharedPacer
from kiwoomweb.access.powers import may_open_account_keys
from kiwoomweb.access.services import keys, trouble
from kiwoomweb.access.services.keeping import keeper
from kiwoomweb.access.shared_tokens import SharedTokens
from kiwoomweb.access.signals import answered
from kiwoomweb.broker.calls.account import account_number
from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials, KeyName
from kiwoomweb.broker.environment import KIWOOM, Address, Environment
from kiwoomweb.broker.errors import BrokerError
from kiwoomweb.broker.order_answers import Answer, Reached, quietly
from kiwoomweb.broker.pacing import RATES, Priority
from kiwoomweb.broker.protocol import Reply
from kiwoomweb.broker.tokens import MemoryTokenStore, Token

if TYPE_CHECKING:
    from kiwoomweb.broker.stream import Stream

__all__ = [
    "MayNotOrder",
    "address_of",
    "broker_for",
    "broker_now",
    "brokers_moment",
    "forget_token",
    "hold_the_order_desk",
    "number_of",
    "order_broker_for",
    "spare_broker_for",
    "stream_for",
]

#: A silent simulator is asked for its time at most so often, in seconds.
ASK_AGAIN = 10

#: Seconds to wait for an order process that is starting: whoever works unseen, and a person before a page.
DESK_RETURNS_WITHIN = {False: 10.0, True: 1.0}

_holds_the_desk = False


def broker_for(account: Account, priority: Priority = Priority.ROUTINE) -> Client:
    """A client that speaks for the account. Raises ``NotConnected``, or ``KeysUnreadable`` (noted as trouble).

    One per account, key pair and process, safe to share between threads. ``priority`` says who is waiting.
    """
    environment = Environment(account.environment)
    return _client(account.pk, _pair_of(account), address_of(environment), environment, priority)


class MayNotOrder(RuntimeError):
    """An order was to be sent from a process that is not the order process, or through a client for reading."""


def hold_the_order_desk() -> None:
    """This process is the one that orders: ``manage.py runorders`` says so once it holds the lock."""
    global _holds_the_desk  # noqa: PLW0603  a process is the order process or it is not
    _holds_the_desk = True


def order_broker_for(account: Account, priority: Priority) -> Client:
    """A client that may also order for the account. Raises ``MayNotOrder`` in any other process."""
    if not _holds_the_desk:
        raise MayNotOrder("orders are sent by manage.py runorders alone")
    environment, pair = Environment(account.environment), _pair_of(account)
    return _client(account.pk, pair, address_of(environment), environment, priority, orders=True)


def spare_broker_for(account: Account) -> Client:
    """The same without the database: what it is told is kept by nobody, so that it works even then."""
    if not _holds_the_desk:
        raise MayNotOrder("orders are sent by manage.py runorders alone")
    environment = Environment(account.environment)
    return Client(
        keys.opened(account),
        address_of(environment),
        tokens=_tokens(environment),
        pacer=_pacer(environment),
        environment=environment,
        priority=Priority.CANCEL,
        payer=str(account.pk),
    )


def number_of(credentials: Credentials, environment: Environment) -> str:
    """The account number a key pair belongs to, as the broker tells it. Raises a ``BrokerError``.

    au10001, then ka00001. The token is asked for with the pair itself: one that lies on the shelf would prove
    nothing about the secret.
    """
    client = Client(
        credentials,
        address_of(environment),
        tokens=MemoryTokenStore(),
        pacer=_pacer(environment),
        environment=environment,
        priority=Priority.PERSON,
    )
    try:
        number = account_number(client)
    finally:
        client.close()
    if client.skew is not None:
        broker_clock.learn(environment, client.skew)
    return number


def stream_for(account: Account) -> "Stream":
    """The account's realtime socket, not yet opened. Raises ``NotConnected`` as ``broker_for`` does."""
    from kiwoomweb.broker.stream import Stream

    return Stream(address_of(Environment(account.environment)), broker_for(account))


def broker_now(account: Account) -> datetime:
    """The present moment where the account trades, in Seoul; every "today" is decided by it.

    The simulator's clock is heard with every reply of it; when nobody remembers it, it is asked once.
    """
    environment = Environment(account.environment)
    is_unheard = environment is Environment.SIMULATOR and broker_clock.skew_of(environment) is None
    if is_unheard and account.connected_at and _may_block():
        with suppress(BrokerError):
            _ask_the_time(broker_for(account, Priority.PERSON), int(time.monotonic() // ASK_AGAIN))
    return broker_clock.now_at(environment)


def brokers_moment(account: Account, moment: datetime) -> datetime:
    """A moment of our clock as the market's clock showed it: pages say no other time."""
    return broker_now(account) - (timezone.now() - moment)


def forget_token(account: Account) -> None:
    """Take the account's token off the shared shelf, before its keys go."""
    with suppress(NotConnected):
        client = broker_for(account)
        _tokens(client.environment).drop(client.key_id)


def address_of(environment: Environment) -> Address:
    """Where the environment is served. The simulator is only ever on this machine: its keys are no secret.

    Raises ``LiveRefused`` where real accounts are switched off.
    """
    if environment is Environment.LIVE and not settings.LIVE_ALLOWED:
        raise LiveRefused
    if environment is not Environment.SIMULATOR:
        return KIWOOM[environment]
    host = str(settings.SIMULATOR_HOST)
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        raise ImproperlyConfigured(f"SIMULATOR_HOST={host!r}: the simulator serves loopback addresses only")
    return Address.on(host, settings.SIMULATOR_PORT)


class _AccountClient(Client):
    """A client that tells its account how it fares."""

    account: Account
    may_order = False

    def now(self) -> datetime:
        """By the clock all our processes share: this one may not have heard the broker for a while."""
        return broker_clock.now_at(self.environment)

    def call(self, tr_id: str, body: Mapping[str, str] | None = None) -> Reply:
        _refuse_order(tr_id)
        with self._watched(tr_id):
            return super().call(tr_id, body)

    def further(self, tr_id: str, body: Mapping[str, str], next_key: str, page: int) -> Reply:
        with self._watched(tr_id):
            return super().further(tr_id, body, next_key, page)

    def pages(
        self, tr_id: str, body: Mapping[str, str] | None = None, *, most: int | None = None
    ) -> Iterator[Reply]:
        _refuse_order(tr_id)
        with self._watched(tr_id):  # all pages are fetched before the first is handed out
            return super().pages(tr_id, body, most=most)

    def send_once(self, tr_id: str, body: Mapping[str, str], *, reached: Reached = quietly) -> Answer:
        """What an order's answer means is the order's affair; only the clock is learnt from it here."""
        if not self.may_order:
            raise MayNotOrder(tr_id)
        try:
            return super().send_once(tr_id, body, reached=reached)
        finally:
            if self.skew is not None:
                broker_clock.learn(self.environment, self.skew)

    def token(self) -> Token:
        try:
            return super().token()
        except BrokerError as error:
            trouble.note(self.account, error)
            raise

    @contextmanager
    def _watched(self, tr_id: str) -> Iterator[None]:
        try:
            yield
        except BrokerError as error:
            trouble.note(self.account, error)
            raise
        else:
            trouble.settle(self.account)
            answered.send(type(self), account_id=self.account.pk, tr=tr_id)
        finally:
            if self.skew is not None:
                broker_clock.learn(self.environment, self.skew)


def _pair_of(account: Account) -> Credentials | KeyName:
    """The account's keys, or their name in a process that may not open them. Raises ``NotConnected``."""
    try:
        return keys.opened(account) if may_open_account_keys() else keys.named(account)
    except KeysUnreadable as error:
        trouble.note(account, error)
        raise


@lru_cache(maxsize=256)
def _client(
    account_id: int,
    pair: Credentials | KeyName,
    address: Address,
    environment: Environment,
    priority: Priority,
    *,
    orders: bool = False,
) -> Client:
    account, shelf = Account(pk=account_id, environment=environment), _tokens(environment)
    issuer = None
    if isinstance(pair, KeyName):
        patience = DESK_RETURNS_WITHIN[priority is Priority.PERSON]
        issuer = AskedTokens(account_id, f"{environment}:{pair.fingerprint}", shelf, patience)
    client = _AccountClient(
        pair,
        address,
        tokens=shelf,
        issuer=issuer,
        pacer=_pacer(environment),
        environment=environment,
        keep=keeper(account),
        priority=priority,
        payer=str(account_id),
    )
    client.account, client.may_order = account, orders
    return client


@lru_cache(maxsize=1)
def _ask_the_time(client: Client, _moment: int) -> None:
    """Any answer carries the time. At most once a moment: a silent broker must not slow every page."""
    with suppress(BrokerError):
        client.call("ka00001")


def _refuse_order(tr_id: str) -> None:
    """No order leaves through the door for questions, which would ask again after a lost answer."""
    if find(tr_id).is_order:
        raise MayNotOrder(tr_id)


def _may_block() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return True
    return False


@cache
def _tokens(environment: Environment) -> SharedTokens:
    return SharedTokens(environment)


@cache
def _pacer(environment: Environment) -> SharedPacer:
    return SharedPacer(environment, RATES[environment])
