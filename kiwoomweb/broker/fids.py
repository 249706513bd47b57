"""FID tables: which number in a realtime frame means what (PROTOCOL 8.7).

Each type is one typed struct, so that msgspec reads only the fields we use and skips the rest unread. All
values are text; a field the broker leaves out is blank.
"""

from typing import Any

import msgspec

__all__ = ["BalanceFids", "BookFids", "IndexFids", "OrderFids", "ScreenerFids", "SessionFids", "TickFids"]


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

#: 주식호가잔량 (0D): ten asks from the best up, ten bids from the best down.
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
