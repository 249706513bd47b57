"""Path and risk (3.3): how the account got where it is, and how rough the way was."""

from portfolio.analytics.definitions.definition import Definition as D
from portfolio.analytics.measures import Unit

__all__ = ["PATH"]

WON, RATIO, NUMBER, COUNT, DAYS = Unit.WON, Unit.RATIO, Unit.NUMBER, Unit.COUNT, Unit.DAYS

PATH = (
    D("equity_won", "누적 실현손익", "Cumulative realised result", "Σ net", 1, WON, "3.3"),
    D("nav_index", "기준가 지수", "NAV index", "Π(1 + δ)", 1, NUMBER, "3.3"),
    D("max_drawdown_won", "최대 낙폭 (원)", "Deepest drawdown, won", "min(E − max E so far)", 1, WON, "3.3"),
    D("current_drawdown_won", "현재 낙폭 (원)", "Drawdown now, won", "E − max E so far", 1, WON, "3.3"),
    D("longest_drawdown", "최장 낙폭 기간", "Longest drawdown", "peak to recovery, days", 1, DAYS, "3.3"),
    D("max_drawdown", "최대 낙폭", "Deepest drawdown", "min(E ÷ max E so far − 1)", 1, RATIO, "3.3"),
    D("current_drawdown", "현재 낙폭", "Drawdown now", "E ÷ max E so far − 1", 1, RATIO, "3.3"),
    D("ulcer_index", "얼서 지수", "Ulcer index", "√mean(DD²)", 60, RATIO, "3.3"),
    D("volatility", "연 변동성", "Volatility per year", "sd(daily TWR)·√N, N = 245", 60, RATIO, "3.3"),
    D("sharpe", "샤프 비율", "Sharpe ratio", "mean(r − rf) ÷ sd(r)·√N, idle days included", 60, NUMBER, "3.3"),
    D("invested_days", "투자일 비율", "Share of days invested", "days invested ÷ days", 1, RATIO, "3.3"),
    D(
        "sortino",
        "소르티노 비율",
        "Sortino ratio",
        "mean(r − MAR) ÷ √mean(min(r − MAR, 0)²)·√N",
        60,
        NUMBER,
        "3.3",
    ),
    D("cagr", "연복리 수익률", "Growth per year", "Π(1 + r)^(N ÷ n) − 1", 245, RATIO, "3.3"),
    D("calmar", "칼마 비율", "Calmar ratio", "CAGR ÷ |MDD %|", 245, NUMBER, "3.3"),
    D(
        "longest_wins",
        "최장 연승 (매매)",
        "Longest run of wins",
        "consecutive W; B breaks a run",
        10,
        COUNT,
        "3.3",
    ),
    D(
        "longest_losses",
        "최장 연패 (매매)",
        "Longest run of losses",
        "consecutive L; B breaks it",
        10,
        COUNT,
        "3.3",
    ),
    D("current_streak", "현재 연속 (매매)", "Run now", "> 0 wins, < 0 losses", 1, COUNT, "3.3"),
    D(
        "expected_longest_wins",
        "기대 최장 연승",
        "Run of wins to expect",
        "log(n(1 − p)) ÷ log(1 ÷ p)",
        10,
        COUNT,
        "3.3",
    ),
    D(
        "expected_longest_losses",
        "기대 최장 연패",
        "Run of losses to expect",
        "same, p of losses",
        10,
        COUNT,
        "3.3",
    ),
    D("longest_winning_days", "최장 연속 수익일", "Longest run of winning days", "days > 0", 10, COUNT, "3.3"),
    D("longest_losing_days", "최장 연속 손실일", "Longest run of losing days", "days < 0", 10, COUNT, "3.3"),
    D("current_days", "현재 연속일", "Run of days now", "> 0 winning, < 0 losing days", 1, COUNT, "3.3"),
    D("exposure", "투자 비중", "Exposure", "invested ÷ NAV", 1, RATIO, "3.3"),
    D("sector_exposure", "최대 업종 비중", "Largest sector", "max Σ value of a sector ÷ NAV", 1, RATIO, "3.3"),
    D("top_1", "1위 종목 비중", "Share of the largest", "largest holding ÷ invested", 1, RATIO, "3.3"),
    D("top_3", "상위 3종목 비중", "Share of the largest 3", "largest 3 ÷ invested", 3, RATIO, "3.3"),
    D("top_5", "상위 5종목 비중", "Share of the largest 5", "largest 5 ÷ invested", 5, RATIO, "3.3"),
    D("skew", "수익률 왜도", "Skew of results", "m₃ ÷ m₂^1.5 of net %", 30, NUMBER, "3.3"),
    D("tail_ratio", "꼬리 비율", "Tail ratio", "p95 ÷ |p5| of net %", 30, NUMBER, "3.3"),
    D(
        "daily_var",
        "일일 위험액 (VaR 5 %)",
        "Daily value at risk",
        "5th percentile of daily P&L",
        60,
        WON,
        "3.3",
    ),
)
