"""The words of a proof: what each line compares, what came of it, and why, in a trader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portfolio.analytics.proof import Change, DayState, Equation, Line, Reason, Verdict
from portfolio.analytics.proof.lines import Cause, Unit

__all__ = [
    "EQUATIONS",
    "REASONS",
    "STATES",
    "STATE_SENTENCES",
    "change_words",
    "line_title",
    "reason_words",
    "sides",
    "unit_words",
    "verdict_words",
]

Word = str | Promise

#: What an equation is about, and the equation itself.
EQUATIONS: Mapping[Equation, tuple[Word, Word]] = {
    Equation.AMOUNTS: (gettext_lazy("매수·매도"), gettext_lazy("체결을 더하면 키움의 하루 합계")),
    Equation.COSTS: (gettext_lazy("수수료·세금"), gettext_lazy("건별 비용을 더하면 하루 비용")),
    Equation.REALISED: (gettext_lazy("실현손익"), gettext_lazy("우리 계산과 키움 계산")),
    Equation.HEADERS: (gettext_lazy("기간 합계"), gettext_lazy("머리글은 행의 합")),
    Equation.SHARES: (gettext_lazy("보유 수량"), gettext_lazy("어제 + 매수 − 매도 ± 권리 = 오늘")),
    Equation.CASH: (gettext_lazy("예수금"), gettext_lazy("어제 + 결제 ± 입출금 = 오늘")),
    Equation.OPEN_ORDERS: (gettext_lazy("미체결"), gettext_lazy("우리가 아는 주문과 키움의 미체결")),
    Equation.LEDGER: (gettext_lazy("거래내역 분류"), gettext_lazy("모든 행에 이름이 있음")),
}

STATES: Mapping[DayState, Word] = {
    DayState.OPEN: gettext_lazy("거래 중"),
    DayState.CLOSING: gettext_lazy("확인 중"),
    DayState.SEALED: gettext_lazy("봉인"),
    DayState.MISMATCH: gettext_lazy("불일치"),
    DayState.GAP: gettext_lazy("빈 날"),
}
STATE_SENTENCES: Mapping[DayState, Word] = {
    DayState.OPEN: gettext_lazy("장이 끝나지 않아 숫자가 아직 움직입니다."),
    DayState.CLOSING: gettext_lazy("한 번 맞았습니다. 4시간 뒤, 다음 날 이후에 다시 읽어 같으면 봉인합니다."),
    DayState.SEALED: gettext_lazy("네 시간 넘게 떨어진 두 번의 조회에서 모든 등식이 맞았습니다."),
    DayState.MISMATCH: gettext_lazy("맞지 않는 등식이 있고 아직 아무도 이유를 밝히지 않았습니다."),
    DayState.GAP: gettext_lazy("있어야 할 값을 아직 받지 못했습니다. 0으로 채우지 않습니다."),
}

SOLD, BOUGHT = pgettext_lazy("proof", "매도금액"), pgettext_lazy("proof", "매수금액")
FILLS = gettext_lazy("체결 합계")
DAY_TOTAL = gettext_lazy("일별 실현손익 ka10074")
DIARY = gettext_lazy("매매일지 ka10170")
BOOKS = gettext_lazy("결제 내역 kt00015")
SALES = gettext_lazy("종목별 실현손익 ka10073")
CLOSE = gettext_lazy("일별 잔고 ka01690")
FEE, TAX = pgettext_lazy("proof", "수수료"), pgettext_lazy("proof", "세금")
BY_RATE = gettext_lazy("증명된 수수료율로 계산")

#: By equation and key: what is compared, our side, the broker's side.
LINES: Mapping[tuple[str, str], tuple[Word, Word, Word]] = {
    ("E1", "sold.total"): (SOLD, FILLS, DAY_TOTAL),
    ("E1", "bought.total"): (BOUGHT, FILLS, DAY_TOTAL),
    ("E1", "bought.header"): (BOUGHT, FILLS, gettext_lazy("하루 조회의 머리글 ka10074")),
    ("E1", "sold.diary"): (SOLD, FILLS, DIARY),
    ("E1", "bought.diary"): (BOUGHT, FILLS, DIARY),
    ("E1", "sold.stocks"): (SOLD, gettext_lazy("매매일지 종목 합계"), DIARY),
    ("E1", "bought.stocks"): (BOUGHT, gettext_lazy("매매일지 종목 합계"), DIARY),
    ("E1", "sold.ledger"): (SOLD, FILLS, BOOKS),
    ("E1", "bought.ledger"): (BOUGHT, FILLS, BOOKS),
    ("E1", "quantity.bought"): (gettext_lazy("매수 수량"), FILLS, DIARY),
    ("E1", "quantity.sold"): (gettext_lazy("매도 수량"), FILLS, DIARY),
    ("E1", "quantity.sales"): (gettext_lazy("매도 수량"), FILLS, SALES),
    ("E1", "quantity.placed"): (gettext_lazy("체결 수량"), FILLS, gettext_lazy("주문·체결 내역 kt00007")),
    ("E2", "tax.sales"): (TAX, SALES, DAY_TOTAL),
    ("E2", "tax.orders"): (TAX, gettext_lazy("주문별 체결 ka10076"), DAY_TOTAL),
    ("E2", "tax.ledger"): (TAX, BOOKS, DAY_TOTAL),
    ("E2", "commission.orders"): (FEE, gettext_lazy("주문별 체결 ka10076"), DAY_TOTAL),
    ("E2", "commission.sales"): (gettext_lazy("매도별 수수료 (사고 팔 때)"), BY_RATE, SALES),
    ("E2", "commission.sale"): (gettext_lazy("한 매도의 수수료"), BY_RATE, SALES),
    ("E2", "commission.ledger"): (FEE, BOOKS, DAY_TOTAL),
    ("E2", "commission.rate"): (FEE, BY_RATE, DAY_TOTAL),
    ("E2", "costs.diary"): (gettext_lazy("수수료+세금"), DIARY, DAY_TOTAL),
    ("E2", "costs.stocks"): (gettext_lazy("수수료+세금"), gettext_lazy("매매일지 종목 합계"), DIARY),
    ("E3", "realised.sales"): (gettext_lazy("실현손익"), SALES, DAY_TOTAL),
    ("E3", "realised.diary"): (gettext_lazy("실현손익"), DIARY, DAY_TOTAL),
    ("E3", "realised.own"): (gettext_lazy("실현손익"), gettext_lazy("우리 이동평균"), DAY_TOTAL),
    ("E4", "realised"): (gettext_lazy("실현손익"), gettext_lazy("행의 합"), gettext_lazy("머리글 ka10074")),
    ("E4", "sold"): (SOLD, gettext_lazy("행의 합"), gettext_lazy("머리글 ka10074")),
    ("E4", "tax"): (TAX, gettext_lazy("행의 합"), gettext_lazy("머리글 ka10074")),
    ("E5", "held"): (gettext_lazy("보유 수량"), gettext_lazy("어제 + 체결"), gettext_lazy("잔고 kt00018")),
    ("E5", "held.first"): (
        gettext_lazy("처음 본 잔고"),
        gettext_lazy("모든 체결을 되감음"),
        gettext_lazy("잔고 kt00018"),
    ),
    ("E5", "held.stock"): (
        gettext_lazy("보유 수량"),
        gettext_lazy("어제 + 체결"),
        gettext_lazy("잔고 kt00018"),
    ),
    ("E5", "close"): (gettext_lazy("보유 수량"), gettext_lazy("어제 + 체결"), CLOSE),
    ("E5", "close.first"): (gettext_lazy("처음 본 잔고"), gettext_lazy("모든 체결을 되감음"), CLOSE),
    ("E5", "close.stock"): (gettext_lazy("보유 수량"), gettext_lazy("어제 + 체결"), CLOSE),
    ("E6", "cash.d2"): (
        gettext_lazy("D+2 예수금"),
        gettext_lazy("어제 + 결제 + 입출금"),
        gettext_lazy("예수금 kt00001"),
    ),
    ("E6", "cash.booked"): (
        gettext_lazy("예수금"),
        gettext_lazy("어제 + 이날 거래내역"),
        gettext_lazy("일별 추정자산 kt00002"),
    ),
    ("E6", "cash.close"): (gettext_lazy("예수금"), gettext_lazy("어제 + 이날 거래내역"), CLOSE),
    ("E7", "open"): (
        gettext_lazy("주문 수"),
        gettext_lazy("주문내역에 있는 것"),
        gettext_lazy("미체결 ka10075"),
    ),
    ("E7", "open.order"): (gettext_lazy("주문"), gettext_lazy("주문내역"), gettext_lazy("미체결 ka10075")),
    ("E8", "rows"): (gettext_lazy("행 수"), gettext_lazy("분류했거나 대기열에 둠"), BOOKS),
}

REASONS: Mapping[Reason, Word] = {
    Reason.NONE: gettext_lazy("원 단위까지 일치합니다."),
    Reason.ROUNDING: gettext_lazy("10원·1원 단위 절사로 모두 설명됩니다. 오류가 아닙니다."),
    Reason.RATE: gettext_lazy("이 계좌의 수수료율로 설명되지 않는 수수료입니다."),
    Reason.RIGHTS: gettext_lazy("액면분할·병합이나 무상증자 같은 권리일 수 있습니다. 확인해 주세요."),
    Reason.CORRECTION: gettext_lazy("키움이 한쪽 값을 정정했습니다. 다른 쪽을 다시 읽습니다."),
    Reason.OPENING: gettext_lazy("일지를 시작하기 전부터 갖고 있던 주식입니다. 미확정으로 둡니다."),
    Reason.SEQUENCE: gettext_lazy("하루 안의 매수·매도 순서를 키움이 주지 않아 이동평균을 견줄 수 없습니다."),
    Reason.MISSING: gettext_lazy("받아야 할 값이 아직 없습니다 (미수신)."),
    Reason.AWAITED: gettext_lazy("다음 조회에서 들어올 값을 기다립니다."),
    Reason.NOT_SERVED: gettext_lazy("키움이 이 날의 값을 주지 않습니다."),
    Reason.NO_SALE: gettext_lazy("판 것이 없는 날이라 키움에 행이 없습니다. 0도 빈 날도 아닙니다."),
    Reason.NOTHING: gettext_lazy("견줄 것이 없습니다."),
    Reason.EXPLAINED: gettext_lazy("사람이 이유를 밝혔습니다."),
    Reason.CORRECTED: gettext_lazy("키움이 봉인한 날의 정산을 정정했고, 차이가 꼭 그만큼입니다."),
    Reason.UNEXPLAINED: gettext_lazy("절사로 설명되지 않습니다. 행과 원문을 확인해 주세요."),
}

#: What exactly the broker does not tell, by the line's key.
NOT_SERVED: Mapping[str, Word] = {
    "cash.d2": gettext_lazy(
        "키움은 D+2 예수금을 조회한 날의 것만 줍니다. 지난날은 장부 예수금으로 증명합니다."
    ),
    "held": gettext_lazy("키움이 이 계좌의 지난날 잔고를 주지 않습니다. 모의투자에는 그 조회가 없습니다."),
    "sold.diary": gettext_lazy("키움의 매매일지는 두 달 전까지만 있습니다. 다른 목록으로 증명합니다."),
}

FIGURES: Mapping[str, Word] = {
    "bought": BOUGHT,
    "sold": SOLD,
    "bought_quantity": gettext_lazy("매수 수량"),
    "sold_quantity": gettext_lazy("매도 수량"),
    "filled_bought": gettext_lazy("매수 체결 수량"),
    "filled_sold": gettext_lazy("매도 체결 수량"),
    "commission": FEE,
    "tax": TAX,
    "costs": gettext_lazy("수수료+세금"),
    "realised": gettext_lazy("실현손익"),
}


def line_title(line: Line) -> str:
    """What the line compares; with its symbol, order or span."""
    title = str(LINES[line.equation.value, line.key][0])
    return f"{title} {line.symbol}".rstrip()


def sides(line: Line) -> tuple[str, str]:
    """What stands on our side, and what on the broker's."""
    _title, ours, theirs = LINES[line.equation.value, line.key]
    return str(ours), str(theirs)


