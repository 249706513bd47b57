"""One socket's conversation: LOGIN first, then REG, REMOVE and searches, with a heartbeat that must be echoed.

PROTOCOL 8. No sockets in here: ``hear`` takes what the client said, ``tick`` takes the time, and both leave
what is to be said in ``said`` and whether to hang up in ``ending``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from kiwoomweb.simulator.profile import Profile
from kiwoomweb.simulator.refusals import Refusal, closing_words
from kiwoomweb.simulator.registrations import OF_ALL, Malformed, Registrations, TooMany
from kiwoomweb.simulator.replies.screening.found import REALTIME as CONDITION
from kiwoomweb.simulator.searching import Ask, Searching
from kiwoomweb.simulator.tokens import KeyPair

__all__ = ["BYE", "Ending", "Session", "frame"]

LOGIN_FAILED = 805004
REGISTRATION_FAILED = 105111
NOT_LOGGED_IN = 100013

SYSTEM = {
    "R10001": "동일한 App key로 접속이 되었습니다. 기존 세션은 종료가 됩니다",
    "R10002": "사용자 프로그램으로부터 Heartbeat(연결유지) 메시지가 오지않아서 접속을 종료합니다",
    "R10004": "접속허용요청(토큰)이 들어오지 않았습니다",
    "0": "접속이 허용되었습니다",
}


@dataclass(frozen=True, slots=True)
class Ending:
    code: int
    reason: str


BYE = Ending(1000, "Bye")


def frame(message: dict[str, Any]) -> str:
    return msgspec.json.encode(message).decode()


class Session:
    def __init__(
        self,
        profile: Profile,
        owner_of: Callable[[str], KeyPair],
        now: float,
        logged_in: Callable[["Session"], None] = lambda session: None,
        search: Ask = lambda seq, done: done([]),
    ) -> None:
        """``owner_of`` looks a token up or raises ``Refusal``; ``logged_in`` is told of each good LOGIN.

        ``search`` has the market looked through for a condition.
        """
        self.profile = profile
        self.pair: KeyPair | None = None
        self.registrations = Registrations(profile.ws_items, profile.ws_refresh_scope)
        self.said: list[str] = []
        self.ending: Ending | None = None
        self.searching = Searching(profile, search, self._say)
        self._owner_of = owner_of
        self._logged_in = logged_in
        self._deadline = now + profile.ws_login_grace_s
        self._misses = 0

    def wants(self, kind: str, item: str) -> bool:
        """Whether an entry of this realtime type and item is for this listener."""
        if kind == CONDITION:
            return item in self.searching.following
        wanted = self.registrations.wants(kind)
        return item in wanted or (kind in OF_ALL and "" in wanted)

    def hear(self, text: str | bytes, now: float) -> None:
        """Take one message of the client. What is not a JSON object is ignored, as the broker does."""
        try:
            message = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return
        if not isinstance(message, dict) or self.ending:
            return
        trnm = message.get("trnm")
        if trnm == "LOGIN":
            self._login(message, now)
        elif trnm == "PING":
            self._misses = 0
        elif trnm == "SYSTEM":
            self.ending = BYE  # a SYSTEM frame must never be echoed (PROTOCOL 8.3)
        elif isinstance(trnm, str):
            self._ask(trnm, message)

    def tick(self, now: float) -> None:
        """Let time pass: the LOGIN grace ends, or the next PING is due."""
        if now < self._deadline or self.ending:
            return
        if self.pair is None:
            self.hang_up("R10004")
        elif self._misses >= self.profile.ws_ping_misses:
            self.hang_up("R10002")
        else:
            self._misses += 1
            self._deadline = now + self.profile.ws_ping_s
            self._say({"trnm": "PING"})

    def hang_up(self, code: str) -> None:
        """Say why with a SYSTEM frame, then end with 1000 Bye."""
        self._say({"trnm": "SYSTEM", "code": code, "message": SYSTEM[code]})
        self.ending = BYE

    def _login(self, message: dict[str, Any], now: float) -> None:
        try:
            self.pair = self._owner_of(str(message.get("token", "")))
        except Refusal as no:
            self._answer("LOGIN", LOGIN_FAILED, closing_words(no.code))
            self.ending = BYE
            return
        self._deadline = now + self.profile.ws_ping_s
        self._say({"trnm": "LOGIN", "return_code": 0, "return_msg": "", "sor_yn": "Y"})
        if self.profile.system_frame:
            self._say({"trnm": "SYSTEM", "code": "0", "message": SYSTEM["0"]})
        self._logged_in(self)

    def _ask(self, trnm: str, message: dict[str, Any]) -> None:
        if self.pair is None:
            self._answer(trnm, NOT_LOGGED_IN, "로그인 인증이 들어오기 전에 다른 전문이 들어왔습니다")
        elif trnm in {"REG", "REMOVE"}:
            self._register(trnm, message)
        elif trnm in {"CNSRLST", "CNSRREQ", "CNSRCLR"}:
            self.searching.hear(trnm, message)
        else:
            self._answer(trnm, 1, "지원하지 않는 요청입니다")

    def _register(self, trnm: str, message: dict[str, Any]) -> None:
        group = str(message.get("grp_no", ""))
        try:
            if trnm == "REG":
                keep = str(message.get("refresh", "1")) != "0"
                self.registrations.add(group, message.get("data"), keep=keep)
            else:
                self.registrations.remove(group, message.get("data"))
        except Malformed:
            words = "등록" if trnm == "REG" else "해지"
            self._answer(trnm, REGISTRATION_FAILED, f"실시간 항목 {words}에 실패했습니다")
        except TooMany:
            self._answer(trnm, self.profile.ws_over_limit_code, "등록 종목수 초과")
        else:
            self._answer(trnm, 0, "")

    def _answer(self, trnm: str, code: int, message: str) -> None:
        self._say({"trnm": trnm, "return_code": code, "return_msg": message})

    def _say(self, message: dict[str, Any]) -> None:
        self.said.append(frame(message))
