"""The gate: one HTTP request in, one HTTP answer out, with every refusal the broker's gateway knows.

PROTOCOL 1.1, 1.2, 2. No network in here. The order of the checks is the gateway's: method, door, key, quota,
body, and only then the question itself, so that a refused request has no effect.
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from typing import Any

from kiwoomweb.broker import catalogue
from kiwoomweb.broker.catalogue import TR
from kiwoomweb.simulator.bending import bent
from kiwoomweb.simulator.exchange import Exchange, OrderRefused
from kiwoomweb.simulator.faults import PAGING_KINDS, Fault
from kiwoomweb.simulator.inputs import body_of, checked, remembered
from kiwoomweb.simulator.paging import Page, Pages, Sheet
from kiwoomweb.simulator.profile import Profile
from kiwoomweb.simulator.quotas import Quotas
from kiwoomweb.simulator.refusals import Refusal, auth, bad_input, bad_request, ledger, unexpected
from kiwoomweb.simulator.replies import REPLIES
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said
from kiwoomweb.simulator.replies.shape import dressed
from kiwoomweb.simulator.replies.words import words
from kiwoomweb.simulator.tokens import KeyPair, Tokens

__all__ = ["Answer", "Gate", "Question"]

log = logging.getLogger(__name__)

JSON = "application/json;charset=UTF-8"
TOKEN_PATH, REVOKE_PATH = "/oauth2/token", "/oauth2/revoke"
API_PATH = "/api/"
#: Whose answers somebody gets by mistake.
ANOTHER = "5099887711"


@dataclass(frozen=True, slots=True)
class Question:
    """One HTTP request. Header names are lower case here, whatever the client wrote."""

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def tr(self) -> str:
        return {TOKEN_PATH: "au10001", REVOKE_PATH: "au10002"}.get(self.path) or self.headers.get("api-id", "")

    @property
    def next_key(self) -> str:
        """The cursor of a later page; ``cont-yn: N`` with an empty key is a first page."""
        wanted = self.headers.get("cont-yn", "").strip() == "Y"
        return self.headers.get("next-key", "").strip() if wanted else ""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Gate:
    """Everything REST of one host: its tokens, its quotas, its pages and the exchange behind them."""

    def __init__(self, exchange: Exchange, profile: Profile, tokens: Tokens, account: str) -> None:
        """``account`` is the number of the one account behind every key of this host."""
        self.exchange, self.profile, self.tokens, self.account = exchange, profile, tokens, account
        self.quotas = Quotas(profile)
        #: Told of every request and its answer: for whoever counts what a client does.
        self.witness: Callable[[Question, Answer], object] = lambda question, answer: None
        self.pages = Pages(profile.page_rows.get, foreign_key_is_first=profile.bad_next_key == "first")

    def answer(self, question: Question, fault: Fault | None = None) -> Answer:
        """Answer a request. ``fault`` may bend the inside of the answer (see ``faults.KINDS``)."""
        answer = self._answer(question, fault)
        self.witness(question, answer)
        return answer

    def _answer(self, question: Question, fault: Fault | None) -> Answer:
        if question.method != "POST":
            return self._plain(405, "Method Not Allowed")
        if question.path not in {TOKEN_PATH, REVOKE_PATH} and not question.path.startswith(API_PATH):
            return self._plain(404, "Not Found")
        try:
            return self._carry_out(question, fault)
        except Refusal as no:
            return self.refused(question, no)
        except OrderRefused as no:
            return self.refused(question, ledger(no.code, no.text))
        except Exception:
            log.exception("%s could not be answered", question.tr)
            return self.refused(question, unexpected("내부 오류"))

    def refused(self, question: Question, no: Refusal) -> Answer:
        said = {"return_code": no.family, "return_msg": no.message}
        return self._json(no.status, question.tr, said)

    def page_html(self, status: int, html: str) -> Answer:
        """What a proxy or a maintenance server says instead of the API."""
        return Answer(status, {"content-type": "text/html;charset=UTF-8", **self._date()}, html.encode())

    def _carry_out(self, question: Question, fault: Fault | None) -> Answer:
        if question.path == TOKEN_PATH:
            return self._issue(question)
        if question.path == REVOKE_PATH:
            return self._revoke(question)
        tr = _routed(question)
        token, pair = self._authorised(question)
        self.quotas.take(pair.app_key, tr.id)
        if self.profile.refuses_tr(tr.id):
            if tr.id == "ka01690" and self.profile.mock_ka01690 == "8104":
                raise bad_input("8104")
            raise ledger("RC9000", "모의투자에서는 해당업무가 제공되지 않습니다.")
        body = checked(tr, body_of(question.body))
        body = remembered(body, self.profile.history_days.get(tr.id), self.exchange.now().date())
        account = ANOTHER if fault and fault.kind == "other_account" else self.account
        ask = Ask(tr, body, account, self.exchange, self.profile, self.exchange.now())
        return self._told(question, ask, token, REPLIES[tr.id], fault)

    def _authorised(self, question: Question) -> tuple[str, KeyPair]:
        header = question.headers.get("authorization")
        if header is None:
            raise auth("1513")
        scheme, space, token = header.strip().partition(" ")
        if scheme.lower() != "bearer":
            raise auth("1515" if space else "1514")
        if not token.strip():
            raise auth("1516")
        return token.strip(), self.tokens.owner(token.strip())

    def _told(
        self, question: Question, ask: Ask, token: str, reply: Callable[[Ask], Said], fault: Fault | None
    ) -> Answer:
        """The reply, or the page of it that the request's next-key stands for."""
        about = json.dumps(ask.body, sort_keys=True)
        if key := question.next_key:
            if fault and fault.kind == "broken_paging":
                raise unexpected("연속조회 처리중 오류")
            wrong = fault.kind if fault and fault.kind in PAGING_KINDS else ""
            if (found := self.pages.following(token, ask.tr.id, about, key, wrong)) is not None:
                return self._page(ask, *found)
        said = reply(ask)
        head = bent(dressed(ask.tr.response, said.fields), fault)
        head |= {"return_code": 0, "return_msg": said.words or words(ask.tr, self.profile)}
        if said.rows is None:
            blank: dict[str, Any] = {name.name: [] for name in ask.tr.lists}
            return self._json(200, ask.tr.id, blank | head)
        page = self.pages.first(token, ask.tr.id, about, head, _sheet(ask.tr, said.rows, fault))
        return self._page(ask, head, page)

    def _page(self, ask: Ask, head: Mapping[str, Any], page: Page) -> Answer:
        lists: dict[str, Any] = {name.name: [] for name in ask.tr.lists} | {page.name: page.rows}
        return self._json(200, ask.tr.id, {**lists, **head}, page.next_key)

    def _issue(self, question: Question) -> Answer:
        body = _texts(question)
        if not body.get("grant_type"):
            raise auth("8011")
        if body["grant_type"] != "client_credentials":
            raise auth("8012")
        pair = self.tokens.pair(body)
        self.quotas.take_token(pair.app_key)
        issued = self.tokens.issue(pair)
        said = {"expires_dt": f"{issued.expires:%Y%m%d%H%M%S}", "token_type": "bearer", "token": issued.text}
        return self._json(200, "au10001", {**said, **_DONE})

    def _revoke(self, question: Question) -> Answer:
        body = _texts(question)
        self.tokens.revoke(self.tokens.pair(body), body.get("token", ""))
        return self._json(200, "au10002", dict(_DONE))

    def _json(self, status: int, tr: str, said: Mapping[str, Any], next_key: str = "") -> Answer:
        if self.profile.camel_return and tr in CAMEL_TRS:
            said = {CAMEL.get(name, name): value for name, value in said.items()}
        headers = {
            "content-type": JSON,
            "api-id": tr,
            "cont-yn": "Y" if next_key else "N",
            "next-key": next_key,
            **self._date(),
        }
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return Answer(status, headers, text.encode(errors="replace"))  # a refusal may quote half a character

    def _plain(self, status: int, text: str) -> Answer:
        headers = {"content-type": "text/plain;charset=UTF-8", **self._date()}
        if status == 405:
            headers["allow"] = "POST"
        return Answer(status, headers, text.encode())

    def _date(self) -> dict[str, str]:
        """The broker's clock is the virtual one; this header is how a client learns it."""
        return {"date": format_datetime(self.exchange.now().astimezone(UTC), usegmt=True)}


