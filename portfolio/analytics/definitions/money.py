"""Money (3.5): what trading cost, what the money earned, and what the index would have earned."""

from portfolio.analytics.definitions.definition import Definition as D
from portfolio.analytics.measures import Unit

__all__ = ["MONEY"]

WON, RATIO, NUMBER = Unit.WON, Unit.RATIO, Unit.NUMBER

MONEY = (
    D("cost_drag", "비용 합계", "Fees and taxes", "Σ(c + τ)", 1, WON, "3.5"),
    D("cost_to_profit", "총이익 대비 비용", "Costs to gross profit", "Σ(c + τ) ÷ Σ gross", 1, RATIO, "3.5"),
    D(
        "cost_to_turnover",
        "매매대금 대비 비용",
        "Costs to turnover",
        "Σ(c + τ) ÷ Σ(buys + sells)",
        1,
        RATIO,
        "3.5",
    ),
    D("cost_per_trade", "매매당 비용", "Costs per trade", "Σ(c + τ) ÷ n", 1, WON, "3.5"),
    D("break_even_move", "본전 상승률", "Break-even move", "2 × fee rate + tax rate", 1, RATIO, "3.5"),
    D("turnover", "회전율", "Turnover", "½ Σ(buys + sells) ÷ mean NAV", 1, NUMBER, "3.5"),
    D(
        "twr",
        "시간가중 수익률 (TWR)",
        "Time-weighted return",
        "Π(1 + δ) − 1, δ = (MV + Out) ÷ (MV₋₁ + In) − 1",
        1,
        RATIO,
        "3.5",
    ),
    D(
        "modified_dietz",
        "수정 디츠 수익률",
        "Modified Dietz",
        "(MV_T − MV₀ − ΣC) ÷ (MV₀ + Σ w·C), w = (T − t) ÷ T",
        1,
        RATIO,
        "3.5",
    ),
    D(
        "mwr",
        "금액가중 수익률 (MWR, 연)",
        "Money-weighted return (IRR)",
        "r: Σ CF ÷ (1 + r)^(days ÷ 365) = 0",
        1,
        RATIO,
        "3.5",
    ),
    D("simple_return", "투자금 대비", "On money invested", "net P&L ÷ average invested", 1, RATIO, "3.5"),
    D("contribution", "기여도", "Contribution", "net ÷ mean NAV", 1, RATIO, "3.5"),
    D("benchmark_return", "지수 수익률", "Index return", "I_T ÷ I₀ − 1", 1, RATIO, "3.5"),
    D(
        "benchmark_same_flows",
        "같은 입출금의 지수 평가액",
        "Index with the same cash flows",
        "Σ flow ÷ I × I_T",
        1,
        WON,
        "3.5",
    ),
    D("excess", "초과 수익률", "Excess return", "TWR − index return", 1, RATIO, "3.5"),
    D("beta", "베타", "Beta", "cov(r, b) ÷ var(b)", 60, NUMBER, "3.5"),
    D("alpha", "알파 (연)", "Alpha per year", "(mean r − β·mean b)·N", 60, RATIO, "3.5"),
    D("tracking_error", "추적 오차", "Tracking error", "sd(r − b)·√N", 60, RATIO, "3.5"),
    D("up_capture", "상승 포착", "Up capture", "growth per year of r ÷ of b, days b > 0", 60, RATIO, "3.5"),
    D("down_capture", "하락 포착", "Down capture", "growth per year of r ÷ of b, days b < 0", 60, RATIO, "3.5"),
    D(
        "liquidation_value",
        "청산 가치",
        "Liquidation value",
        "Σ(price·q − fee − tax) + D+2 cash − 융자",
        1,
        WON,
        "3.5",
    ),
)
