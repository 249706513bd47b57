"""Open risk: what is held at the end of the period, and what is lost if every stop is hit."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from portfolio.models import Balance, Holding, Trade
from portfolio.reports.content.asked import Asked
from portfolio.reports.content.pieces import Block, Cell, Column, Figure, Figures, Section, Table, Words
from portfolio.reports.content.saying import UNKNOWN, day_words, of, rate, share, word

__all__ = ["risk_section"]


def risk_section(asked: Asked) -> Section:
    """By the last balance read on or before the last day. A stop is the one planned for the open trade."""
    title = _("열린 위험")
    rows = Balance.objects.current().filter(account=asked.account, day__lte=asked.last)
    balance = rows.order_by("-day").first()
    if balance is None:
        return Section("risk", title, (Words((_("잔고를 아직 읽지 못했습니다."),), "quiet"),))
    held = Holding.objects.current().filter(account=asked.account, day=balance.day)
    lines = list(held.order_by("-value", "symbol"))
    if not lines:
        return Section("risk", title, (Words((_("보유 종목이 없습니다."),), "quiet"),))
    stops = _stops(asked, [line.symbol for line in lines])
    risks = {line.pk: _risk(line, stops.get(line.symbol)) for line in lines}
    blocks: list[Block] = [
        _figures(asked, balance, lines, list(risks.values())),
        _table(asked, lines, stops, risks),
    ]
    if balance.day != asked.last:
        told = _("%(day)s에 마지막으로 읽은 잔고입니다.") % {"day": day_words(balance.day)}
        blocks.append(Words((told,), "quiet"))
    return Section("risk", title, tuple(blocks))


def _stops(asked: Asked, symbols: Iterable[str]) -> dict[str, Decimal]:
    trades = Trade.objects.present().filter(account=asked.account, state=Trade.State.OPEN, symbol__in=symbols)
    told = trades.filter(review__planned_stop__isnull=False).order_by("opened_day", "pk")
    return dict(told.values_list("symbol", "review__planned_stop"))


def _risk(line: Holding, stop: Decimal | None) -> int | None:
    """Won lost from the present price if the stop is hit; nothing when the price is below it already."""
    return None if stop is None else round(max(Decimal(line.price) - stop, Decimal(0)) * line.quantity)


def _figures(asked: Asked, balance: Balance, lines: list[Holding], risks: list[int | None]) -> Figures:
    say, known = asked.saying, [risk for risk in risks if risk is not None]
    without = len(risks) - len(known)
    told = _("손절가가 없는 종목 %(n)s개는 빠졌습니다") % {"n": without} if without else ""
    worth = balance.estimated_assets
    invested = share(Decimal(balance.value) * 100 / worth) if worth else UNKNOWN
    return Figures(
        (
            Figure(_("평가손익"), say.headline(balance.profit, is_result=True), _("팔 때의 비용을 뺌")),
            Figure(_("주식 비중"), invested, _("추정자산 가운데")),
            Figure(_("손절까지 위험액"), say.headline(sum(known)) if known else UNKNOWN, told),
        )
    )


def _table(
    asked: Asked, lines: list[Holding], stops: dict[str, Decimal], risks: dict[int, int | None]
) -> Table:
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
    rows = tuple(_row(asked, line, stops.get(line.symbol), risks[line.pk]) for line in lines)
    return Table(_("보유"), columns, rows)


def _row(asked: Asked, line: Holding, stop: Decimal | None, risk: int | None) -> tuple[Cell, ...]:
    say = asked.saying
    own = () if asked.is_masked else (of(line.quantity), say.size(line.value))
    return (
        word(line.name or line.symbol),
        *own,
        share(line.weight),
        rate(line.return_rate),
        say.result(line.profit),
        Cell(f"{stop.normalize():,f}", value=stop) if stop is not None else UNKNOWN,
        say.size(risk),
    )
