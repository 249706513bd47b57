"""Open risk: what is held at the end of the period, and what is lost if every stop is hit."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from portfolio.models import Trade
from portfolio.reports.content.asked import Asked
from portfolio.reports.content.pieces import Block, Cell, Column, Figure, Figures, Section, Table, Words
from portfolio.reports.content.saying import UNKNOWN, day_words, of, priced, rate, share, word
from portfolio.selectors.held import Held, HeldLine, held_at, return_of

__all__ = ["risk_section"]


def risk_section(asked: Asked) -> Section:
    """By the last balance known on or before the last day. A stop is the one planned for the open trade."""
    title, held = _("열린 위험"), held_at(asked.account, asked.last)
    if held is None:
        return Section("risk", title, (Words((_("잔고를 아직 읽지 못했습니다."),), "quiet"),))
    if not held.lines:
        return Section("risk", title, (Words((_("보유 종목이 없습니다."),), "quiet"),))
    stops = _stops(asked, [line.symbol for line in held.lines])
    risks = {line.symbol: _risk(line, stops.get(line.symbol)) for line in held.lines}
    blocks: list[Block] = [_figures(asked, held, risks), _table(asked, held, stops, risks)]
    if held.day != asked.last:
        told = _("%(day)s에 마지막으로 읽은 잔고입니다.") % {"day": day_words(held.day)}
        blocks.append(Words((told,), "quiet"))
    return Section("risk", title, tuple(blocks))


def _stops(asked: Asked, symbols: Iterable[str]) -> dict[str, Decimal]:
    """Of trades that were open on the last day; a stop has no past versions and is the present one."""
    trades = Trade.objects.present().filter(
        account=asked.account, opened_day__lte=asked.last, symbol__in=symbols
    )
    trades = trades.exclude(closed_day__lte=asked.last)
    told = trades.filter(review__planned_stop__isnull=False).order_by("opened_day", "pk")
    return dict(told.values_list("symbol", "review__planned_stop"))


def _risk(line: HeldLine, stop: Decimal | None) -> int | None:
    """Won lost from the present price if the stop is hit; nothing when the price is below it already."""
    return None if stop is None else round(max(Decimal(line.price) - stop, Decimal(0)) * line.quantity)


def _figures(asked: Asked, held: Held, risks: dict[str, int | None]) -> Figures:
    say, known = asked.saying, [risk for risk in risks.values() if risk is not None]
    without = len(risks) - len(known)
    told = _("손절가가 없는 종목 %(n)s개는 빠졌습니다") % {"n": without} if without else ""
    invested = share(Decimal(held.value) * 100 / held.worth) if held.worth else UNKNOWN
    costs = _("팔 때의 비용을 뺌") if held.is_after_costs else _("팔 때의 비용은 빼지 않음")
    return Figures(
        (
            Figure(_("평가손익"), say.headline(held.profit, is_result=True), costs),
            Figure(_("주식 비중"), invested, _("추정자산 가운데")),
            Figure(_("손절까지 위험액"), say.headline(sum(known)) if known else UNKNOWN, told),
        )
    )


def _table(asked: Asked, held: Held, stops: dict[str, Decimal], risks: dict[str, int | None]) -> Table:
    form = "rate" if asked.is_masked else "whole"
    own = () if asked.is_masked else (Column(_("수량"), "whole"), Column(_("평가금액"), "whole", is_wide=True))
    columns = (
        Column(_("종목")),
        *own,
        Column(_("비중"), "rate", is_wide=True),
        Column(_("수익률"), "rate"),
        Column(_("평가손익"), form),
        Column(_("손절가"), "number", is_wide=True),
        Column(_("위험액"), form, is_wide=True),
    )
    rows = tuple(_row(asked, held, line, stops.get(line.symbol), risks[line.symbol]) for line in held.lines)
    return Table(_("보유"), columns, rows)


def _row(asked: Asked, held: Held, line: HeldLine, stop: Decimal | None, risk: int | None) -> tuple[Cell, ...]:
    say = asked.saying
    own = () if asked.is_masked else (of(line.quantity), say.size(line.value))
    return (
        word(line.name or line.symbol),
        *own,
        share(Decimal(line.value) * 100 / held.worth) if held.worth else UNKNOWN,
        rate(return_of(line)),
        say.result(line.profit),
        UNKNOWN if stop is None else priced(stop),
        say.size(risk),
    )
