"""Admission: which orders the ledger takes, and in which words it refuses the others (PROTOCOL 2.5, 7)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from kiwoomweb.broker.domain import Venue
from kiwoomweb.broker.market_calendar import Phase, Sessions, Window
from kiwoomweb.simulator.costs import MOCK, PARTS, REAL, Costs
from kiwoomweb.simulator.credit import Credit
from kiwoomweb.simulator.flows.classes import class_of
from kiwoomweb.simulator.kinds import KINDS, Kind
from kiwoomweb.simulator.lots import Lot
from kiwoomweb.simulator.market import Market
from kiwoomweb.simulator.order_facts import Order

__all__ = ["Admission", "OrderRefused", "Profile"]

Profile = Literal["real", "mock"]

#: Refusal -> what each profile says: (code, words). The real host's limit refusals were seen without a code.
SAYINGS: dict[str, dict[Profile, tuple[str, str]]] = {
    "no money": {
        "real": ("855056", "매수증거금이 부족합니다. {}주 매수가능"),
        "mock": ("RC4025", "모의투자 매수증거금이 부족합니다. {}주 매수가능"),
    },
    "no shares": {
        "real": ("800033", "매도가능수량이 부족합니다. {}주 매도가능"),
        "mock": ("800033", "모의투자 매도가능수량이 부족합니다. {}주 매도가능"),
    },
    "off tick": {
        "real": ("571557", "주문단가를 잘못입력하셨습니다"),
        "mock": ("RC4003", "모의투자 호가단위 오류입니다."),
    },
    "below limit": {
        "real": ("", "주문단가가 하한가보다 낮습니다"),
        "mock": ("RC4027", "모의투자 상/하한가 오류입니다."),
    },
    "above limit": {
        "real": ("", "주문단가가 상한가보다 높습니다"),
        "mock": ("RC4027", "모의투자 상/하한가 오류입니다."),
    },
    "no price": {
        "real": ("308003", "주문단가를 입력하십시요"),
        "mock": ("308003", "주문단가를 입력하십시요"),
    },
    "no quantity": {
        "real": ("", "주문수량을 입력하십시요"),
        "mock": ("", "모의투자 주문수량을 확인하세요."),
    },
    "wrong kind": {
        "real": ("407022", "매매구분을 확인하십시요"),
        "mock": ("407022", "매매구분을 확인하십시요"),
    },
    "best not offered": {
        "real": ("407022", "매매구분을 확인하십시요"),
        "mock": ("RC4026", "모의투자 최유리지정가와 최우선지정가 주문은 불가합니다."),
    },
    "not now": {
        "real": ("521790", "해당 호가유형은 주문 불가능한 시간입니다."),
        "mock": ("RC4058", "모의투자 장종료"),
    },
    "too early": {
        "real": ("521790", "해당 호가유형은 주문 불가능한 시간입니다."),
        "mock": ("RC4057", "모의투자 장시작전"),
    },
    "closed": {
        "real": ("521790", "해당 호가유형은 주문 불가능한 시간입니다."),
        "mock": ("RC4010", "모의투자 영업일이 아닙니다."),
    },
    "no such share": {
        "real": ("", "종목코드를 확인하십시요"),
        "mock": ("", "모의투자 종목코드를 확인하세요."),
    },
    "halted": {
        "real": ("", "매매거래정지 종목입니다"),
        "mock": ("RC4007", "모의투자 매매제한 종목입니다."),
    },
    "wrong venue": {
        "real": ("407022", "거래소구분을 확인하십시요"),
        "mock": ("RC9000", "모의투자에서는 해당업무가 제공되지 않습니다."),
    },
    "unknown order": {
        "real": ("", "원주문번호가 존재하지 않습니다"),
        "mock": ("RC4032", "모의투자 원주문번호가 존재하지 않습니다."),
    },
    "is a cancel": {
        "real": ("571435", "원주문이취소주문입니다"),
        "mock": ("571435", "원주문이취소주문입니다"),
    },
    "nothing left": {
        "real": ("506550", "취소할 수량이 없습니다"),
        "mock": ("RC4033", "모의투자 정정/취소할 수량이 없습니다."),
    },
    "no credit": {
        "real": ("", "신용융자 불가종목입니다"),
        "mock": ("", "모의투자 신용융자 불가종목입니다."),
    },
    "loan limit": {
        "real": ("", "신용융자 한도가 부족합니다. {}원 융자가능"),
        "mock": ("", "모의투자 신용융자 한도가 부족합니다. {}원 융자가능"),
    },
    "no such loan": {
        "real": ("", "해당 대출일의 융자잔고가 없습니다"),
        "mock": ("", "모의투자 해당 대출일의 융자잔고가 없습니다."),
    },
    "on credit": {
        "real": ("", "원주문이 신용주문입니다. 신용 정정/취소주문을 이용하십시요"),
        "mock": ("", "모의투자 원주문이 신용주문입니다."),
    },
    "not on credit": {
        "real": ("", "원주문이 신용주문이 아닙니다"),
        "mock": ("", "모의투자 원주문이 신용주문이 아닙니다."),
    },
    "no stop price": {
        "real": ("", "조건단가를 입력하십시요"),
        "mock": ("", "모의투자 조건단가를 확인하세요."),
    },
    "price with a close": {
        "real": ("571357", "시간외종가 주문시에는 단가를 입력하지 않습니다"),
        "mock": ("571357", "시간외종가 주문시에는 단가를 입력하지 않습니다"),
    },
    "price is fixed": {
        "real": ("407022", "정정할 수 없는 매매구분입니다"),
        "mock": ("407022", "정정할 수 없는 매매구분입니다"),
    },
    "not by SOR": {
        "real": ("571412", "SOR정정 및 취소주문은 원주문이 SOR주문인 경우 가능합니다."),
        "mock": ("RC9000", "모의투자에서는 해당업무가 제공되지 않습니다."),
    },
}
#: 장전 시간외 종가 ends so long after the auction's order entry begins.
BEFORE_THE_OPEN = timedelta(minutes=10)
#: 시간외단일가 stays within this part of the close, in percent.
SINGLE_PRICE_LIMIT = 10
BEST_KINDS = frozenset(("6", "7", "16", "26"))


class OrderRefused(Exception):
    """The ledger says no. ``code`` and ``text`` go into ``[2000](code:text)``; nothing was booked."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}:{text}")
        self.code, self.text = code, text


