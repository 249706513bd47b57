"""What trading cost: beside the profit it ate and the turnover it came from."""

from decimal import Decimal

from django.utils.translation import gettext as _

from portfolio.reports.content.pieces import Cell, Figure, Figures, Section, Words
from portfolio.reports.content.results import Results
from portfolio.reports.content.saying import UNKNOWN, share

__all__ = ["cost_section"]

PARTS = Decimal("0.001")


def cost_section(results: Results) -> Section:
    """Fees and taxes as the broker reckoned them for the days of the period."""
    title = _("비용")
    if not results.days:
        return Section("costs", title, ())
    say, costs = results.asked.saying, results.costs
    gross = (results.realised or 0) + costs
    turnover = sum(day.bought + day.sold for day in results.days)
    to_profit = share(Decimal(costs) * 100 / gross) if gross > 0 else UNKNOWN
    why = (
        _("비용을 빼기 전 이익 %(won)s 가운데") % {"won": say.size(gross).text}
        if gross > 0
        else _("이익이 없음")
    )
    figures = Figures(
        (
            Figure(_("수수료"), say.size(sum(day.commission for day in results.days))),
            Figure(_("세금"), say.size(sum(day.tax for day in results.days))),
            Figure(_("이익에서 비용이 가져간 몫"), to_profit, why),
            Figure(
                _("거래대금 대비 비용"),
                _fine(costs, turnover),
                _("거래대금 %(won)s") % {"won": say.size(turnover).text},
            ),
        )
    )
    ate = _("비용이 비용을 빼기 전 이익보다 큽니다. 덜 자주 사고파는 것만으로 결과가 달라집니다.")
    warn = (Words((ate,), "warn"),) if 0 < gross < costs else ()
    return Section("costs", title, (figures, *warn))


def _fine(costs: int, turnover: int) -> Cell:
    if not turnover:
        return UNKNOWN
    value = (Decimal(costs) * 100 / turnover).quantize(PARTS)
    return Cell(f"{value}%", value=value)
