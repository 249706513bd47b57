"""FID tables: which number in a realtime frame means what (PROTOCOL 8.7).

Each type is one typed struct, so that msgspec reads only the fields we use and skips the rest unread. All
values are text; a field the broker leaves out is blank.
"""

from typing import Any

import msgspec

__all__ = [
    "AfterHoursFids",
    "BalanceFids",
    "BestQuoteFids",
    "BookFids",
    "BreadthFids",
    "ElwFids",
    "ExpectedFids",
    "FactFids",
    "GoldFids",
    "HaltFids",
    "IndexFids",
    "IndicationFids",
    "MemberFids",
    "NavFids",
    "OrderFids",
    "ProgramFids",
    "ScreenerFids",
    "SessionFids",
    "TheoryFids",
    "TickFids",
]


def _table(title: str, /, **fids: str) -> type[msgspec.Struct]:
    """A struct with a text attribute for each named FID."""
    fields: list[Any] = [(attribute, str, "") for attribute in fids]
    return msgspec.defstruct(title, fields, rename=fids, gc=False, frozen=True, module=__name__)


#: 주식체결 (0B). 15 is the traded size, its sign the aggressor; 14 in 백만원.
TickFids: Any = _table(
    "TickFids",
    at="20",
    price="10",
    change="11",
    change_rate="12",
    best_ask="27",
    best_bid="28",
    size="15",
    volume="13",
    turnover="14",
    open="16",
    high="17",
    low="18",
    strength="228",
)

#: 주식호가잔량 (0D): ten asks from the best up, ten bids from the best down, and what of each waits on the KRX
#: and on the NXT where the item is both together.
BookFids: Any = _table(
    "BookFids",
    at="21",
    total_asks="121",
    total_bids="125",
    expected_price="23",
    expected_size="24",
    **{f"ask{n}": str(41 + n) for n in range(10)},
    **{f"ask_size{n}": str(61 + n) for n in range(10)},
    **{f"ask_delta{n}": str(81 + n) for n in range(10)},
    **{f"bid{n}": str(51 + n) for n in range(10)},
    **{f"bid_size{n}": str(71 + n) for n in range(10)},
    **{f"bid_delta{n}": str(91 + n) for n in range(10)},
    **{f"krx_ask_size{n}": str(6044 + n) for n in range(10)},
    **{f"krx_bid_size{n}": str(6054 + n) for n in range(10)},
    krx_total_asks="6064",
    krx_total_bids="6065",
    **{f"nxt_ask_size{n}": str(6066 + n) for n in range(10)},
    **{f"nxt_bid_size{n}": str(6076 + n) for n in range(10)},
    nxt_total_asks="6086",
    nxt_total_bids="6087",
)

#: 업종지수 (0J).
IndexFids: Any = _table("IndexFids", at="20", level="10", change="11", change_rate="12")

#: 장시작시간 (0s).
SessionFids: Any = _table("SessionFids", code="215", at="20", remaining="214")

#: 조건검색 편입/이탈 (pushed as 02): 841 the condition's 일련번호, 843 I or D.
ScreenerFids: Any = _table("ScreenerFids", condition="841", symbol="9001", move="843", at="20")

#: 주문체결 (00). 911 is the order's fills so far, 915 this one; 914 and 915 are blank where nothing filled.
OrderFids: Any = _table(
    "OrderFids",
    order_no="9203",
    original_order_no="904",
    symbol="9001",
    name="302",
    status="913",
    side="907",
    label="905",
    kind="906",
    quantity="900",
    price="901",
    remaining="902",
    filled="911",
    fill_no="909",
    unit_price="914",
    unit_size="915",
    commission="938",
    tax="939",
    at="908",
    reason="919",
    venue="2135",
    routed="2136",
)

#: 잔고 (04).
BalanceFids: Any = _table(
    "BalanceFids",
    symbol="9001",
    name="302",
    quantity="930",
    sellable="933",
    average_cost="931",
    price="10",
    realised_today="990",
)

