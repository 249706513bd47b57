"""Order answers: how far one send came, and what came back. No network and no judgement in here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiwoomweb.broker.errors import BrokerError, gettext_noop

__all__ = ["Answer", "Reached", "SendFailed", "Step", "quietly"]


class Step(StrEnum):
    """The steps of one send, in their order. Each is told when it is reached, before anything else is done.

    CONNECT nothing is open yet; CONNECTED the line (and its TLS) stands and no byte of the order has left;
    HALF the head has left; WRITTEN everything has; ANSWERED the whole answer is here.
    """

    CONNECT = "connect"
    CONNECTED = "connected"
    HALF = "half"
    WRITTEN = "written"
    ANSWERED = "answered"


#: Hears of each step. What it raises at CONNECT or CONNECTED withdraws the order: it is not sent.
Reached = Callable[[Step], object]


def quietly(_step: Step) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer to one order. ``kept`` is false when its bytes could not be stored."""

    tr: str
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    kept: bool = True


class SendFailed(BrokerError):
    """One send without an answer. ``is_unsent`` holds only where it is *proved* that no byte left.

    ``cause`` names what happened (``"ConnectTimeout"``), ``step`` the last one reached (``None``: not begun),
    ``trouble`` is the exception behind it where that is ours to show (a refused token, a withdrawal).
    """

    notice = gettext_noop("주문에 대한 답을 받지 못했습니다. 증권사의 주문 목록에서 결과를 확인합니다.")

    def __init__(
        self,
        cause: str,
        *,
        is_unsent: bool,
        step: Step | None = None,
        trouble: BaseException | None = None,
        tr: str = "",
    ) -> None:
        code = trouble.code if isinstance(trouble, BrokerError) else ""
        super().__init__(cause, code=code, tr=tr)
        self.cause, self.is_unsent, self.step, self.trouble = cause, is_unsent, step, trouble