def unit_words(unit: Unit) -> str:
    """What follows the figure."""
    return {Unit.WON: _("원"), Unit.SHARES: _("주"), Unit.ROWS: _("건")}[unit]


def verdict_words(line: Line) -> str:
    """일치, 반올림 n원, 불일치, or that nothing can be compared."""
    if line.verdict is Verdict.ROUNDING:
        return _("반올림 %(n)s원") % {"n": f"{abs(line.difference or 0):,}"}
    if line.verdict is Verdict.DIFFERENT and line.reason is Reason.EXPLAINED:
        return _("설명됨")
    if line.causes:
        return _("정정으로 설명됨")
    words = {Verdict.SAME: _("일치"), Verdict.DIFFERENT: _("불일치"), Verdict.UNKNOWN: _("비교 없음")}
    return words[line.verdict]


def reason_words(line: Line) -> str:
    """Why, in a sentence; a proposed corporate action with its ratio."""
    if line.ratio:
        new, old = line.ratio
        told = {"old": old, "new": new}
        return _("%(old)d주가 %(new)d주로 바뀐 것과 맞습니다. 액면분할·병합·무상증자인지 확인해 주세요.") % told
    if line.causes:
        return " ".join(map(_cause_words, line.causes))
    if line.reason is Reason.NOT_SERVED:
        return str(NOT_SERVED.get(line.key, REASONS[line.reason]))
    return str(REASONS[line.reason])


def _cause_words(cause: Cause) -> str:
    """Which correction, by how much, and from which version of the proof to which."""
    told = {"day": cause.day, "won": f"{cause.won:+,}", "before": cause.before, "after": cause.after}
    return (
        _("%(won)s원은 키움이 %(day)s의 정산을 정정한 금액과 꼭 같습니다 (증명 %(before)d판 → %(after)d판).")
        % told
    )


def change_words(change: Change) -> str:
    """``005930 수수료 310→300``."""
    figure = str(FIGURES.get(change.figure, change.figure))
    return f"{change.symbol} {figure} {change.before:,}→{change.after:,}".lstrip()
