"""TRs this exchange has no facts for: they say "no data" as the broker does, and never a made-up number."""

from kiwoomweb.simulator.profile import ORDER_TRS
from kiwoomweb.simulator.refusals import ledger
from kiwoomweb.simulator.replies.asking import Ask, Rows, Said

__all__ = ["nothing"]

_ACCOUNT = "/api/dostk/acnt"


def nothing(ask: Ask) -> Said:
    """Blank fields and empty lists for the market; the ledger's 관련자료가없습니다 for an account.

    A cash account may not order on credit or gold; the refusal is worded like the broker's for an account that
    lacks the contract.
    """
    if ask.tr.id in ORDER_TRS:
        raise ledger("508540", "해당 상품의 주문 가능 계좌가 아닙니다")
    if ask.tr.path == _ACCOUNT:
        raise ledger("501724", "관련자료가없습니다")
    lists = ask.tr.lists
    return Said(rows=Rows(lists[0].name, [], lambda _: {}) if lists else None)
