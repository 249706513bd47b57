"""Result and edge (3.1): what the trades won and lost, and whether that could be luck."""

from portfolio.analytics.definitions.definition import Definition as D
from portfolio.analytics.measures import Unit

__all__ = ["EDGE"]

WON, RATIO, NUMBER, R = Unit.WON, Unit.RATIO, Unit.NUMBER, Unit.R

EDGE = (
    D("win_rate", "승률", "Win rate", "W ÷ (W + L + B), Wilson 95 %", 20, RATIO, "3.1"),
    D("decisive_win_rate", "승률 (본전 제외)", "Win rate without breakeven", "W ÷ (W + L)", 20, RATIO, "3.1"),
    D("average_win", "평균 수익", "Average win", "Σ⁺ ÷ W", 10, WON, "3.1"),
    D("average_loss", "평균 손실", "Average loss", "Σ⁻ ÷ L", 10, WON, "3.1"),
    D("median_win", "수익 중앙값", "Median win", "median(net > 0)", 10, WON, "3.1"),
    D("median_loss", "손실 중앙값", "Median loss", "median(net < 0)", 10, WON, "3.1"),
    D("payoff", "손익비", "Payoff", "avgWin ÷ |avgLoss|", 20, NUMBER, "3.1"),
    D("break_even_win_rate", "손익분기 승률", "Break-even win rate", "1 ÷ (1 + payoff)", 20, RATIO, "3.1"),
    D("profit_factor", "수익 팩터", "Profit factor", "Σ⁺ ÷ |Σ⁻|", 20, NUMBER, "3.1"),
    D(
        "expectancy_won",
        "기대값",
        "Expectancy",
        "mean(net) = p·avgWin − q·|avgLoss|, bootstrap 95 %",
        20,
        WON,
        "3.1",
    ),
    D("expectancy_percent", "기대 수익률", "Expectancy, %", "mean(net ÷ 매입금액)", 20, RATIO, "3.1"),
    D("expectancy_ratio", "기대값 비율", "Expectancy ratio", "(1 + payoff)·p − 1", 20, NUMBER, "3.1"),
    D("r_multiple", "R 배수", "R multiple", "net ÷ ((avg entry − stop)·max qty + costs)", 1, R, "3.1"),
    D("expectancy_r", "R 기대값", "Expectancy, R", "mean(R)", 20, R, "3.1"),
    D("total_r", "R 합계", "Total R", "Σ R", 1, R, "3.1"),
    D("sqn", "시스템 품질 지수 (SQN)", "System quality number", "√n · mean(R) ÷ sd(R)", 30, NUMBER, "3.1"),
    D("k_ratio", "K 비율", "K-ratio (Zephyr)", "b ÷ SE(b), b = slope of Σnet on trade no.", 30, NUMBER, "3.1"),
    D("t_value", "t 값", "t value", "mean ÷ (sd ÷ √n)", 30, NUMBER, "3.1"),
    D("luck", "운일 가능성", "Chance that it is luck", "P(T ≥ t), n − 1 degrees, one-sided", 30, RATIO, "3.1"),
    D("kelly", "켈리 비율", "Kelly fraction", "f* = p − (1 − p) ÷ payoff", 30, RATIO, "3.1"),
    D("half_kelly", "½ 켈리 (참고값, 권유 아님)", "½ Kelly (no advice)", "f* ÷ 2", 30, RATIO, "3.1"),
    D("risk_of_ruin", "파산 위험", "Risk of ruin", "P(DD ≥ X %) over 10,000 paths of own R", 30, RATIO, "3.1"),
    D("recovery_factor", "회복 계수", "Recovery factor", "Σnet ÷ |max drawdown won|", 20, NUMBER, "3.1"),
    D(
        "largest_day_share",
        "최고 수익일 비중",
        "Share of the best day",
        "max(day net) ÷ Σnet",
        10,
        RATIO,
        "3.1",
    ),
    D("top_share", "상위 5 % 매매 비중", "Share of the top 5 %", "Σ(top ⌈5 %⌉ net) ÷ Σnet", 20, RATIO, "3.1"),
)
