"""Refusals: which member of the error tree an answer with a ``return_code`` amounts to.

The code of the answer is coarse; the real one hides in the text (PROTOCOL 2.3): ``[8005:…]`` from the gateway,
``[2000](571557:…)`` from the ledger, ``[CODE=8005, …]`` on the socket.
"""

import re

from kiwoomweb.broker import errors as e

__all__ = ["code_in", "is_rate_limit", "refusal", "says_no_rows"]

_LEDGER = re.compile(r"\[\d+\]\s*\((RC\d{4}|\d{4,6})\s*:")
_SOCKET = re.compile(r"CODE=(\d{3,5})")
_GATEWAY = re.compile(r"\[(\d{3,5}):")

#: PROTOCOL 2.4. 1634 is real but unlisted: more than a hundred symbols in one ka10095.
BY_CODE: dict[str, type[e.BrokerError]] = {
    **dict.fromkeys(("1700", "1701", "1702"), e.RateLimited),
    **dict.fromkeys(("8003", "8005", "8103"), e.TokenExpired),
    **dict.fromkeys(("8001", "8002", "8020"), e.WrongKeys),
    **dict.fromkeys(("8030", "8031"), e.WrongEnvironment),
    **dict.fromkeys(("8010", "8040", "8050"), e.DeviceRefused),
    **dict.fromkeys(("8006", "8009", "8015", "8016"), e.AuthFailed),
    **dict.fromkeys(
        ("1501", "1504", "1505", "1511", "1512", "1513", "1514", "1515", "1516", "1517"), e.BadInput
    ),
    **dict.fromkeys(("1634", "1687", "8011", "8012", "105111"), e.BadInput),
    **dict.fromkeys(("1901", "1902", "1903"), e.UnknownSymbol),
    **dict.fromkeys(("8104", "RC9000"), e.NotOffered),
    "1999": e.BrokerDown,
    "8200": e.AuthFailed,
}

#: When the text names no code: what the family of the ``return_code`` says.
BY_FAMILY: dict[int, type[e.BrokerError]] = {
    1: e.BadInput,
    2: e.BadInput,
    3: e.AuthFailed,
    5: e.RateLimited,
    20: e.Rejected,
    2000: e.Rejected,
}

#: Ledger codes and words that mean "there are none", not "no" (PROTOCOL 2.6).
_NO_ROWS_CODES = {"501724", "571758"}
_NO_ROWS_WORDS = re.compile(r"(?:자료|내역)\s*[이가]?\s*없습니다")
#: The TRs that change something; their refusals are never a list without rows.
_ORDERING = re.compile(r"kt1000\d|kt5000\d|au1000\d")


def code_in(said: str) -> str:
    """The code hidden in the text, or nothing."""
    found = _LEDGER.search(said) or _SOCKET.search(said) or _GATEWAY.search(said)
    return found[1] if found else ""


def is_rate_limit(number: int, code: str, status: int = 200) -> bool:
    """429 always; else 1700-1702, or family 5 without a code of its own."""
    return status == 429 or BY_CODE.get(code) is e.RateLimited or (number == 5 and not code)


def refusal(number: int, said: str, tr_id: str, status: int = 200) -> e.BrokerError:
    """The error of an answer that is not a success. ``number`` is its ``return_code``."""
    code = code_in(said)
    if is_rate_limit(number, code, status):
        return e.RateLimited(said, code=code or "1700", tr=tr_id)
    if not code and (status == 401 or str(number) in BY_CODE):
        code = "8005" if status == 401 else str(number)
    family = e.Rejected if _LEDGER.search(said) else BY_FAMILY.get(number, e.Refused)
    if family is e.RateLimited:  # family 5 with another code: a malformed symbol, too many of them
        family = e.BadInput
    return BY_CODE.get(code, family)(said, code=code or str(number), tr=tr_id)


def says_no_rows(tr_id: str, said: str) -> bool:
    """Whether the broker says in words that the list is empty, with whatever ``return_code``."""
    if _ORDERING.fullmatch(tr_id):
        return False
    return code_in(said) in _NO_ROWS_CODES or bool(_NO_ROWS_WORDS.search(said))
