"""What the simulated ledger says about the account: frozen values, money in won.

``Decimal`` where the broker shows fractions (average cost, realised profit of one sale): at least seven places,
truncated. Costs follow PROTOCOL 6.1.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.order_facts import Fill, Order

__all__ = [
    "AccountEvent",
    "BalanceEvent",
    "CashKind",
    "CashRow",
    "DaySnapshot",
    "Deposit",
    "Diary",
    "DiaryKind",
    "DiaryLine",
    "HeldAtClose",
    "OrderEvent",
    "Position",
    "RealisedDay",
    "SaleRow",
]


@dataclass(frozen=True, slots=True)
class Position:
    """One lot, or one sold out today (``quantity`` 0); moving average without costs.

    ``cost`` is 매입금액 in whole won, ``average_cost`` exact. ``settled`` is 결제잔고. ``realised_today`` sums
    the day's sales net of both legs' costs; ``commission_today``/``tax_today`` are what those sales carry.
    ``commission``/``sell_commission``/``sell_tax`` price the whole holding as kt00018 does.

    Of a lot on credit ``loan`` is 대출일, ``owed`` 융자금, ``interest`` what repaying it today would cost,
    ``expires`` 만기일; of lots added up (``loan`` then ``None``) the sums.
    """

    code: str
    quantity: int
    sellable: int
    settled: int
    cost: int
    average_cost: Decimal
    price: int
    previous_close: int
    value: int
    commission: int
    sell_commission: int
    sell_tax: int
    bought_today: int
    sold_today: int
    bought_before: int
    sold_before: int
    bought_amount_today: int
    realised_today: Decimal
    commission_today: int
    tax_today: int
    loan: date | None = None
    owed: int = 0
    interest: int = 0
    expires: date | None = None

    @property
    def profit(self) -> int:
        """평가손익 of kt00018: value - cost - both commissions - tax (PROTOCOL 6.1-3)."""
        return self.net_value - self.cost

    @property
    def net_value(self) -> int:
        """평가금액 of kt00004 and kt00005: the value less both commissions and tax (PROTOCOL 6.1-4)."""
        return self.value - self.commission - self.sell_commission - self.sell_tax


@dataclass(frozen=True, slots=True)
class Deposit:
    """예수금 now. ``d1 = cash + d1_net``, ``d2 = d1 + d2_net``; ``buying_power = d2 - reserved`` or 0.

    ``reserved`` is what open buys hold back. ``withdrawable`` never counts unsettled sales.
    ``estimated_assets`` is 추정예탁자산: d2 plus every holding's value less the costs of selling it and the
    loan, with interest, it was bought on. ``sold_today`` is what today's sales will bring. ``owed`` is 융자금,
    ``credit_deposit`` the part of ``reserved`` that open credit buys hold, ``collateral_rate`` 담보비율 in
    percent, 0 without a loan.
    """

    cash: int
    d1: int
    d2: int
    d1_bought: int
    d1_sold: int
    d2_bought: int
    d2_sold: int
    reserved: int
    buying_power: int
    withdrawable: int
    estimated_assets: int
    sold_today: int = 0
    owed: int = 0
    interest: int = 0
    credit_deposit: int = 0
    collateral_rate: Decimal = Decimal("0.00")

    @property
    def d1_net(self) -> int:
        return self.d1_sold - self.d1_bought

    @property
    def d2_net(self) -> int:
        return self.d2_sold - self.d2_bought

    @property
    def sold(self) -> int:
        """What unsettled sales will bring."""
        return self.d1_sold + self.d2_sold

    @property
    def tied_up(self) -> int:
        """What stands between 예수금 and 주문가능금액 (PROTOCOL 6.1-8)."""
        return max(0, self.cash - self.buying_power)

    @property
    def unpaid(self) -> int:
        """현금미수금."""
        return max(0, -self.cash)

    @property
    def withdrawable_tomorrow(self) -> int:
        return max(0, min(self.d1, self.d2) - self.reserved)

    @property
    def free_cash(self) -> int:
        """Cash that neither unsettled nor open buys need."""
        return max(0, self.cash - self._spoken_for)

    @property
    def reusable_before(self) -> int:
        """전일재사용가능금액: sales of earlier days that buys have not used up; cash goes first."""
        return max(0, self.sold - self.sold_today - self._beyond_cash)

    @property
    def reusable_today(self) -> int:
        """금일재사용가능금액: sales of today that buys have not used up; those of earlier days go first."""
        used = max(0, self._beyond_cash - (self.sold - self.sold_today))
        return max(0, self.sold_today - used)

    @property
    def _spoken_for(self) -> int:
        return self.d1_bought + self.d2_bought + self.reserved

    @property
    def _beyond_cash(self) -> int:
        return max(0, self._spoken_for - self.cash)


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One sell execution (ka10072/73/77). ``commission`` holds both legs; ``realised`` is net of all costs.

    ``loan`` is 대출일 of a sale that repaid one; its interest is no part of the row (PROTOCOL 6.1-5).
    """

    day: date
    at: datetime
    order_no: str
    code: str
    quantity: int
    buy_price: Decimal
    sell_price: int
    realised: Decimal
    return_rate: Decimal
    commission: int
    tax: int
    loan: date | None = None

    @property
    def sold(self) -> int:
        return self.sell_price * self.quantity


