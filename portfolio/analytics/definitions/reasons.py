"""Words for a figure that has no value: the Korean msgid and its English for every ``Why``."""

from portfolio.analytics.measures import Why

__all__ = ["REASONS"]

REASONS = {
    Why.NO_TRADES: ("매매 없음", "no trades"),
    Why.NO_LOSSES: ("∞ (손실 0건)", "∞ (0 losses)"),
    Why.NO_WINS: ("수익 매매 0건", "0 winning trades"),
    Why.NOTHING_DECIDED: ("수익·손실 매매 0건", "0 winning or losing trades"),
    Why.NO_COST: ("매입금액을 아는 매매 없음", "no trade with a known cost"),
    Why.NO_RISK: ("손절가를 정한 매매 없음", "no trade with a stop"),
    Why.NO_SPREAD: ("값이 모두 같아 계산할 수 없음", "all values are the same"),
    Why.TOO_FEW: ("계산에 필요한 개수보다 적음", "fewer than the formula needs"),
    Why.NO_FALL: ("낙폭 없음", "no drawdown"),
    Why.NO_PROFIT: ("이익이 없어 비중을 낼 수 없음", "no profit to take a share of"),
    Why.SPANS_ZERO: ("구간이 0을 포함해 숨김", "hidden: the interval spans 0"),
    Why.NO_BARS: ("보유 중 시세 기록 없음", "no prices on record while held"),
    Why.NO_CAPITAL: ("평가금액 기록 없음", "no worth on record"),
    Why.NO_RATE: ("수익률이 정해지지 않음", "no rate solves it"),
    Why.NO_QUOTES: ("주문 때의 호가 기록 없음", "no quotes on record"),
    Why.NO_RULES: ("점검한 원칙 없음", "no rules checked"),
    Why.OVERLAPPING: (
        "한 매매가 여러 묶음에 들 수 있어 비중을 내지 않음",
        "no share: a trade may be in several groups",
    ),
    Why.NO_INDEX: ("지수 기록 없음", "no index on record"),
}
