"""The steps of one trade as a file: every fill with what was held after it and what it realised."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kiwoomweb.ui.takeaway import Form, Sheet
from portfolio.analytics.replay.moves import Move
from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.made import Of, made
from portfolio.presenting.trade.subject import Subject
from portfolio.presenting.trade.words import event_words
from portfolio.selectors.trades import LegLine, trade_of

__all__ = ["moves"]

#: Digits of the largest number of a row.
LONGEST = 19


def moves(asked: Asked) -> Sheet:
    """Of the trade the address numbers, oldest first; without one there are no rows."""
    columns = (
        Of(_("일자"), lambda row: row[0].day, Form.DAY),
        Of(_("체결시각"), lambda row: row[0].at, Form.MOMENT),
        Of(_("매매구분"), lambda row: _what(row[0], row[1])),
        Of(_("수량"), lambda row: row[0].quantity, Form.WHOLE),
        Of(_("체결단가"), lambda row: row[0].price, Form.NUMBER),
        Of(_("체결금액"), lambda row: row[0].amount, Form.WHOLE),
        Of(_("남은 수량"), lambda row: row[0].held, Form.WHOLE),
        Of(_("평균단가"), lambda row: row[0].average, Form.NUMBER),
        Of(_("실현손익"), lambda row: row[1].net, Form.WHOLE),
        Of(_("거래소"), lambda row: row[0].venue.value if row[0].venue else ""),
        Of(_("주문번호"), lambda row: row[0].order_no),
    )
    return made(_("거래의 체결"), columns, _rows(asked))


def _rows(asked: Asked) -> Iterable[tuple[LegLine, Move]]:
    number = asked.query.get("trade", "")
    is_number = number.isascii() and number.isdigit() and len(number) < LONGEST
    found = trade_of(asked.account, int(number)) if is_number else None
    if found is None:
        return ()
    subject = Subject(found)
    return zip(subject.legs, subject.moves, strict=True)


def _what(leg: LegLine, move: Move) -> str:
    """매수, 매도, or what happened to the holding."""
    if leg.event:
        return str(event_words(leg.event))
    return pgettext("trade side", "매수") if move.quantity > 0 else pgettext("trade side", "매도")