@dataclass(frozen=True, slots=True)
class RealisedDay:
    """One day of ka10074. ``commission`` and ``tax`` are what the ledger charged that day.

    ``realised`` truncates commission once per stock and day, so it differs from the sum of ``SaleRow`` by up to
    ten won a row (PROTOCOL 6.1-6). ``cost`` is 매입금액 of the sold shares.
    """

    day: date
    bought: int
    sold: int
    cost: int
    realised: int
    commission: int
    tax: int
    has_sales: bool


class DiaryKind(StrEnum):
    """단주구분 (``ottks_tp``) of ka10170."""

    DAY_TRADES = "1"
    ALL = "2"


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One stock of 당일매매일지 (ka10170); averages are exact, 0 where nothing was bought or sold."""

    code: str
    bought_quantity: int
    bought_average: Decimal
    bought: int
    sold_quantity: int
    sold_average: Decimal
    sold: int
    costs: int
    realised: int
    return_rate: Decimal


@dataclass(frozen=True, slots=True)
class Diary:
    """당일매매일지 of one day. ``settled = sold - bought - costs``. No trades: no lines."""

    day: date
    bought: int
    sold: int
    costs: int
    settled: int
    realised: int
    return_rate: Decimal
    lines: tuple[DiaryLine, ...]


class CashKind(StrEnum):
    """적요명 of kt00015."""

    DEPOSIT = "이체입금"
    WITHDRAWAL = "이체출금"
    BUY = "장내매수"
    SELL = "장내매도"
    CREDIT_BUY = "융자매수"
    REPAYING_SALE = "융자상환매도"
    DIVIDEND = "배당금"


@dataclass(frozen=True, slots=True)
class CashRow:
    """One row of 위탁종합거래내역 (kt00015): booked on ``day`` (settlement), traded on ``traded``.

    ``amount`` is 거래금액, ``settled`` 정산금액 (positive on both sides), ``balance`` 예수금잔고 after the row.
    ``number`` is 거래번호, counted per day. ``code`` is "" for money moves. ``principal`` is the loan given
    with a credit buy or repaid with its sale, ``interest`` what the repayment cost, ``loan`` 대출일.
    """

    day: date
    at: datetime
    kind: CashKind
    traded: date
    amount: int
    code: str = ""
    quantity: int = 0
    commission: int = 0
    tax: int = 0
    settled: int = 0
    balance: int = 0
    number: int = 0
    principal: int = 0
    interest: int = 0
    loan: date | None = None

    @property
    def unit_price(self) -> int:
        """Average of the row's executions, cut to the won; 0 for money moves."""
        return self.amount // self.quantity if self.quantity else 0

    @property
    def is_credit(self) -> bool:
        """Whether money came in."""
        return self.kind in (CashKind.DEPOSIT, CashKind.SELL, CashKind.REPAYING_SALE, CashKind.DIVIDEND)


@dataclass(frozen=True, slots=True)
class HeldAtClose:
    """One holding at a day's close (ka01690)."""

    code: str
    quantity: int
    cost: int
    average_cost: Decimal
    price: int
    value: int
    profit: int
    loan: date | None = None
    owed: int = 0


@dataclass(frozen=True, slots=True)
class DaySnapshot:
    """The account at the close of a day (ka01690, kt00002); days without trading repeat the one before.

    ``owed`` is 융자금, ``interest`` what repaying it that day would have cost.
    """

    day: date
    cash: int
    d2: int
    cost: int
    value: int
    profit: int
    estimated_assets: int
    holdings: tuple[HeldAtClose, ...]
    owed: int = 0
    interest: int = 0


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """주문체결 (00) in the order it happened. ``status`` is FID 913: 접수, 체결, 확인, 취소 or 거부.

    ``order`` is the order right after the event, ``fill`` this execution on 체결, ``reason`` FID 919 on 거부.
    """

    sequence: int
    at: datetime
    status: str
    order: Order
    fill: Fill | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BalanceEvent:
    """잔고 (04): the position right after a fill."""

    sequence: int
    at: datetime
    side: Side
    position: Position


AccountEvent = OrderEvent | BalanceEvent
