"""The daily report: what the day brought, its fills and notes, whether it is proved, what is open."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portfolio.reports.content.asked import Asked, bound
from portfolio.reports.content.holding import risk_section
from portfolio.reports.content.pieces import Cell, Column, Content, Figure, Figures, Section, Table, Words
from portfolio.reports.content.proved import proof_section
from portfolio.reports.content.saying import UNKNOWN, moment_words, of, priced, rate, word
from portfolio.reports.content.written import notes_section
from portfolio.selectors.journal import JournalLine
from portfolio.selectors.performance import by_day
from portfolio.selectors.reporting.day import ReportDay, report_day

__all__ = ["daily"]

#: Fills a report lists at most; a busier day's are all in the journal.
MOST = 200


def daily(asked: Asked) -> Content:
    """The report of ``period.last``."""
    day = report_day(asked.account, asked.last, MOST)
    sections = [
        Section("result", _("오늘의 결과"), _result(asked, day)),
        Section("stocks", _("종목별"), _stocks(asked, day)),
        Section("fills", pgettext("own", "체결"), _fills(asked, day)),
        notes_section(asked, asked.last, asked.last),
        proof_section(asked, asked.last),
        risk_section(asked),
    ]
    return bound(asked, "daily", _("하루 보고"), sections, _preview(day))


def _preview(day: ReportDay) -> str:
    if not day.fills and not day.sales:
        return _("체결이 없는 날입니다.")
    return _("체결 %(fills)s건, 판매 %(sales)s건") % {"fills": day.fills, "sales": day.sales}


def _result(asked: Asked, day: ReportDay) -> tuple[Figures | Words, ...]:
    say, totals = asked.saying, day.totals
    month = by_day(asked.account, asked.last.replace(day=1), asked.last)
    so_far = sum(one.realised for one in month) if month else None
    sold = _("판매 %(n)s건 가운데 %(wins)s건 이익") % {"n": day.sales, "wins": day.wins}
    realised, returned = _realised(day)
    figures = Figures(
        (
            Figure(
                _("실현손익"),
                say.headline(realised, is_result=True),
                sold if day.sales else _("판 것이 없는 날") if _is_without_sales(day) else "",
            ),
            Figure(
                _("이달 누적"), say.headline(so_far, is_result=True), _("거래일 %(n)s일") % {"n": len(month)}
            ),
            Figure(_("매수"), say.headline(totals.bought)),
            Figure(_("매도"), say.headline(totals.sold)),
            Figure(_("수수료+세금"), say.size(totals.costs)),
            Figure(_("수익률"), rate(returned), _("판 주식의 매입금액에 견줌")),
        )
    )
    if totals.realised is not None or _is_without_sales(day):
        return (figures,)
    why = _("이 날의 실현손익을 키움이 알려 주지 않았습니다. 판 것이 없는 날에는 값이 없습니다.")
    return figures, Words((why,), "quiet")


def _stocks(asked: Asked, day: ReportDay) -> tuple[Table, ...]:
    if not day.lines:
        return ()
    amounts = (
        Column(_("매수금액"), "whole", is_wide=True),
        Column(_("매도금액"), "whole", is_wide=True),
        Column(_("비용"), "whole", is_wide=True),
    )
    form = "rate" if asked.is_masked else "whole"
    columns = (Column(_("종목")), *(() if asked.is_masked else amounts), Column(_("수익률"), "rate"))
    lines = sorted(day.lines, key=lambda line: (-(line.realised or 0), line.symbol))
    rows = tuple(_stock(asked, line) for line in lines)
    return (Table(_("종목별"), (*columns, Column(_("실현손익"), form)), rows, _sum(asked, day)),)


def _stock(asked: Asked, line: JournalLine) -> tuple[Cell, ...]:
    say = asked.saying
    amounts = (say.size(line.bought), say.size(line.sold), say.size(line.costs))
    realised = say.result(line.realised) if line.sold_quantity else UNKNOWN
    returned = rate(line.return_rate) if line.sold_quantity else UNKNOWN
    return (
        word(line.name or line.symbol),
        *(() if asked.is_masked else amounts),
        returned,
        realised,
    )


def _sum(asked: Asked, day: ReportDay) -> tuple[Cell, ...]:
    say, totals = asked.saying, day.totals
    realised, returned = _realised(day)
    amounts = (say.size(totals.bought), say.size(totals.sold), say.size(totals.costs))
    return (
        word(_("키움 합계")),
        *(() if asked.is_masked else amounts),
        rate(returned),
        say.result(realised),
    )


def _is_without_sales(day: ReportDay) -> bool:
    """Known to be: the broker says 0 of what is then no result."""
    return not day.sales and day.totals.sold == 0


def _realised(day: ReportDay) -> tuple[int | None, Decimal | None]:
    """What the day's sales came to, in won and percent; unknown where there were none."""
    return (None, None) if _is_without_sales(day) else (day.totals.realised, day.totals.return_rate)


def _fills(asked: Asked, day: ReportDay) -> tuple[Table | Words, ...]:
    if not day.fills:
        return (Words((_("체결이 없습니다."),), "quiet"),)
    amounts = (Column(_("수량"), "whole"), Column(_("금액"), "whole", is_wide=True))
    columns = (Column(_("시각")), Column(_("종목")), Column(_("매매")), Column(_("가격"), "number"))
    ending = (Column(_("거래소"), is_wide=True),)
    rows = []
    for fill in day.first:
        is_buy = fill.side.value == "buy"
        price = priced(fill.price)
        own = () if asked.is_masked else (of(fill.quantity), asked.saying.size(fill.amount))
        rows.append(
            (
                word(moment_words(fill.filled_at)[-5:] if fill.filled_at else ""),
                word(fill.name or fill.symbol),
                Cell(_("매수") if is_buy else _("매도"), "rise" if is_buy else "fall"),
                price,
                *own,
                word(fill.venue.value),
            )
        )
    more = _("그 밖의 체결은 일지에 모두 있습니다 (모두 %(n)s건).") % {"n": f"{day.fills:,}"}
    shown = (*columns, *(() if asked.is_masked else amounts), *ending)
    return (Table(pgettext("own", "체결"), shown, tuple(rows), brief=25, more=more if len(rows) > 25 else ""),)
