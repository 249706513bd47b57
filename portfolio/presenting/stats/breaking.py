"""Breakdowns: one question a chart, one table below it, every group a way to its trades."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.ui.templatetags.money import profit
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.when.breakdown import UNKNOWN, Breakdown, Group, breakdown
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.figures.bars import Bar, bars_figure
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.units import interval, text
from portfolio.wording.groups import in_words, label_of, names_for

__all__ = ["ASKS", "GroupTable", "group_address", "tables"]

#: What each chart asks; the order of the page. What is known of no trade is left out.
ASKS: dict[str, "str | Promise"] = {
    "entry_session": gettext_lazy("몇 시에 사면 버는가"),
    "exit_session": gettext_lazy("몇 시에 팔면 버는가"),
    "entry_venue": gettext_lazy("어느 거래소에서 사면 버는가"),
    "weekday": gettext_lazy("무슨 요일에 버는가"),
    "week": gettext_lazy("달의 어느 주에 버는가"),
    "expiry": gettext_lazy("만기일에 약한가"),
    "fomc": gettext_lazy("FOMC 다음 날에 흔들리는가"),
    "style": gettext_lazy("당일과 스윙 가운데 어느 쪽이 맞는가"),
    "holding": gettext_lazy("얼마나 들고 있을 때 버는가"),
    "price": gettext_lazy("어떤 가격대에서 버는가"),
    "size": gettext_lazy("크게 살 때 잃는가"),
    "symbol": gettext_lazy("어떤 종목에서 벌고 잃는가"),
    "sector": gettext_lazy("어떤 업종에서 벌고 잃는가"),
    "theme": gettext_lazy("어떤 테마에서 벌고 잃는가"),
    "setup": gettext_lazy("어떤 셋업이 통하는가"),
    "tag": gettext_lazy("어떤 태그의 거래가 버는가"),
    "mistake": gettext_lazy("어떤 실수가 비쌌는가"),
    "emotion": gettext_lazy("어떤 감정일 때 잃는가"),
    "condition": gettext_lazy("어떤 조건검색이 통하는가"),
    "market_cap": gettext_lazy("어떤 크기의 회사에서 버는가"),
    "rank": gettext_lazy("거래대금 몇 위에서 버는가"),
    "gap": gettext_lazy("갭이 클 때 사면 버는가"),
    "change": gettext_lazy("이미 오른 뒤에 사면 버는가"),
    "strength": gettext_lazy("체결강도가 높을 때 사면 버는가"),
    "ma5": gettext_lazy("5일선에서 얼마나 떨어져 샀는가"),
    "ma20": gettext_lazy("20일선에서 얼마나 떨어져 샀는가"),
    "ma60": gettext_lazy("60일선에서 얼마나 떨어져 샀는가"),
    "market": gettext_lazy("시장이 내릴 때도 버는가"),
}
#: What is to be known about where a group comes from.
NOTES: dict[str, "str | Promise"] = {
    "sector": gettext_lazy("지금의 업종 분류입니다."),
    "theme": gettext_lazy("산 때 물어 둔 테마로, 묻지 못한 거래는 지금의 테마 분류로 나눴습니다."),
    "gap": gettext_lazy("산 날의 시가가 전날 종가에서 벌어진 정도입니다."),
    "market": gettext_lazy("산 날 그 종목이 속한 시장 지수의 등락입니다."),
    "condition": gettext_lazy("산 날 사기 전에 그 종목을 알려 준 조건검색입니다."),
    "fomc": gettext_lazy("미국 연준의 금리 결정이 나온 뒤 처음 열린 장에 판 거래입니다."),
}
#: Groups on the chart and in the table; beyond them the smallest are one line in words.
MOST = 24
ROW = (
    '<tr class="{}"><th scope="row" class="name"><a href="{}">{}</a></th><td class="num">{}</td>'
    '<td class="num">{} <small class="dim wide">{}</small></td><td class="num wide">{}</td>'
    '<td class="num wide">{}</td><td class="num wide">{}</td><td class="num">{}</td></tr>'
)
FEW = 20


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One breakdown: its question, figure and rows. ``note`` says where its groups come from and when they do
    not add up."""

    key: str
    name: str
    asks: "str | Promise"
    figure: dict[str, Any]
    rows: SafeString
    note: str
    hidden: int


def tables(outcomes: list[Outcome], asked: Asked, keys: Iterable[str] = ASKS) -> list[GroupTable]:
    """The breakdowns of these trades about which something is known."""
    found = [(key, breakdown(outcomes, DIMENSIONS[key], asked.even)) for key in keys]
    return [
        _table(parts, asked) for _key, parts in found if any(group.key != UNKNOWN for group in parts.groups)
    ]


def _table(parts: Breakdown, asked: Asked) -> GroupTable:
    by, shown = parts.dimension, parts.groups[:MOST]
    names = names_for(by, [group.key for group in shown])
    labels = [label_of(by, group.key, names) for group in shown]
    links = [group_address(asked, by.key, group.key) for group in shown]
    bars = [_bar(group, label, link, asked) for group, label, link in zip(shown, labels, links, strict=True)]
    rows = [
        _row(group, label, link, parts.net) for group, label, link in zip(shown, labels, links, strict=True)
    ]
    notes = [str(NOTES[by.key])] if by.key in NOTES else []
    if not parts.exclusive:
        notes.append(_("한 거래가 여러 무리에 들 수 있어 합계가 전체와 다를 수 있습니다."))
    return GroupTable(
        by.key,
        in_words((by.name, by.english)),
        ASKS[by.key],
        bars_figure(bars, "r" if asked.unit == "r" else "won"),
        SafeString("".join(rows)),
        " ".join(notes),
        len(parts.groups) - len(shown),
    )


def _bar(group: Group, label: str, link: str, asked: Asked) -> Bar:
    measure = group.measures["total_r"] if asked.unit == "r" else group.measures["net"]
    return Bar(label, float(measure.value or 0), len(group.rows), link, len(group.rows) < FEW)


def group_address(asked: Asked, by: str, key: str) -> str:
    """Where the trades of one group are listed; ``-`` is the group of what nobody knows."""
    path = reverse("portfolio:stats_group", args=[asked.account.code, by])
    return f"{path}?{asked.address(group=key or '-')}"


def _row(group: Group, label: str, link: str, whole: int) -> SafeString:
    measures, n = group.measures, len(group.rows)
    rate, average = measures["win_rate"], measures["expectancy_won"]
    return format_html(
        ROW,
        "few" if n < FEW else "",
        link,
        label,
        n,
        text(rate.value, rate.unit),
        interval(rate),
        text(measures["profit_factor"].value, measures["profit_factor"].unit),
        text(measures["expectancy_r"].value, measures["expectancy_r"].unit),
        text(measures["share_of_net"].value if whole > 0 else None, measures["share_of_net"].unit),
        profit(None if average.value is None else group.net),
    )
