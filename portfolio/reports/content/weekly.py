"""The weekly letter: one strength, one leak, one thing to do; from the trades, formulas and detectors of the
statistics page, and silent where there are too few of them."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from portfolio.analytics.behaviour.overall import findings
from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.letter import NEEDS, Leak, Spot, leaks, spots, strength
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.reports.content.advice import advice
from portfolio.reports.content.asked import Asked, bound
from portfolio.reports.content.pieces import Bars, Block, Content, Section, Words
from portfolio.reports.content.proved import proofs_section
from portfolio.reports.content.results import Results, result_section
from portfolio.reports.content.saying import day_words, percent_of
from portfolio.reports.content.written import notes_section
from portfolio.selectors.habits import thresholds_of
from portfolio.selectors.recent import Recent, recent
from portfolio.wording.groups import in_words, label_of, names_for

__all__ = ["weekly"]

WEEK = timedelta(days=7)


def weekly(asked: Asked) -> Content:
    """The report of the week that ends on ``period.last``."""
    results, seen = Results(asked), recent(asked.account, asked.last)
    found = spots(seen.outcomes)
    leak = next(iter(leaks(findings(seen.outcomes, thresholds_of(asked.account)), found)), None)
    sections = [
        _titled(result_section(results), _("이번 주")),
        Section("days", _("날마다"), _days(results)),
        Section("edge", _("강점"), _edge(seen, found)),
        Section("leak", _("누수"), _leak(asked, seen, leak, len(found))),
        Section("action", _("할 일 한 가지"), (Words((advice(asked, leak),), "lead"),)),
        Section("basis", _("무엇을 보고 말하는가"), (Words(tuple(_basis(seen, found)), "quiet"),)),
        notes_section(asked, asked.first, asked.last),
        proofs_section(asked),
    ]
    return bound(asked, "weekly", _("주간 편지"), sections, _("강점 하나, 누수 하나, 할 일 하나"))


def _titled(section: Section, title: str) -> Section:
    """The same under another heading."""
    return Section(section.key, title, section.blocks)


def _days(results: Results) -> tuple[Bars, ...]:
    say, days = results.asked.saying, tuple(reversed(results.days))
    values = [say.value(day.realised) for day in days]
    if not days or None in values:
        return ()
    told = ", ".join(f"{day_words(day.day)} {say.result(day.realised).text}" for day in days)
    labels = tuple(day_words(day.day)[5:] for day in days)
    shown = tuple(value for value in values if value is not None)
    return (Bars("days", _("날마다의 실현손익"), told, labels, shown, say.unit),)


def _edge(seen: Recent, found: list[Spot]) -> tuple[Words, ...]:
    best = strength(found)
    if best is None:
        few = _("아직 강점이라 부를 만한 것이 보이지 않습니다. 운과 가려낼 만큼 표본이 쌓이면 여기에 적습니다.")
        return (Words((few,)),)
    told = _(
        "%(group)s 매매가 버는 쪽입니다: 한 번에 평균 %(mean)s (구간 %(low)s ~ %(high)s, n=%(n)s)."
    ) % _told(best)
    return Words((told,), "lead"), Words((_week_words(seen, best.rows, ""),), "quiet")


def _leak(asked: Asked, seen: Recent, leak: Leak | None, looked_at: int) -> tuple[Block, ...]:
    if leak is None:
        none = (
            _("돈이 새는 버릇이 보이지 않습니다.") if looked_at else _("누수를 말하기에는 표본이 부족합니다.")
        )
        return (Words((none,)),)
    cost = asked.saying.result(-leak.cost).text
    if leak.spot:
        told = _(
            "%(group)s 매매에서 잃었습니다: 한 번에 평균 %(mean)s (구간 %(low)s ~ %(high)s, n=%(n)s)."
        ) % _told(leak.spot)
    else:
        definition = DEFINITIONS[leak.habit]
        told = _("%(habit)s: %(n)s건이 여기에 걸렸습니다 (n=%(of)s).") % {
            "habit": in_words((definition.name, definition.english)),
            "n": leak.n,
            "of": leak.measure_n,
        }
    return Words((told,), "lead"), Words((_week_words(seen, leak.rows, cost),), "quiet")


def _told(spot: Spot) -> dict[str, str | int]:
    by = DIMENSIONS[spot.dimension]
    name = label_of(by, spot.key, names_for(by, [spot.key]))
    return {
        "group": f"‘{in_words((by.name, by.english))}: {name}’",
        "mean": percent_of(spot.mean),
        "low": percent_of(spot.low),
        "high": percent_of(spot.high),
        "n": spot.n,
    }


def _week_words(seen: Recent, rows: tuple[int, ...], cost: str) -> str:
    """How often it was this week and the week before, and what it came to in the whole sample."""
    mine, monday = set(rows), seen.last - timedelta(days=seen.last.weekday())
    days = [outcome.day for outcome in seen.outcomes if outcome.key in mine]
    told = _("이번 주 %(now)s건, 지난주 %(before)s건.") % {
        "now": sum(monday <= day <= seen.last for day in days),
        "before": _before(seen, days, monday),
    }
    return told + (" " + _("표본 기간 동안 %(cost)s.") % {"cost": cost} if cost else "")


def _before(seen: Recent, days: list[date], monday: date) -> str:
    """A week the sample does not reach is not known, and not none."""
    if seen.first > monday - WEEK:
        return "—"
    return str(sum(monday - WEEK <= day < monday for day in days))


def _basis(seen: Recent, found: list[Spot]) -> list[str]:
    span = {"first": seen.first, "last": seen.last, "n": f"{len(seen.outcomes):,}"}
    told = [_("표본: %(first)s ~ %(last)s에 마친 매매 %(n)s건, 비용을 뺀 손익.") % span]
    if seen.is_cut:
        told.append(_("매매가 많아 가장 새로운 것만 살폈습니다."))
    told.append(
        _("표본 %(needs)s건이 넘는 무리 %(n)s개를 함께 견주었고, 그만큼 구간을 넓혔습니다 (95%%).")
        % {"needs": NEEDS, "n": len(found)}
    )
    told.append(_("지난 결과이며 앞날을 보장하지 않습니다."))
    return told