#: 주식기세 (0A); 14 in 백만원, 311 in 억원.
IndicationFids: Any = _table(
    "IndicationFids",
    price="10",
    change="11",
    change_rate="12",
    best_ask="27",
    best_bid="28",
    volume="13",
    turnover="14",
    open="16",
    high="17",
    low="18",
    market_cap="311",
)

#: 주식우선호가 (0C).
BestQuoteFids: Any = _table("BestQuoteFids", ask="27", bid="28")

#: 주식시간외호가 (0E).
AfterHoursFids: Any = _table(
    "AfterHoursFids", at="21", asks="131", asks_delta="132", bids="135", bids_delta="136"
)

#: 주식당일거래원 (0F): five sellers and five buyers, the busiest first; 261-268 are 외국계 추정.
MemberFids: Any = _table(
    "MemberFids",
    foreign_sold="261",
    foreign_bought="263",
    foreign_net="267",
    **{f"seller{n}": str(141 + n) for n in range(5)},
    **{f"seller_code{n}": str(146 + n) for n in range(5)},
    **{f"seller_quantity{n}": str(161 + n) for n in range(5)},
    **{f"seller_delta{n}": str(166 + n) for n in range(5)},
    **{f"seller_colour{n}": str(271 + n) for n in range(5)},
    **{f"buyer{n}": str(151 + n) for n in range(5)},
    **{f"buyer_code{n}": str(156 + n) for n in range(5)},
    **{f"buyer_quantity{n}": str(171 + n) for n in range(5)},
    **{f"buyer_delta{n}": str(176 + n) for n in range(5)},
    **{f"buyer_colour{n}": str(281 + n) for n in range(5)},
)

#: ETF NAV (0G).
NavFids: Any = _table(
    "NavFids",
    at="20",
    nav="36",
    nav_change="37",
    nav_rate="38",
    tracking_error="39",
    price="10",
    change="11",
    change_rate="12",
    volume="13",
    gap="265",
    premium="266",
)

#: 주식예상체결 (0H). 15's sign is the aggressor.
ExpectedFids: Any = _table(
    "ExpectedFids", at="20", price="10", change="11", change_rate="12", size="15", volume="13"
)

#: 국제금환산가격 (0I).
GoldFids: Any = _table("GoldFids", price="10", change="11", change_rate="12")

#: 업종등락 (0U).
BreadthFids: Any = _table(
    "BreadthFids",
    at="20",
    level="10",
    change="11",
    change_rate="12",
    at_upper_limit="251",
    rising="252",
    unchanged="253",
    at_lower_limit="254",
    falling="255",
    traded="256",
    traded_rate="257",
    volume="13",
    turnover="14",
)

#: 주식종목정보 (0g).
FactFids: Any = _table(
    "FactFids", upper_limit="305", lower_limit="306", base="307", extended="297", margin="382", state="370"
)

#: ELW 이론가 (0m).
TheoryFids: Any = _table(
    "TheoryFids",
    at="20",
    price="10",
    theory="670",
    volatility="671",
    delta="672",
    gamma="673",
    theta="674",
    vega="675",
    rho="676",
    lp_volatility="706",
)

#: ELW 지표 (0u).
ElwFids: Any = _table(
    "ElwFids", at="20", parity="666", premium="1211", gearing="667", break_even="668", capital_support="669"
)

#: 종목프로그램매매 (0w).
ProgramFids: Any = _table(
    "ProgramFids",
    at="20",
    price="10",
    sold="202",
    sold_amount="204",
    bought="206",
    bought_amount="208",
    net="210",
    net_delta="211",
    net_amount="212",
)

#: VI발동/해제 (1h).
HaltFids: Any = _table(
    "HaltFids",
    symbol="9001",
    name="302",
    code="9068",
    market="9008",
    price="1221",
    at="1223",
    released_at="1224",
    kind="1225",
    static_base="1236",
    dynamic_base="1237",
    rate="1489",
    count="1490",
    direction="9069",
)
