"""Searching: the part of one socket's conversation that is about conditions. PROTOCOL 8.8.

CNSRLST lists the formulas; CNSRREQ asks one, once (pages in the body) or for good (pushes of type 02); CNSRCLR
ends that. Answers come when the market has been looked through, which may be after a PING or two.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from secrets import token_hex
from typing import Any

from kiwoomweb.simulator.profile import Profile
from kiwoomweb.simulator.replies.screening.found import code_row, row
from kiwoomweb.simulator.screening.conditions import CONDITIONS
from kiwoomweb.simulator.screening.facts import Facts
from kiwoomweb.simulator.screening.screen import MOST_FOLLOWED, Done

__all__ = ["Ask", "Searching"]

Message = dict[str, Any]
#: Has the market looked through for a formula and its shares told.
Ask = Callable[[str, Done], None]

ONCE, FOR_GOOD = "0", "1"
#: The guide's answer to a single search has its formula padded to this width.
SEQ_WIDTH = 3
REFUSED = 1
#: Lists with pages left that a connection may hold at once.
MOST_OPEN = 10


class No(Exception):
    """A request that is refused, with the words to say."""


class Searching:
    def __init__(self, profile: Profile, ask: Ask, say: Callable[[Message], None]) -> None:
        self._profile, self._ask, self._say = profile, ask, say
        self._listed = False
        self._following: set[str] = set()
        self._awaited: set[str] = set()
        self._open: dict[str, tuple[str, list[dict[str, str]]]] = {}

    @property
    def following(self) -> frozenset[str]:
        """Formulas this connection hears pushes of."""
        return frozenset(self._following)

    def hear(self, trnm: str, message: Message) -> None:
        try:
            if trnm == "CNSRLST":
                self._list()
            elif trnm == "CNSRREQ":
                self._search(message)
            else:
                self._clear(message)
        except No as no:
            seq = {"seq": str(message["seq"])} if "seq" in message else {}
            self._say({"trnm": trnm, **seq, "return_code": REFUSED, "return_msg": str(no)})

    def _list(self) -> None:
        self._listed = True
        data = [[one.seq, one.name] for one in CONDITIONS.values()]
        self._say({"trnm": "CNSRLST", "return_code": 0, "return_msg": "", "data": data})

    def _search(self, message: Message) -> None:
        seq, kind = _formula(message), message.get("search_type")
        if message.get("stex_tp", "K") not in {"K", "N", "A"}:
            raise No(_wrong("stex_tp", "K"))
        if kind == FOR_GOOD:
            self._follow(seq)
        elif kind != ONCE:
            raise No(_wrong("search_type", "0, 1"))
        elif message.get("cont_yn") == "Y":
            self._turn_page(seq, str(message.get("next_key", "")))
        else:
            self._ask(seq, lambda shares: self._page(seq, [row(one) for one in shares]))

    def _follow(self, seq: str) -> None:
        if not self._listed:
            raise No("조건검색 목록조회(CNSRLST)를 먼저 요청해야 합니다")
        if len(self._following | self._awaited | {seq}) > self._profile.ws_conditions:
            raise No(f"실시간 조건검색은 {self._profile.ws_conditions}건까지 등록할 수 있습니다")
        self._awaited.add(seq)
        self._ask(seq, lambda shares: self._followed(seq, shares))

    def _followed(self, seq: str, shares: Sequence[Facts]) -> None:
        if seq not in self._awaited:  # cleared before the answer was there
            return
        self._awaited.discard(seq)
        self._following.add(seq)
        data = [code_row(one) for one in shares[:MOST_FOLLOWED]]
        self._say({"trnm": "CNSRREQ", "seq": seq, "return_code": 0, "data": data})

    def _turn_page(self, seq: str, key: str) -> None:
        asked, rows = self._open.get(key, ("", []))
        if asked != seq:
            raise No(_wrong("next_key", "앞 응답의 next_key"))
        self._page(seq, rows)

    def _page(self, seq: str, rows: list[dict[str, str]]) -> None:
        """Say one page and keep the rest under a key; a lost page may be asked for again."""
        size, key = self._profile.ws_condition_rows, ""
        if len(rows) > size:
            key = token_hex(8)
            self._open[key] = (seq, rows[size:])
            for oldest in list(islice(self._open, max(len(self._open) - MOST_OPEN, 0))):
                del self._open[oldest]
        self._say(
            {
                "trnm": "CNSRREQ",
                "seq": seq.ljust(SEQ_WIDTH),
                "cont_yn": "Y" if key else "N",
                "next_key": key,
                "return_code": 0,
                "data": rows[:size],
            }
        )

    def _clear(self, message: Message) -> None:
        seq = _formula(message)
        self._following.discard(seq)
        self._awaited.discard(seq)
        self._say({"trnm": "CNSRCLR", "seq": seq, "return_code": 0, "return_msg": ""})


def _formula(message: Message) -> str:
    """The formula asked for; blanks around it are the guide's own padding."""
    if not message.get("seq") and message.get("seq") != 0:
        raise No("필수 입력 값에 값이 존재하지 않습니다 [CODE=1511, MESSAGE=필수입력 파라미터=seq]")
    seq = str(message["seq"]).strip()
    if seq not in CONDITIONS:
        raise No(f"조건검색식이 존재하지 않습니다. seq={seq[:20]}")
    return seq


def _wrong(field: str, known: str) -> str:
    return f"입력 값 형식이 올바르지 않습니다 [CODE=1517, MESSAGE=파라미터={field} 가능한 값={known}]"
