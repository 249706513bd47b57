"""What columns are called: the words of 영웅문 screens, of other programs, and of people."""

import re
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["HINTS_OF_RESULTS", "LABELS", "TOTALS", "Field", "field_of", "folded"]


class Field(StrEnum):
    """What a column can be. ``BUY_*`` and ``SELL_*`` stand side by side in a diary, one line for both."""

    DAY = "day"
    TIME = "time"
    MOMENT = "moment"
    ORDER_NO = "order_no"
    FILL_NO = "fill_no"
    SYMBOL = "symbol"
    NAME = "name"
    SIDE = "side"
    QUANTITY = "quantity"
    PRICE = "price"
    AMOUNT = "amount"
    COMMISSION = "commission"
    TAX = "tax"
    VENUE = "venue"
    ACCOUNT = "account"
    BUY_QUANTITY = "buy_quantity"
    BUY_PRICE = "buy_price"
    BUY_AMOUNT = "buy_amount"
    SELL_QUANTITY = "sell_quantity"
    SELL_PRICE = "sell_price"
    SELL_AMOUNT = "sell_amount"


LABELS: "dict[Field, str | Promise]" = {
    Field.DAY: _("일자"),
    Field.TIME: _("체결시각"),
    Field.MOMENT: _("일자와 시각"),
    Field.ORDER_NO: _("주문번호"),
    Field.FILL_NO: _("체결번호"),
    Field.SYMBOL: _("종목코드"),
    Field.NAME: _("종목명"),
    Field.SIDE: _("매매구분"),
    Field.QUANTITY: _("체결수량"),
    Field.PRICE: _("체결단가"),
    Field.AMOUNT: _("체결금액"),
    Field.COMMISSION: _("수수료"),
    Field.TAX: _("세금"),
    Field.VENUE: _("거래소"),
    Field.ACCOUNT: _("계좌번호"),
    Field.BUY_QUANTITY: _("매수수량"),
    Field.BUY_PRICE: _("매수단가"),
    Field.BUY_AMOUNT: _("매수금액"),
    Field.SELL_QUANTITY: _("매도수량"),
    Field.SELL_PRICE: _("매도단가"),
    Field.SELL_AMOUNT: _("매도금액"),
}

#: By field the words, the surest first: of two columns that could be it, the one with the surer word is.
WORDS = {
    Field.DAY: "체결일자 체결일 거래일자 거래일 매매일자 매매일 매도일자 매도일 일자 날짜 주문일자"
    " tradedate date day",
    Field.TIME: "체결시간 체결시각 거래시간 처리시간 시간 시각 주문시간 주문시각 tradetime time",
    Field.MOMENT: "체결일시 거래일시 매매일시 일시 datetime timestamp",
    Field.ORDER_NO: "주문번호 주문no orderno ordno orderid order",
    Field.FILL_NO: "체결번호 체결no fillno tradeid executionid",
    Field.SYMBOL: "종목코드 종목번호 단축코드 단축번호 코드 symbol ticker code isin",
    Field.NAME: "종목명 종목이름 종목 name stockname",
    Field.SIDE: "매매구분 매매유형 매도매수구분 매도수구분 매매 거래구분 거래종류 주문구분 매수매도 매도매수"
    " 구분 적요명 적요 side buysell type",
    Field.QUANTITY: "체결수량 체결량 거래수량 매매수량 수량 체결수 qty quantity shares volume",
    Field.PRICE: "체결단가 체결가 체결가격 체결평균가 체결평균단가 거래단가 매매단가 단가 가격 price avgprice",
    Field.AMOUNT: "체결금액 약정금액 거래금액 매매금액 금액 amount value",
    Field.COMMISSION: "수수료 매매수수료 거래수수료 commission fee",
    Field.TAX: "세금 제세금 거래세 증권거래세 세금합 tax",
    Field.VENUE: "거래소 거래소구분 체결거래소 venue exchange",
    Field.ACCOUNT: "계좌번호 계좌 account accountno",
    Field.BUY_QUANTITY: "매수수량 매수체결수량 금일매수수량 매수체결량",
    Field.BUY_PRICE: "매수평균가 매수평균단가 매수단가 매수체결가 매수가 매수가격 매수평단",
    Field.BUY_AMOUNT: "매수금액 매수약정금액 매수체결금액",
    Field.SELL_QUANTITY: "매도수량 매도체결수량 금일매도수량 매도체결량",
    Field.SELL_PRICE: "매도평균가 매도평균단가 매도단가 매도체결가 매도가 매도가격 매도평단",
    Field.SELL_AMOUNT: "매도금액 매도약정금액 매도체결금액",
}
#: A list of results tells of sales alone: it has no side, but one of these.
HINTS_OF_RESULTS = frozenset(
    {"실현손익", "매도손익", "당일매도손익", "매매손익", "손익", "손익금액", "평가손익", "실현손익금액"}
)
#: A line that begins with one of these sums up others.
TOTALS = frozenset({"합계", "소계", "총계", "총합계", "합", "계", "누계", "일계", "월계", "total", "sum"})

_KNOWN = {word: (field, rank) for field, words in WORDS.items() for rank, word in enumerate(words.split())}
_NOISE = re.compile(r"[\s()\[\]{}·ㆍ/_\-:.,*#'\"%]+")
_UNIT = re.compile(r"\((원|주|won|krw|shares|kst|d\+?\d|건)\)", re.IGNORECASE)


def folded(text: str) -> str:
    """A heading without what does not tell it apart: spaces, signs, units, capitals."""
    return _NOISE.sub("", _UNIT.sub("", text)).lower()


def field_of(text: str) -> tuple[Field, int] | None:
    """What a heading says the column is, and how sure (0 is surest); ``None`` for a word nobody knows."""
    return _KNOWN.get(folded(text))
