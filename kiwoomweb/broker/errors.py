"""What can go wrong between us and the broker, as a family tree whose members can speak to the user.

    BrokerError
    ├── Unreachable            no answer: refused, reset, timed out; the outcome is unknown
    │   └── BrokerDown         an answer that is not the API's: 5xx, a maintenance page, HTML
    ├── Unreadable             an answer that cannot be trusted: truncated JSON, a field of the wrong form
    │   ├── Incomplete         some pages of a list came, others did not: never shown as the whole
    │   └── AnotherAccount     the answer is about somebody else's account: nothing of it is taken
    ├── RateLimited            1700-1702: refused before it was processed; a read waits and asks again
    ├── NothingHeard           a realtime type was registered, and nothing came in the time we listened
    ├── NoRoom                 the socket's 200 items are taken; nothing was asked of the broker
    └── Refused                the broker said no, in so many words
        ├── AuthFailed         8xxx
        │   ├── TokenExpired       8005 8003 8103: a new token and one more try
        │   ├── WrongKeys          8001 8002 8020: the key pair is not accepted
        │   ├── WrongEnvironment   8030 8031: a real key on the mock host, or the reverse
        │   └── DeviceRefused      8010 8040 8050: the caller's address is not registered with the key
        ├── BadInput           1501-1517: we asked wrongly; asking again does not help
        ├── UnknownSymbol      1901-1903
        ├── TakenOver          R10001: another program logged in to the socket with the same key
        ├── NotOffered         8104, RC9000: this environment does not serve that TR
        └── Rejected           [2000](CODE:text): the ledger refused it

Source: PROTOCOL 2.3-2.5. ``code`` is the embedded code ("8005", "571557", "RC4058"), ``said`` the broker's
own words, ``tr`` the TR id. No member ever carries a key, a token or a request header.
"""

__all__ = [
    "AnotherAccount",
    "AuthFailed",
    "BadInput",
    "BrokerDown",
    "BrokerError",
    "DeviceRefused",
    "Incomplete",
    "NoRoom",
    "NotOffered",
    "NothingHeard",
    "RateLimited",
    "Refused",
    "Rejected",
    "TakenOver",
    "TokenExpired",
    "UnknownSymbol",
    "Unreachable",
    "Unreadable",
    "WrongEnvironment",
    "WrongKeys",
]


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the collector of translations by the name it looks for; views translate it."""
    return sentence


class BrokerError(Exception):
    """Anything that kept an answer of the broker from us. ``notice`` is a plain sentence for the user."""

    notice = gettext_noop("키움증권과 통신하는 중에 문제가 생겼습니다.")

    def __init__(self, said: str = "", *, code: str = "", tr: str = "") -> None:
        super().__init__(f"{tr or '?'} {code or '-'}: {said}"[:500])
        self.said, self.code, self.tr = said, code, tr


class Unreachable(BrokerError):
    """Nobody answered. Whether the request was processed is unknown."""

    notice = gettext_noop("키움증권에 연결할 수 없습니다. 연결되면 자동으로 이어서 조회합니다.")


class BrokerDown(Unreachable):
    """Somebody answered, but not the API: 5xx, HTML, a maintenance page."""

    notice = gettext_noop("키움증권이 점검 중이거나 장애 상태입니다. 복구되면 자동으로 이어서 조회합니다.")


class Unreadable(BrokerError):
    """The answer cannot be understood: truncated JSON, a missing or malformed field."""

    notice = gettext_noop(
        "키움증권의 응답을 읽을 수 없어 반영하지 않았습니다. 원문은 보관했고 다시 조회합니다."
    )


class Incomplete(Unreadable):
    """Only some pages of a list arrived; a part is never taken for the whole."""

    notice = gettext_noop("목록을 끝까지 받지 못해 반영하지 않았습니다. 처음부터 다시 조회합니다.")


class AnotherAccount(Unreadable):
    """The answer names another account than the one it was asked for."""

    notice = gettext_noop(
        "키움증권이 다른 계좌의 자료를 보내 아무것도 반영하지 않았습니다."
        " 이 계좌의 앱키가 맞는지 확인해 주세요."
    )


class RateLimited(BrokerError):
    """1700-1702: too many requests, refused before processing. A read waits and asks again."""

    notice = gettext_noop("요청이 많아 잠시 후 다시 시도합니다.")


class NothingHeard(BrokerError):
    """Registered and listened: nothing came in that time."""

    notice = gettext_noop(
        "기다리는 동안 온 것이 없습니다. 장이 열려 있는지, 체결이 있는 종목인지 보고 다시 들어 보세요."
    )


class NoRoom(BrokerError):
    """A session carries 200 items; all are taken by what people look at and hold."""

    notice = gettext_noop("실시간 등록 200종목이 모두 쓰이고 있어 더 들을 수 없습니다.")


class Refused(BrokerError):
    """An explicit no. Nothing was done."""

    notice = gettext_noop("키움증권이 요청을 거부했습니다.")


class AuthFailed(Refused):
    """8xxx: the broker does not accept who we say we are."""

    notice = gettext_noop("키움증권 인증에 실패했습니다.")


class TokenExpired(AuthFailed):
    """8005, 8003, 8103: the access token is no longer good; issue another and ask once more."""

    notice = gettext_noop("접근토큰이 만료되어 다시 발급받습니다.")


class WrongKeys(AuthFailed):
    """8001, 8002, 8020: the app key and secret do not belong together or do not exist."""

    notice = gettext_noop(
        "앱키와 시크릿키가 맞지 않습니다. 키움 REST API 사이트에서 키를 확인해 다시 등록하세요."
    )


class WrongEnvironment(AuthFailed):
    """8030, 8031: a real-trading key on the mock host, or the reverse."""

    notice = gettext_noop("실전과 모의투자 키가 서로 바뀌었습니다. 계좌 종류를 확인해 다시 등록하세요.")


class DeviceRefused(AuthFailed):
    """8010, 8040, 8050: this machine's address is not registered with the key."""

    notice = gettext_noop(
        "이 서버의 IP 주소가 키에 등록되어 있지 않습니다. 키움 REST API 사이트에서 IP를 등록하세요."
    )


class BadInput(Refused):
    """1501-1517: our request is malformed; repeating it cannot help."""

    notice = gettext_noop("조회 조건이 올바르지 않습니다.")


class UnknownSymbol(Refused):
    """1901-1903: no such instrument, or not on that exchange."""

    notice = gettext_noop("없는 종목코드입니다.")


class TakenOver(Refused):
    """R10001: the same app key logged in elsewhere, and the broker closed our socket for it."""

    notice = gettext_noop(
        "같은 앱키로 다른 프로그램이 실시간에 접속해 연결이 끊겼습니다. 잠시 후 다시 시도합니다."
    )


class NotOffered(Refused):
    """8104 or RC9000: this environment does not serve the TR."""

    notice = gettext_noop("모의투자에서는 제공하지 않는 조회입니다.")


class Rejected(Refused):
    """``[2000](CODE:text)``: the ledger refused it. ``code`` says why."""

    notice = gettext_noop("키움증권 원장이 요청을 거부했습니다.")
