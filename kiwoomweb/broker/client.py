"""The REST client: asks one TR at a time, politely, and keeps what it was told before it believes it."""

import logging
import time
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from kiwoomweb.broker import protocol
from kiwoomweb.broker.catalogue import TR, find
from kiwoomweb.broker.credentials import Credentials, KeyName
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.environment import Address, Environment
from kiwoomweb.broker.errors import BrokerError, Incomplete, RateLimited, TokenExpired, Unreachable, Unreadable
from kiwoomweb.broker.hearing import PACKINGS, Heard, NoAnswer, whole
from kiwoomweb.broker.issuing import Issuer, TokenDesk
from kiwoomweb.broker.order_answers import Answer, Reached, SendFailed, quietly
from kiwoomweb.broker.pacing import Pacer, Priority
from kiwoomweb.broker.paging import PageWatch
from kiwoomweb.broker.patience import PERSON_S, patiently
from kiwoomweb.broker.protocol import Reply, Request
from kiwoomweb.broker.sending import post_once
from kiwoomweb.broker.skew import proven_skew
from kiwoomweb.broker.tokens import Token, TokenStore

__all__ = ["Client", "RawReply"]

TIMEOUT = httpx.Timeout(15.0, connect=5.0)

Body = Mapping[str, str]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RawReply:
    """An answer as it came, before anybody made sense of it. ``request_hash`` is the same for all pages."""

    tr: str
    request_hash: str
    page: int
    status: int
    content: bytes = field(repr=False)
    received_at: datetime


