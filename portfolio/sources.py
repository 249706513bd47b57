"""The table of what is asked of the broker for an account: how often, and when.

Seconds are between two good reads while a session is open (08:00-20:00 on a trading day). Outside sessions
nothing is polled; the day is read again after its close, see ``portfolio.timetable``.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["SOURCES", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """One TR. ``today_only`` answers for the broker's present day and names none, so it is asked only between
    that day's opening and midnight. ``closing`` is read again once the day is over. What is never polled has
    something to say of closed days only: ``every`` is ``None``."""

    tr: str
    title: "Promise"
    every: int | None
    today_only: bool = False
    closing: bool = False


SOURCES: dict[str, Source] = {
    source.tr: source
    for source in (
        Source("ka10075", _("미체결"), 10, today_only=True),
        Source("ka10088", _("분할주문"), 20, today_only=True),
        Source("ka10076", _("당일 체결"), 10, today_only=True),
        Source("kt00007", _("주문·체결 내역"), 60, closing=True),
        Source("kt00018", _("보유 잔고"), 15),
        Source("kt00001", _("예수금"), 30),
        Source("ka10085", _("계좌 수익률"), 20, today_only=True),
        Source("ka10077", _("당일 실현손익"), 60, today_only=True),
        Source("ka10074", _("일별 실현손익"), 30, closing=True),
        Source("ka10073", _("기간 실현손익"), 60, closing=True),
        Source("ka10072", _("종목별 실현손익"), 60, closing=True),
        Source("ka10170", _("매매일지"), 30, closing=True),
        Source("kt00009", _("체결 현황"), 600, closing=True),
        Source("kt00015", _("입출금·결제 내역"), 600, closing=True),
        Source("ka01690", _("일별 잔고"), None, closing=True),
        Source("kt00002", _("일별 추정자산"), 1800, closing=True),
    )
}
