"""The tax-year sheet: sales by the month in which they settle (D+2), beside the rate in force on that day.

What the broker took is the fact. The table's reckoning stands beside it and is no fact: funds (ETF, ETN) pay no
sale tax, and the broker cuts each sale to the won.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from kiwoomweb.broker.market_calendar import trading_day_after
from kiwoomweb.broker.sale_tax import sale_tax
from market.models import Instrument
from portfolio.models import ClosingHolding
from portfolio.reports.content.asked import Asked
from portfolio.reports.content.pieces import Cell, Column, Figure, Figures, Section, Table, Words
from portfolio.reports.content.results import Results
from portfolio.reports.content.saying import Saying, word
from portfolio.selectors.days import corrections
from portfolio.selectors.performance import DayResult, by_day

__all__ = ["Settled", "settled_months", "tax_section", "year_in_figures"]

#: A sale of the last days of a year settles in the next: so far back its first sale may lie.
BEFORE = timedelta(days=14)
#: Whose holders are no 대주주 (``Instrument.kind``).
FUNDS = ("ETF", "ETN", "ELW")
#: 대주주 of a listed share at the year's end: from which value of one share, won (소득세법 시행령 제157조).
LARGE = ((date(2020, 4, 1), 1_000_000_000), (date(2024, 1, 1), 5_000_000_000))


@dataclass(frozen=True, slots=True)
class Settled:
    """Sales that settled in one month under one rate, in won; ``reckoned`` is what the table gives."""

    month: date
    rate: Fraction
    sold: int
    taken: int
    reckoned: int
    realised: int
    commission: int


def settled_months(days: Iterable[DayResult], first: date, last: date) -> list[Settled]:
    """The sales that settle from ``first`` to ``last``, by month and rate."""
    corrected = corrections()
    groups: dict[tuple[date, Fraction], list[DayResult]] = defaultdict(list)
    for day in days:
        on = trading_day_after(day.day, 2, corrected)
        if day.sold and first <= on <= last:
            groups[on.replace(day=1), sale_tax(on)].append(day)
    return [_settled(month, rate, part) for (month, rate), part in sorted(groups.items())]


def tax_section(asked: Asked) -> Section:
    """The year of the last day."""
    first, last = asked.last.replace(month=1, day=1), asked.last.replace(month=12, day=31)
    rows = settled_months(by_day(asked.account, first - BEFORE, asked.last), first, last)
    title = _("%(year)s년 세금표 (결제일 기준)") % {"year": first.year}
    if not rows:
        return Section("tax", title, (Words((_("이 해에 결제된 매도가 없습니다."),), "quiet"),))
    blocks = (_table(asked.saying, rows, asked.is_masked), Words(tuple(_notes(asked, rows, last)), "quiet"))
    return Section("tax", title, blocks)


def year_in_figures(results: Results) -> Section:
    """What the days of the year came to, by the day of the trade: the sheet below goes by settlement."""
    say, days = results.asked.saying, results.days
    sold = say.headline(sum(day.sold for day in days) if days else None)
    taken = say.headline(sum(day.tax for day in days) if days else None)
    figures = Figures(
        (
            Figure(_("실현손익"), say.headline(results.realised, is_result=True), _("판 날 기준")),
            Figure(_("매도금액"), sold, _("판 날 기준")),
            Figure(_("낸 세금"), taken, _("판 날 기준")),
        )
    )
    return Section("result", _("결과"), (figures,))


def _settled(month: date, rate: Fraction, days: list[DayResult]) -> Settled:
    sold = sum(day.sold for day in days)
    reckoned = sum(int(day.sold * rate) for day in days)
    taken, realised = sum(day.tax for day in days), sum(day.realised for day in days)
    return Settled(month, rate, sold, taken, reckoned, realised, sum(day.commission for day in days))


def _table(say: Saying, rows: list[Settled], is_masked: bool) -> Table:
    form = "rate" if is_masked else "whole"
    columns = (
        Column(_("결제한 달")),
        Column(_("세율"), "number"),
        Column(_("매도금액"), form),
        Column(_("낸 세금"), form),
        Column(_("세율로 계산"), form, is_wide=True),
        Column(_("수수료"), form, is_wide=True),
        Column(_("실현손익"), form),
    )
    foot = (
        word(_("합계")),
        Cell(""),
        say.size(sum(row.sold for row in rows)),
        say.size(sum(row.taken for row in rows)),
        say.size(sum(row.reckoned for row in rows)),
        say.size(sum(row.commission for row in rows)),
        say.result(sum(row.realised for row in rows)),
    )
    return Table(_("세금표"), columns, tuple(_row(say, row) for row in rows), foot)


def _row(say: Saying, row: Settled) -> tuple[Cell, ...]:
    told = f"{float(row.rate * 100):.2f}%"
    sizes = (say.size(row.sold), say.size(row.taken), say.size(row.reckoned), say.size(row.commission))
    return (word(f"{row.month:%Y-%m}"), word(told), *sizes, say.result(row.realised))


def _notes(asked: Asked, rows: list[Settled], year_end: date) -> Iterable[str]:
    off = sum(row.taken - row.reckoned for row in rows)
    yield _("세금은 판 날이 아니라 결제일(D+2)의 세율로 매깁니다. 낸 세금은 키움이 알려 준 값입니다.")
    if off:
        told = asked.saying.result(off).text
        yield _(
            "세율로 계산한 것과의 차이(%(won)s)는 ETF·ETN처럼 세금이 없는 매도와 원 단위 절사에서 옵니다."
        ) % {"won": told}
    yield from _large(asked, year_end)
    yield _("이 표는 신고 자료를 모으는 데 쓰는 것이며 세무 조언이 아닙니다. 해외 주식은 들어 있지 않습니다.")


def _large(asked: Asked, year_end: date) -> Iterable[str]:
    """How near the largest holding of the last known close comes to a 대주주. What nobody knows to be a share
    may be a fund, which has none."""
    most = next(won for since, won in reversed(LARGE) if since <= year_end)
    held = ClosingHolding.objects.current().filter(account=asked.account, day__lte=asked.last)
    shares = Instrument.objects.exclude(kind__in=FUNDS).values("symbol")
    top = held.filter(symbol__in=shares).order_by("-day", "-value").first()
    if top is None or asked.is_masked:  # a share of a known sum is that sum
        return
    told = {
        "day": top.day,
        "name": top.name or top.symbol,
        "share": f"{top.value * 100 / most:.1f}",
        "most": most // 10**8,
    }
    yield (
        _(
            "%(day)s 마감에 가장 크게 가진 종목(%(name)s)은 대주주 기준(종목당 %(most)s억 원)의 "
            "%(share)s%%입니다. 기준은 바뀔 수 있으니 연말에 확인하세요."
        )
        % told
    )
