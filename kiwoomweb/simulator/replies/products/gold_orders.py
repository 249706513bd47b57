"""Gold orders: kt50000 buy, kt50001 sell, kt50002 modify, kt50003 cancel (PROTOCOL 7.1, 7.4).

``trde_tp`` has two digits here: 00 보통, 10 IOC, 20 FOK. The answers name no exchange.
"""

from kiwoomweb.broker.domain import Side
from kiwoomweb.simulator.order_facts import Order
from kiwoomweb.simulator.replies.asking import Ask, Said
from kiwoomweb.simulator.replies.products.gold_door import gold_of
from kiwoomweb.simulator.replies.shape import Value

__all__ = ["buy", "cancel", "modify", "sell"]

KINDS = {"00": "0", "10": "10", "20": "20"}


def buy(ask: Ask) -> Said:
    """kt50000."""
    return _placed(ask, Side.BUY)


def sell(ask: Ask) -> Said:
    """kt50001."""
    return _placed(ask, Side.SELL)


def modify(ask: Ask) -> Said:
    """kt50002. Quantity 0 is all that remains; the answer says how many that was."""
    order = gold_of(ask).modify(*_named(ask), ask.count("mdfy_qty"), ask.count("mdfy_uv"))
    words = f"{_side(order)}정정 주문입력이 완료되었습니다"
    return Said({**_numbers(order), "mdfy_qty": order.confirmed}, words=words)


def cancel(ask: Ask) -> Said:
    """kt50003."""
    order = gold_of(ask).cancel(*_named(ask), ask.count("cncl_qty"))
    words = f"{_side(order)}취소 주문입력이 완료되었습니다"
    return Said({**_numbers(order), "cncl_qty": order.confirmed}, words=words)


def _placed(ask: Ask, side: Side) -> Said:
    quantity, price = ask.count("ord_qty"), ask.count("ord_uv")
    order = gold_of(ask).place(side, ask.text("stk_cd"), quantity, price, KINDS[ask.text("trde_tp")])
    return Said({"ord_no": order.number}, words=f"{_side(order)}주문이 완료되었습니다.")


def _named(ask: Ask) -> tuple[str, str]:
    return ask.text("orig_ord_no").zfill(7), ask.text("stk_cd")


def _numbers(order: Order) -> dict[str, Value]:
    """The new number and the first of its chain (모주문)."""
    return {"ord_no": order.number, "base_orig_ord_no": order.root}


def _side(order: Order) -> str:
    return "매수" if order.side is Side.BUY else "매도"
