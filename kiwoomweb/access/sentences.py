"""Broker errors as sentences for who has just typed a key: what it is, and what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import (
    BrokerDown,
    BrokerError,
    DeviceRefused,
    RateLimited,
    Unreachable,
    Unreadable,
    WrongEnvironment,
    WrongKeys,
)

__all__ = ["sentence"]

#: The nearest kind wins: a maintenance page is also a kind of silence.
SENTENCES: dict[type[BrokerError], str | Promise] = {
    WrongKeys: _("앱키와 시크릿키가 맞지 않습니다. 두 키를 다시 복사해 붙여 넣으세요."),
    DeviceRefused: _(
        "이 서버의 IP 주소가 키에 등록되어 있지 않습니다. 키움 REST API 사이트에서 등록한 뒤 다시 하세요."
    ),
    RateLimited: _("이 키로 요청이 너무 많습니다. 1분쯤 뒤에 다시 하세요."),
    BrokerDown: _("키움증권이 점검 중이거나 장애 상태입니다. 키가 틀린 것은 아닙니다. 잠시 뒤 다시 하세요."),
    Unreachable: _("키움증권에 연결할 수 없습니다. 인터넷 연결을 확인하고 다시 하세요."),
    Unreadable: _("키움증권의 응답을 읽을 수 없습니다. 잠시 뒤 다시 하세요."),
}
ELSEWHERE: dict[Environment, str | Promise] = {
    Environment.LIVE: _("모의투자 키입니다. 구분을 모의로 바꾸거나 실전 키를 넣으세요."),
    Environment.PAPER: _("실전 키입니다. 구분을 실전으로 바꾸거나 모의투자 키를 넣으세요."),
    Environment.SIMULATOR: _("연습 서버의 키가 아닙니다."),
}
NO_SIMULATOR = _("연습 서버가 응답하지 않습니다. 잠시 뒤 다시 하세요. 계속되면 프로그램을 다시 시작하세요.")


def sentence(error: BrokerError, environment: Environment) -> str:
    """What to tell about ``error`` while connecting an account of ``environment``."""
    if isinstance(error, WrongEnvironment):
        return str(ELSEWHERE[environment])
    if isinstance(error, Unreachable) and environment is Environment.SIMULATOR:
        return str(NO_SIMULATOR)
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return str(SENTENCES[kind])
    return gettext(error.notice)
