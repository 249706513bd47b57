"""Words for figures nobody reads as numbers: bands of SQN, how likely luck is; (Korean msgid, English)."""

from decimal import Decimal

from portfolio.analytics.measures import Measure

__all__ = ["LUCK_BANDS", "SQN_BANDS", "luck_word", "sqn_word"]

#: From this SQN on (Tharp's bands as Tradervue prints them).
SQN_BANDS = (
    (Decimal(7), ("믿기 어려움 (확인 필요)", "suspiciously good")),
    (Decimal(5), ("최상", "superb")),
    (Decimal(3), ("탁월", "excellent")),
    (Decimal("2.5"), ("좋음", "good")),
    (Decimal(2), ("보통", "average")),
    (Decimal("1.6"), ("미흡", "poor")),
)
NO_SYSTEM = ("우위 없음", "no edge to speak of")

#: Up to this chance.
LUCK_BANDS = (
    (Decimal("0.01"), ("운일 가능성 매우 낮음", "very unlikely to be luck")),
    (Decimal("0.05"), ("운일 가능성 낮음", "unlikely to be luck")),
    (Decimal("0.2"), ("운일 수 있음", "may be luck")),
    (Decimal("0.5"), ("운과 구별되지 않음", "cannot be told from luck")),
)
LOSING = ("손실 쪽으로 기움", "leaning to a loss")
FEW = ("표본 부족", "too few samples")


def sqn_word(measure: Measure) -> tuple[str, str]:
    """The band of an SQN; too few samples are never given one."""
    value = measure.value
    if value is None or not measure.enough:
        return FEW
    return next((words for least, words in SQN_BANDS if value >= least), NO_SYSTEM)


def luck_word(measure: Measure) -> tuple[str, str]:
    """운일 가능성 in words from the one-sided p."""
    value = measure.value
    if value is None or not measure.enough:
        return FEW
    return next((words for most, words in LUCK_BANDS if value <= most), LOSING)
