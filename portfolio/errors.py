"""Why a read failed although the broker answered: an error of the same family, so that pages tell it alike."""

from django.utils.translation import gettext_noop

from kiwoomweb.broker.errors import BrokerError

__all__ = ["Unexpected"]


class Unexpected(BrokerError):
    """A fault of ours: the answer was kept, its meaning was not recorded. The log has the details."""

    notice = gettext_noop("예상하지 못한 오류로 반영하지 못했습니다. 응답 원문은 보관했고 다시 시도합니다.")
