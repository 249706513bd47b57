"""Why an account cannot even be asked for: errors of the broker's family, so that one ``except`` serves all."""

from django.utils.translation import gettext_noop

from kiwoomweb.broker.errors import BrokerError, Unreachable

__all__ = ["DeskAway", "KeysUnreadable", "LiveRefused", "NotConnected"]


class NotConnected(BrokerError):
    """The account has no keys: never connected, or disconnected."""

    notice = gettext_noop("이 계좌에 연결된 키가 없습니다. 설정에서 키를 등록하면 이어서 기록합니다.")


class KeysUnreadable(NotConnected):
    """The keys are there but cannot be unsealed: the key ring file is missing or another one."""

    notice = gettext_noop(
        "저장된 키를 열 수 없습니다. 봉인 키 파일을 백업에서 되돌리거나 키를 다시 등록하세요."
    )


class LiveRefused(NotConnected):
    """This installation does not touch real accounts: ``KIWOOMWEB_LIVE=0``, or DEBUG is on."""

    notice = gettext_noop("이 서버는 실전 계좌를 쓰지 않도록 설정되어 있습니다. 관리자에게 문의하세요.")


class DeskAway(Unreachable):
    """The order process, which alone opens account keys, hands out no access token: it is not there."""

    notice = gettext_noop(
        "주문 프로세스가 접근 토큰을 주지 않아 키움증권에 물어볼 수 없습니다. "
        "주문 프로세스가 돌아오면 자동으로 이어서 조회합니다."
    )
