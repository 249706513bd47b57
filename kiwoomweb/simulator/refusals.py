"""Refusals: the broker's ways of saying no, with its family code, its embedded code and its words.

PROTOCOL 2.3 and 2.4. A refusal is raised anywhere behind the gate and becomes one JSON reply there.
"""

__all__ = [
    "Refusal",
    "auth",
    "auth_by_code",
    "bad_input",
    "bad_request",
    "closing_words",
    "ledger",
    "too_many",
    "unexpected",
]

_FAMILY = {
    1: "잘못된 요청입니다",
    2: "입력 값 오류입니다",
    3: "인증에 실패했습니다",
    5: "허용된 요청 개수를 초과하였습니다",
}

_REQUEST = {
    "1501": "API ID가 Null이거나 값이 없습니다",
    "1504": "해당 URI에서는 지원하는 API ID가 아닙니다. API ID={}, URI={}",
    "1505": "해당 API ID는 존재하지 않습니다. API ID={}",
}

_INPUT = {
    "1511": "필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터={}",
    "1517": "입력 값 형식이 올바르지 않습니다. 파라미터={} 실패사유={}",
    "1902": "종목 정보가 없습니다. 입력한 종목코드 값을 확인바랍니다. 종목코드={}",
    "8020": "입력파라미터로 appkey 또는 secretkey가 들어오지 않았습니다",
    "8104": "모의투자에서 지원하지 않는 API 입니다.",
}

_AUTH = {
    "1513": "Http Header에 authorization 필드가 존재해야 합니다",
    "1514": "입력으로 들어온 Http Header의 authorization 필드 형식이 맞지 않습니다",
    "1515": "Http Header의 authorization 필드 내 Grant Type이 미리 정의된 형식이 아닙니다",
    "1516": "Http Header의 authorization 필드 내 Token이 정의되어 있지 않습니다",
    "8001": "App Key와 Secret Key 검증에 실패했습니다",
    "8005": "Token이 유효하지 않습니다",
    "8010": "Token을 발급받은 IP와 서비스를 요청한 IP가 동일하지 않습니다",
    "8011": "Access token 발급을 위한 입력값에 grant_type이 들어오지 않았습니다",
    "8012": "grant_type의 값이 맞지 않습니다",
    "8015": "Access token을 폐기하는데 실패하였습니다. 실패사유={}",
    "8016": "Access token을 폐기하는데 필요한 Token이 들어오지 않았습니다",
    "8030": "투자구분(실전/모의)이 달라서 Appkey를 사용할수가 없습니다",
    "8031": "투자구분(실전/모의)이 달라서 Token를 사용할수가 없습니다",
    "8050": "지정단말기 인증에 실패했습니다",
}

_QUOTA = {
    "1634": "요청 가능한 종목코드 개수를 초과하였습니다. 최대={}",
    "1700": "허용된 API 요청 개수를 초과하였습니다. 유량={}, API ID={}",
    "1701": "허용된 전체 요청 개수를 초과하였습니다. 총유량={}",
    "1702": "허용된 그룹 요청 개수를 초과하였습니다. 총유량={}, API_ID={}",
}


class Refusal(Exception):
    """A reply with a ``return_code`` other than 0. Business, input and auth refusals are HTTP 200."""

    def __init__(self, family: int, message: str, *, code: str, status: int = 200) -> None:
        super().__init__(message)
        self.family, self.message, self.code, self.status = family, message, code, status


def _gateway(family: int, code: str, text: str, *parts: object, status: int = 200) -> Refusal:
    return Refusal(family, f"{_FAMILY[family]}[{code}:{text.format(*parts)}]", code=code, status=status)


def bad_request(code: str, *parts: object) -> Refusal:
    """1501, 1504, 1505: no such door."""
    return _gateway(1, code, _REQUEST[code], *parts)


def bad_input(code: str, *parts: object, family: int = 2) -> Refusal:
    """1511, 1517, 1902, 8020, 8104: the body is wrong."""
    text = f"입력 값 오류입니다[{code}:{_INPUT[code].format(*parts)}]"
    return Refusal(family, text, code=code)


def auth(code: str, *parts: object) -> Refusal:
    """1513-1516 and 8xxx: we do not know you."""
    return _gateway(3, code, _AUTH[code], *parts)


def auth_by_code(code: str) -> Refusal:
    """Any refusal of family 3 by its code alone; an unknown code gets the family's words."""
    return (
        auth(code)
        if code in _AUTH and "{}" not in _AUTH[code]
        else Refusal(3, f"{_FAMILY[3]}[{code}:{_FAMILY[3]}]", code=code)
    )


def too_many(code: str, *parts: object, status: int = 429) -> Refusal:
    """1700-1702 (HTTP 429, nothing was done) and 1634."""
    return _gateway(5, code, _QUOTA[code], *parts, status=status)


def ledger(code: str, text: str) -> Refusal:
    """A rejection of the ledger (원장): rc 20 and ``[2000](CODE:text)``."""
    return Refusal(20, f"[2000]({code}:{text})", code=code)


def closing_words(code: str) -> str:
    """How the socket words a failed LOGIN: the code hides behind ``CODE=``."""
    return f"토큰 인증에 실패했습니다. 접속을 종료합니다 [CODE={code}, MESSAGE={_AUTH[code]}]"


def unexpected(reason: str) -> Refusal:
    """1999: the broker's own failure."""
    return Refusal(
        1,
        f"예기치 못한 에러가 발생했습니다[1999:예기치 못한 에러가 발생했습니다. 실패사유={reason}]",
        code="1999",
    )
