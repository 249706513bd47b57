"""A hundred reports one after the other, as a worker makes them, beside plain ones that read and keep nothing.

Time is the processor's own: what other programs of the machine do is not counted. SQLite works in this process
and is in it.
"""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from kiwoomweb.access.models import Account
from kiwoomweb.broker.market_calendar import trading_days
from kiwoomweb.operation.benchmarks.journal.figures import Figure
from kiwoomweb.operation.benchmarks.journal.laying import LAST_DAY
from kiwoomweb.operation.benchmarks.reports.plain import forget_everything, read_everything
from portfolio import reports
from portfolio.models import DayWorth, Trade
from portfolio.reports import Content
from portfolio.spans import Period

__all__ = ["Asked", "asked_for", "lay_worth", "report_figures"]

REPORTS, PLAIN, WARM = 100, 4, 20
#: Four daily, three weekly, two monthly and one yearly of ten.
KINDS = ("daily", "weekly", "daily", "monthly", "daily", "weekly", "yearly", "daily", "monthly", "weekly")
SECONDS, MEGABYTES = 60, 20
Asked = tuple[str, Period, bool, str]


def lay_worth(account: Account) -> None:
    """What the account was worth on each day: without it a masked report has no percent."""
    days = trading_days(LAST_DAY - timedelta(days=800), LAST_DAY)
    told = {"account": account, "recorded_at": datetime(2026, 11, 20, 12, tzinfo=UTC), "deposit": 10**9}
    DayWorth.objects.bulk_create(DayWorth(day=day, estimated_assets=10**10, **told) for day in days)


def report_figures(account: Account) -> Iterator[Figure]:
    """Seconds of the processor for all of them, what one of each kind takes, and how the memory stands."""
    asked = list(asked_for(REPORTS))
    yield Figure("매매 (trades of the account)", Trade.objects.filter(account=account).count(), "")
    begin, taken, early = time.perf_counter(), [], 0.0
    for place, each in enumerate(asked):
        taken.append(_timed(account, each))
        early = _resident() if place + 1 == WARM else early
    wall, grown = time.perf_counter() - begin, _resident() - early
    name = f"보고서 {REPORTS}장, 글·메일·그림·PDF·XLSX (reports, all papers): CPU"
    yield Figure(name, sum(taken), "s", SECONDS)
    yield Figure("  벽시계 (wall clock)", wall, "s")
    for kind in dict.fromkeys(KINDS):
        mine = [seconds for seconds, each in zip(taken, asked, strict=True) if each[0] == kind]
        yield Figure(f"  {kind}: 한 장 (one)", 1_000 * sum(mine) / len(mine), "ms")
    yield Figure(f"기억 (RSS) {WARM}장 뒤 (after)", early, "MB")
    yield Figure(f"기억 (RSS) {WARM}장과 {REPORTS}장 사이 (grown in between)", grown, "MB", MEGABYTES)
    yield from _plain_figures(account, asked, sum(taken) / REPORTS)


def asked_for(count: int) -> Iterator[Asked]:
    """Every one of another day, masked and not, in both languages."""
    days = list(trading_days(LAST_DAY - timedelta(days=500), LAST_DAY))[::-1]
    for place, kind in enumerate(islice(cycle(KINDS), count)):
        last = days[2 * place]
        yield kind, Period(kind, _first(kind, last), last), bool(place % 2), "en" if place % 3 == 2 else "ko"


def _first(kind: str, last: date) -> date:
    firsts = {
        "daily": last,
        "weekly": last - timedelta(days=last.weekday()),
        "monthly": last.replace(day=1),
        "yearly": last.replace(month=1, day=1),
    }
    return firsts[kind]


def _timed(account: Account, asked: Asked) -> float:
    kind, period, masked, language = asked
    begin = time.process_time()
    papers_of(reports.build(kind, account, period, datetime.now(UTC), masked=masked, language=language))
    return time.process_time() - begin


def papers_of(content: Content) -> int:
    """Every paper of a report, pictures drawn once; how many bytes they are."""
    drawn = reports.pictures(content)
    papers = (reports.render_pdf(content, drawn), reports.render_xlsx(content), reports.kept(content))
    words = len(reports.render_text(content)) + len(reports.render_html(content))
    return words + sum(map(len, (*papers, *drawn.values())))


def _plain_figures(account: Account, asked: list[Asked], ours: float) -> Iterator[Figure]:
    """The first few again, each reading everything; the words are ours and not in the time."""
    taken = 0.0
    for kind, period, masked, language in asked[:PLAIN]:
        content = reports.build(kind, account, period, datetime.now(UTC), masked=masked, language=language)
        forget_everything()
        begin = time.process_time()
        read_everything(account, period.last)
        papers_of(content)
        taken += time.process_time() - begin
    yield Figure("한 장을 곧이곧대로 (one report, plain): CPU", taken / PLAIN, "s")
    yield Figure("  몇 배 (times ours)", taken / PLAIN / ours, "x")
    yield Figure("기억 (RSS) 그 뒤 (after the plain ones)", _resident(), "MB")


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