class Client:
    """One key pair at one address, or its name and an ``issuer`` of its tokens. Safe between threads.

    >>> client = Client(keys, KIWOOM[environment], tokens=store, pacer=pacer, environment=environment)
    >>> client.rows("ka10075", {"all_stk_tp": "0", "trde_tp": "0", "stex_tp": "0"}, "oso")
    """

    def __init__(
        self,
        credentials: Credentials | KeyName,
        address: Address,
        *,
        tokens: TokenStore,
        issuer: Issuer | None = None,
        pacer: Pacer,
        environment: Environment,
        keep: Callable[[RawReply], None] | None = None,
        priority: Priority = Priority.ROUTINE,
        payer: str = "",
        http: httpx.Client | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.environment = environment
        self.key_id = f"{environment}:{credentials.fingerprint}"
        #: Broker time minus ours, as of the latest reply; ``None`` before the first.
        self.skew: timedelta | None = None
        self._credentials, self._address = credentials, address
        self._pacer, self._priority, self._payer = pacer, priority, payer
        self._keep, self._sleep = keep, sleep
        self._within = PERSON_S if priority is Priority.PERSON else None
        self._http = http or _connection(address)
        if http is None:  # ours to set, and to close when the last user of this client is gone
            if self._within is not None:
                self._http.timeout = httpx.Timeout(self._within, connect=TIMEOUT.connect)
            weakref.finalize(self, self._http.close)
        is_urgent = priority is Priority.CANCEL
        self._desk = issuer or TokenDesk(self.key_id, tokens, self._issue, is_urgent=is_urgent)

    def now(self) -> datetime:
        """The broker's time in Seoul, as far as its replies have told it."""
        return datetime.now(SEOUL) + (self.skew or timedelta())

    def token(self) -> Token:
        """A good access token, shared by all who use this key pair."""
        return self._desk.token()

    def renew(self, refused: Token) -> Token:
        """Another token in place of one the broker has refused."""
        return self._desk.renew(refused)

    def revoke(self) -> None:
        """Have the broker forget the token all of us use (au10002); the next call asks for a new one.

        Off our shelf it is in any case. Raises a ``BrokerError`` where the broker does not confirm.
        """
        keys = self._pair()
        if held := self._desk.drop():
            self._repeatedly(protocol.ask_revoke(keys.app_key, keys.app_secret, held.text))

    def call(self, tr_id: str, body: Body | None = None) -> Reply:
        """The first page of a TR. Raises a ``BrokerError``; an order is sent at most once."""
        return self._pages(find(tr_id), body or {}, most=1)[0]

    def pages(self, tr_id: str, body: Body | None = None, *, most: int | None = None) -> Iterator[Reply]:
        """All pages of a TR, or the first ``most``. Raises ``Incomplete`` rather than take a part for all.

        Every page is fetched before the first is handed out: a token that ends on the way voids the cursor, and
        the list is then read again from its beginning.
        """
        return iter(self._pages(find(tr_id), body or {}, most=most))

    def further(self, tr_id: str, body: Body, next_key: str, page: int) -> Reply:
        """One page more of a question asked before: the one behind ``next_key``, as page number ``page``.

        Raises ``Incomplete`` when the token has ended meanwhile: the cursor has ended with it.
        """
        token = self.token()
        try:
            return self._repeatedly(
                protocol.ask(find(tr_id), body, token=token.text, next_key=next_key, page=page)
            )
        except TokenExpired:
            self.renew(token)
        raise Incomplete("the token ended, and the next-key with it", tr=tr_id)

    def rows(self, tr_id: str, body: Body | None, list_name: str) -> list[dict[str, Any]]:
        """The rows of one list over all its pages: whole, or an error."""
        return [row for page in self.pages(tr_id, body) for row in protocol.rows(page, list_name)]

    def send_once(self, tr_id: str, body: Body, *, reached: Reached = quietly) -> Answer:
        """One order, at most one request, on a connection of its own. Raises ``SendFailed`` and nothing else.

        A token and a turn come first: trouble with them is an order that was not sent. The answer is kept
        before anybody reads it, and handed on even where it could not be kept: it may be the only trace.
        """
        tr = find(tr_id)
        if not tr.is_order:
            raise ValueError(f"{tr_id} is no order")
        try:
            request = protocol.ask(tr, body, token=self.token().text)
        except Exception as trouble:
            failure = SendFailed(type(trouble).__name__, is_unsent=True, trouble=trouble, tr=tr_id)
        else:
            asked_at = datetime.now(UTC)
            return self._heard(request, self._send_in_turn(request, reached), asked_at)
        raise failure

    def _send_in_turn(self, request: Request, reached: Reached) -> Answer:
        """Trouble in taking or giving back the turn neither loses an answer nor hides a send."""
        answer: Answer | None = None
        is_begun = False
        try:
            with self._pacer.turn(self.key_id, request.tr, self._priority, self._payer) as turn:
                is_begun = True
                answer = post_once(self._address.rest, request, reached)
                turn.answered()
                if answer.status == 429:  # leaving the turn with it teaches the pacer
                    raise RateLimited("HTTP 429", code="1700", tr=request.tr)
        except SendFailed:
            raise
        except Exception as trouble:
            if answer is not None:
                return answer
            name = type(trouble).__name__
            failure = SendFailed(name, is_unsent=not is_begun, trouble=trouble, tr=request.tr)
        else:
            return answer
        raise failure

    def _heard(self, request: Request, answer: Answer, asked_at: datetime) -> Answer:
        received_at = datetime.now(UTC)
        self._learn(answer.headers, asked_at, received_at)
        if self._keep is None:
            return answer
        told = answer.status, answer.content, received_at
        try:
            self._keep(RawReply(request.tr, request.fingerprint, request.page, *told))
        except Exception:  # a full disk must not lose the broker's word on an order
            _log.exception("the answer to an order (%s) could not be kept", request.tr)
            return replace(answer, kept=False)
        return answer

    def close(self) -> None:
        self._http.close()

    def _pages(self, tr: TR, body: Body, *, most: int | None) -> list[Reply]:
        token = self.token()
        try:
            return self._walk(tr, body, token, most)
        except TokenExpired:
            return self._walk(tr, body, self.renew(token), most)

    def _walk(self, tr: TR, body: Body, token: Token, most: int | None) -> list[Reply]:
        pages: list[Reply] = []
        watch, next_key = PageWatch(), ""
        while not pages or (next_key and len(pages) != most):
            request = protocol.ask(tr, body, token=token.text, next_key=next_key, page=len(pages) + 1)
            pages.append(self._once(request) if tr.is_order else self._repeatedly(request))
            next_key = pages[-1].next_key
            if most != 1:
                watch.see(pages[-1])
        return pages

    def _issue(self, is_patient: bool) -> Reply:
        keys = self._pair()
        request = protocol.ask_token(keys.app_key, keys.app_secret)
        return self._repeatedly(request) if is_patient else self._once(request)

    def _pair(self) -> Credentials:
        if isinstance(self._credentials, KeyName):
            raise TypeError("tokens of a pair held elsewhere are issued and revoked there")
        return self._credentials

    def _repeatedly(self, request: Request) -> Reply:
        return patiently(lambda: self._once(request), self._sleep, self._within)

    def _once(self, request: Request) -> Reply:
        with self._pacer.turn(self.key_id, request.tr, self._priority, self._payer) as turn:
            asked_at = datetime.now(UTC)
            answer = self._post(request)
            turn.answered()  # before the answer is put away: the next call need not wait for our disk
            received_at = datetime.now(UTC)
            self._put_away(request, answer, received_at)
            self._learn(answer.headers, asked_at, received_at)
            return protocol.read(request.tr, answer.status_code, answer.headers, answer.content)

    def _learn(self, headers: Mapping[str, str], asked_at: datetime, received_at: datetime) -> None:
        """How far the broker's clock is ahead. Of Kiwoom's, only what a slow answer cannot explain."""
        said_at = protocol.sent_at(headers)
        if said_at is None:
            return
        is_real = self.environment is not Environment.SIMULATOR
        self.skew = proven_skew(said_at, asked_at, received_at) if is_real else said_at - received_at

    def _put_away(self, request: Request, answer: Heard, received_at: datetime) -> None:
        """Hands the bytes to whoever keeps them, whatever they turn out to say. A token is no fact to keep."""
        if not self._keep or request.tr in {"au10001", "au10002"}:
            return
        told = answer.status_code, answer.content, received_at
        self._keep(RawReply(request.tr, request.fingerprint, request.page, *told))

    def _post(self, request: Request) -> Heard:
        url = f"{self._address.rest}{request.path}"
        trouble: BrokerError
        try:
            # The token gets no name of its own here: a report shows what names there are.
            with self._http.stream(
                "POST", url, headers={**request.headers, "accept-encoding": PACKINGS}, content=request.content
            ) as response:
                return whole(response)
        except httpx.HTTPError as failure:
            trouble = Unreachable(type(failure).__name__, tr=request.tr)
        except NoAnswer as odd:
            trouble = Unreadable(str(odd), tr=request.tr)
        # Raised out here, so that no chained exception drags the request and its headers into a report.
        raise trouble


def _connection(address: Address) -> httpx.Client:
    """No redirects: a token is for one host. A proxy of the environment's only for what leaves the machine."""
    secure = address.rest.startswith("https:")
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=secure)
