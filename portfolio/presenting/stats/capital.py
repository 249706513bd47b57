"""Money: the measures of 3.5. Worth and deposits are the whole account's, whatever trades are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.broker.environment import Environment
from portfolio.analytics.definitions import made
from portfolio.analytics.measures import Measure, Why
from portfolio.analytics.money.benchmark import benchmark_measures, same_flows
from portfolio.analytics.money.costs import break_even_move
from portfolio.analytics.money.liquidation import Held, liquidation_value
from portfolio.analytics.money.overall import money_measures
from portfolio.analytics.money.returns import contributions, simple_return
from portfolio.analytics.money.worth import daily_returns
from portfolio.analytics.outcomes import Outcome
from portfolio.analytics.path.in_percent import Return
from portfolio.figures.curves import Line, lines_figure
from portfolio.models import DayWorth
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.pictures import Picture
from portfolio.selectors.capital import Capital, capital_of
from portfolio.selectors.holdings import assets
from portfolio.services.benchmarking import INDICES, index_closes
from portfolio.services.trades.costing import Costing

__all__ = ["Money"]


@dataclass
class Money:
    """The account's money over the days asked for."""

    asked: Asked

    @cached_property
    def capital(self) -> Capital:
        """Worth and flows by day."""
        return capital_of(self.asked.account, self.asked.filter.first, self.asked.filter.last)

    @property
    def index(self) -> str:
        """Which index it is held against: ``001`` KOSPI or ``101`` KOSDAQ."""
        wanted = self.asked.query.get("index", "")
        return wanted if wanted in INDICES else "001"

    @cached_property
    def closes(self) -> tuple[Mapping[date, Decimal], str]:
        """Closes of the index, and why some are missing."""
        days = self.capital.days
        if len(days) < 2:
            return {}, ""
        return index_closes(self.asked.account, self.index, days[0].day, days[-1].day)

    @cached_property
    def returns(self) -> list[Return]:
        """Daily time-weighted returns, and whether something was held."""
        held = dict(zip((each.day for each in self.capital.days), self.capital.invested, strict=True))
        return [Return(day, growth, held[day] > 0) for day, growth in daily_returns(self.capital.days)]

    def measures(self, outcomes: list[Outcome]) -> dict[str, Measure]:
        """All of 3.5 by key."""
        days = self.capital.days
        found = money_measures(outcomes, days, self.closes[0])
        singles = [
            simple_return(sum(one.net for one in outcomes), self.capital.invested),
            self._best_contribution(outcomes),
            self._break_even(),
            self._liquidation(),
        ]
        return found | {measure.key: measure for measure in singles}

    def pictures(self) -> list[Picture]:
        """The account beside the index with the same deposits."""
        days, closes = self.capital.days, self.closes[0]
        if len(days) < 2 or days[0].day not in closes:
            return []
        theirs = same_flows(days, closes)
        lines = [
            Line(_("내 자산"), [float(each.value) for each in days], "line-main", "area-main"),
            Line(
                _("%(index)s에 넣었다면") % {"index": INDICES[self.index]},
                [float(value) for _day, value in theirs],
                "ma-1",
                is_dashed=True,
            ),
        ]
        figure = lines_figure(lines, [str(each.day) for each in days], from_zero=False)
        return [
            Picture("benchmark", gettext_lazy("같은 돈을 지수에 넣었다면 어땠을까"), figure, self.closes[1])
        ]

    @property
    def silent(self) -> str:
        """Why returns are unknown, in words; empty when they are known."""
        capital = self.capital
        if capital.days:
            return ""
        if capital.has_worth and not capital.has_flows:
            if self.asked.account.environment == Environment.PAPER.value:
                return _(
                    "모의투자는 입출금 내역(kt00015)을 주지 않습니다. "
                    "입금과 이익을 가릴 수 없어 수익률을 계산하지 않습니다."
                )
            return _("입출금 내역(kt00015)을 아직 읽지 못했습니다. 입금과 이익을 가릴 수 없어 기다립니다.")
        return _("날마다의 추정자산(kt00002)을 아직 읽지 못했습니다. 읽는 대로 수익률이 나옵니다.")

    def both(self) -> list[dict[str, Any]]:
        """KOSPI and KOSDAQ side by side, from what is kept."""
        days = self.capital.days
        if len(days) < 2:
            return []
        found = []
        for index, name in INDICES.items():
            closes, trouble = index_closes(self.asked.account, index, days[0].day, days[-1].day)
            measures = {measure.key: measure for measure in benchmark_measures(days, closes)}
            found.append({"index": index, "name": name, "measures": measures, "trouble": trouble})
        return found

    def _best_contribution(self, outcomes: list[Outcome]) -> Measure:
        told = [each for each in contributions(outcomes, self.capital.days) if each.value is not None]
        best = max(told, key=lambda each: each.value or Decimal(0), default=None)
        return best or made("contribution", Why.NO_CAPITAL if outcomes else Why.NO_TRADES, 0, rows=())

    def _break_even(self) -> Measure:
        rates = Costing(self.asked.account.pk).rates("", self.asked.today)
        return break_even_move(_share(rates.commission), _share(rates.tax))

    def _liquidation(self) -> Measure:
        account = self.asked.account
        now, costing = assets(account), Costing(account.pk)
        if now.cash is None:
            return made("liquidation_value", Why.NO_CAPITAL, 0)
        held = [
            Held(line.quantity, line.price, costing.rates(line.symbol, self.asked.today)) for line in now.lines
        ]
        worth = DayWorth.objects.current().filter(account=account).order_by("-day").first()
        loan = worth.collateral_loan + worth.credit_loan if worth else 0
        return liquidation_value(held, now.cash.d2, loan)


def _share(rate: Any) -> Decimal:
    return Decimal(int(rate.numerator)) / int(rate.denominator)