#: Samples of the guide show these two with other names (appendix B 22).
CAMEL_TRS = frozenset({"ka10030", "ka10084"})
CAMEL = {"return_code": "returnCode", "return_msg": "returnMsg"}

#: Rows of a list that a fault of whole lists looks at.
MOST = 100_000

_DONE: Mapping[str, Any] = {"return_code": 0, "return_msg": "정상적으로 처리되었습니다"}


def _routed(question: Question) -> TR:
    if not question.tr:
        raise bad_request("1501")
    try:
        tr = catalogue.find(question.tr)
    except KeyError:
        raise bad_request("1505", question.tr) from None
    if tr.path != question.path or tr.transport != "rest":
        raise bad_request("1504", question.tr, question.path)
    return tr


def _texts(question: Question) -> dict[str, str]:
    return {name: value for name, value in body_of(question.body).items() if isinstance(value, str)}


def _sheet(tr: TR, rows: Rows, fault: Fault | None) -> Sheet:
    fields = next(item.fields for item in tr.lists if item.name == rows.name)

    def write(thing: Any) -> dict[str, Any]:
        return bent(dressed(fields, rows.fill(thing)), fault, fields)

    things = rows.things[0:MOST][:-1] if fault and fault.kind == "missing_row" else rows.things
    return Sheet(rows.name, things, write)