@dataclass(frozen=True, slots=True)
class Admission:
    """The rules of one profile over one market."""

    market: Market
    profile: Profile
    #: commission in hundred-thousandths where it is not the host's own
    fees: int | None = None

    @property
    def costs(self) -> Costs:
        if self.fees is not None:
            return Costs(Fraction(self.fees, PARTS))
        return MOCK if self.profile == "mock" else REAL

    def refusal(self, why: str, *details: object) -> OrderRefused:
        code, words = SAYINGS[why][self.profile]
        return OrderRefused(code, words.format(*details))

    def kind(self, code: str) -> Kind:
        if self.profile == "mock" and code in BEST_KINDS:
            raise self.refusal("best not offered")
        if code not in KINDS:
            raise self.refusal("wrong kind")
        return KINDS[code]

    def window(self, at: datetime, venue: Venue, kind: Kind) -> Window:
        """The open session this order would enter."""
        hours = self.market.sessions(at.date())
        if venue not in (Venue.KRX, Venue.NXT, Venue.SOR) or (
            self.profile == "mock" and venue is not Venue.KRX
        ):
            raise self.refusal("wrong venue")
        if hours is None:
            raise self.refusal("closed")
        if kind.phases is not None:
            return self._own_session(at, venue, kind, hours)
        window = hours.at(at, venue)
        auctions = () if self.profile == "real" else (Phase.OPENING_AUCTION,)
        if at < hours.regular.opens and (window is None or window.phase in auctions):
            raise self.refusal("too early")
        if window is None or window.phase in (Phase.CLOSING_PRICE, Phase.SINGLE_PRICE):
            raise self.refusal("not now")
        around = window.phase in (Phase.PRE, Phase.AFTER)
        if around and (self.profile == "mock" or not kind.priced):
            raise self.refusal("not now")
        return window

    def _own_session(self, at: datetime, venue: Venue, kind: Kind, hours: Sessions) -> Window:
        """The session of a kind that not every session takes."""
        if kind.home and venue is not Venue.KRX:
            raise self.refusal("wrong kind")
        window = hours.at(at, venue)
        if window and kind.follows == "close" and window.phase is Phase.OPENING_AUCTION:
            window = replace(window, closes=window.opens + BEFORE_THE_OPEN)
        late = "too early" if at < hours.regular.opens else "not now"
        taken = window is not None and at in window and kind.phases is not None and window.phase in kind.phases
        if window is None or not taken or (self.profile == "mock" and window.phase is not Phase.REGULAR):
            raise self.refusal(late)
        return window

    def price(self, code: str, price: int, at: datetime) -> None:
        """A limit price must exist and lie within the day's limits."""
        grid = self.market.grid(code)
        if price <= 0:
            raise self.refusal("no price")
        if not grid.fits(price):
            raise self.refusal("off tick")
        self._within(price, *grid.limits(self.market.base(code, at.date())))

    def around_the_close(self, code: str, price: int, at: datetime) -> None:
        """시간외단일가 stays near the close."""
        tape = self.market.tape(code, at.date())
        if tape:
            reach = tape.bar.close * SINGLE_PRICE_LIMIT // 100
            self._within(price, tape.bar.close - reach, tape.bar.close + reach)

    def _within(self, price: int, low: int, high: int) -> None:
        if not low <= price <= high:
            raise self.refusal("below limit" if price < low else "above limit")

    def stop(self, code: str, price: int, at: datetime) -> None:
        """A stop price must exist like any other."""
        if price <= 0:
            raise self.refusal("no stop price")
        self.price(code, price, at)

    def no_price(self, price: int) -> None:
        """Sessions at a fixed price take none from the order."""
        if price:
            raise self.refusal("price with a close")

    def tradable(self, code: str, quantity: int, at: datetime) -> None:
        if code not in self.market.universe.instruments:
            raise self.refusal("no such share")
        if quantity <= 0:
            raise self.refusal("no quantity")
        tape = self.market.tape(code, at.date())
        if tape is None or tape.bar.halted:
            raise self.refusal("halted")

    def original(self, order: Order | None, code: str, venue: Venue, credit: Credit) -> Order:
        """The order a modification or cancellation names must exist and still have something left."""
        if order is None or order.code != code:
            raise self.refusal("unknown order")
        if bool(order.credit) is not bool(credit):
            raise self.refusal("on credit" if order.credit else "not on credit")
        if order.action.name == "CANCEL":
            raise self.refusal("is a cancel")
        if venue is Venue.SOR and order.venue is not Venue.SOR:
            raise self.refusal("not by SOR")
        if not order.is_open:
            raise self.refusal("nothing left")
        return order

    def funds(self, held_back: int, power: int, most: int) -> None:
        if held_back > power:
            raise self.refusal("no money", most)

    def shares(self, quantity: int, sellable: int) -> None:
        if quantity > sellable:
            raise self.refusal("no shares", max(sellable, 0))

    def lendable(self, code: str, asked: int, room: int) -> None:
        """A buy on credit: the share's class must allow it, and the account's limit must hold the loan."""
        if not class_of(self.market.universe.instruments[code]).on_credit:
            raise self.refusal("no credit")
        if asked > room:
            raise self.refusal("loan limit", room)

    def loan(self, loans: Collection[Lot], code: str, day: date | None) -> None:
        """A sale on credit must name a loan the account has."""
        if day is None or Lot(code, day) not in loans:
            raise self.refusal("no such loan")
