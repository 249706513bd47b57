"""The door to the gold account: open where the key serves it, else the ledger's refusal."""

from kiwoomweb.simulator.products.gold_counter import GoldCounter
from kiwoomweb.simulator.refusals import ledger
from kiwoomweb.simulator.replies.asking import Ask

__all__ = ["gold_of"]


def gold_of(ask: Ask) -> GoldCounter:
    """The gold account behind the token.

    The real broker opens gold as an account of its own with a key of its own; here the one key serves both
    accounts. With the knob ``Profile.gold = "none"`` the key's account lacks the contract and is refused.
    """
    if ask.profile.gold == "none":
        raise ledger("508540", "해당 상품의 주문 가능 계좌가 아닙니다")
    return ask.exchange.products.gold
