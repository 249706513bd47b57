"""The team's review of one account: what is to be talked about, who has gone over what, what waits.

Told of this account alone: whoever may see it may see this, and a masked reader gets percent.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from portfolio.models import DayReview, NoteVersion, Review, TagGroup, Trade, TradeTag
from portfolio.reports.content.asked import Asked, bound
from portfolio.reports.content.pieces import (
    Block,
    Cell,
    Column,
    Content,
    Figure,
    Figures,
    Section,
    Table,
    Words,
)
from portfolio.reports.content.proved import proofs_section
from portfolio.reports.content.results import Results, win_rate_cell
from portfolio.reports.content.saying import of, rate, word
from portfolio.selectors.outcomes import closed
from portfolio.selectors.trades import trades_of

__all__ = ["team"]

#: Trades on the agenda from either end, and mistakes.
MOST = 5


def team(asked: Asked) -> Content:
    """The report for the meeting about the period."""
    trades = closed(trades_of(asked.account).filter(closed_day__range=(asked.first, asked.last)))
    sections = [
        Section("result", _("이 기간"), (_figures(asked, trades),)),
        Section("agenda", _("함께 볼 매매"), _agenda(asked, trades)),
        Section("mistakes", _("비쌌던 실수"), _mistakes(asked, trades)),
        Section("members", _("누가 무엇을 했는가"), _members(asked)),
        proofs_section(asked),
    ]
    return bound(asked, "team", _("팀 복기"), sections, _("함께 볼 매매와 남은 복기"))


def _figures(asked: Asked, trades: "QuerySet[Trade]") -> Figures:
    results = Results(asked)
    n, done = trades.count(), trades.filter(review__reviewed_at__lte=asked.as_of).count()
    waits = _("%(n)s건이 기다립니다") % {"n": n - done} if n > done else _("모두 복기했습니다")
    return Figures(
        (
            Figure(_("실현손익"), asked.saying.headline(results.realised, is_result=True)),
            Figure(_("승률"), *win_rate_cell(results.rolled)),
            Figure(_("복기한 매매"), Cell(f"{done:,} / {n:,}", value=Decimal(done)), waits if n else ""),
        )
    )


def _agenda(asked: Asked, trades: "QuerySet[Trade]") -> tuple[Block, ...]:
    """The largest gains and losses, with what was said of each."""
    told = trades.select_related("review__setup", "review__reviewed_by")
    rows = [
        *told.filter(net__gt=0).order_by("-net", "pk")[:MOST],
        *told.filter(net__lt=0).order_by("net", "pk")[:MOST],
    ]
    if not rows:
        return (Words((_("마친 매매가 없습니다."),), "quiet"),)
    columns = (
        Column(_("종목")),
        Column(_("마친 날"), is_wide=True),
        Column(_("수익률"), "rate"),
        Column(_("손익"), "rate" if asked.is_masked else "whole"),
        Column(_("셋업"), is_wide=True),
        Column(_("판정"), is_wide=True),
        Column(_("복기")),
    )
    return (Table(_("함께 볼 매매"), columns, tuple(_trade(asked, trade) for trade in rows)),)


def _trade(asked: Asked, trade: Trade) -> tuple[Cell, ...]:
    review: Review | None = getattr(trade, "review", None)
    returned = Decimal(trade.net or 0) * 100 / trade.cost if trade.cost else None
    is_done = review is not None and review.reviewed_at is not None
    return (
        word(trade.name or trade.symbol),
        word(str(trade.closed_day)),
        rate(returned),
        asked.saying.result(trade.net),
        word(asked.saying.free(str(review.setup.name)) if review and review.setup else ""),
        word(str(review.get_verdict_display()) if review and review.verdict else ""),
        word(
            str(review.reviewed_by or _("함")) if review and is_done else _("남음"), "" if is_done else "weak"
        ),
    )


def _mistakes(asked: Asked, trades: "QuerySet[Trade]") -> tuple[Block, ...]:
    """By what their trades came to; one with two mistakes counts in both."""
    marks = TradeTag.objects.filter(trade__in=trades.order_by(), tag__group__kind=TagGroup.Kind.MISTAKE)
    found = marks.order_by().values("tag__name").annotate(n=Count("pk"), net=Sum("trade__net"))
    rows = sorted(found, key=lambda row: (row["net"] or 0, row["tag__name"]))[:MOST]
    if not rows:
        return ()
    columns = (
        Column(_("실수")),
        Column(_("건수"), "whole"),
        Column(_("손익"), "rate" if asked.is_masked else "whole"),
    )
    told = ((word(row["tag__name"]), of(row["n"]), asked.saying.result(row["net"])) for row in rows)
    return (Table(_("비쌌던 실수"), columns, tuple(told)),)


def _members(asked: Asked) -> tuple[Block, ...]:
    """Counts by person, most first; who did nothing is not held up to the others."""
    span = (asked.first, asked.last)
    trades = Review.objects.filter(
        trade__account=asked.account, trade__closed_day__range=span, reviewed_at__lte=asked.as_of
    )
    days = DayReview.objects.filter(account=asked.account, day__range=span, reviewed_at__lte=asked.as_of)
    notes = NoteVersion.objects.filter(note__account=asked.account, saved_at__lte=asked.as_of)
    written = notes.filter(note__day__range=span) | notes.filter(note__trade__closed_day__range=span)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for place, names in enumerate((
        _counted(trades, "reviewed_by"), _counted(days, "reviewed_by"), _counted(written, "author")
    )):  # fmt: skip
        for name, n in names:
            counts[name][place] += n
    if not counts:
        return (Words((_("이 기간에는 아무도 복기하거나 적지 않았습니다."),), "quiet"),)
    columns = (
        Column(_("구성원")),
        Column(_("복기한 매매"), "whole"),
        Column(_("복기한 날"), "whole"),
        Column(_("저장한 메모"), "whole"),
    )
    rows = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return (Table(_("구성원"), columns, tuple((word(name), *map(of, told)) for name, told in rows)),)


def _counted(
    rows: "QuerySet[Review] | QuerySet[DayReview] | QuerySet[NoteVersion]", by: str
) -> Iterable[tuple[str, int]]:
    """How many of the rows each person stands behind; whoever left the team keeps what they did."""
    people = rows.filter(**{f"{by}__isnull": False}).order_by().values(f"{by}__display_name", f"{by}__email")
    for row in people.annotate(n=Count("pk", distinct=True)):
        yield row[f"{by}__display_name"] or row[f"{by}__email"].partition("@")[0], row["n"]
