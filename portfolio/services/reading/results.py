"""Realised results by day (ka10074) and by sale (ka10073, ka10072, ka10077)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kiwoomweb.broker import domain
from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.calls import account as calls
from orders.models import Order, Turnover
from orders.services.recording import Listing, Rejection, content_of, digest_of
from portfolio.models import Position, RealisedDay, RealisedSpan, Sale
from portfolio.services.reading.question import Question

__all__ = ["realised", "sales", "sales_on", "sales_today"]


def realised(broker: Broker, question: Question) -> list[Listing]:
    """ka10074 of a span of days. Its header sums the sold days, so a part of the list gives itself away."""
    told = calls.realised(broker, question.first, question.last)
    in_span = [day for day in told.days if question.first <= day.day <= question.last]
    strays = [_out_of_span(day) for day in told.days if day not in in_span]
    rows = [RealisedDay(account_id=question.account_id, **asdict(day)) for day in in_span]
    scope = {"account_id": question.account_id, "day__range": (question.first, question.last)}
    short = told.sold != sum(d.sold for d in told.days) or told.realised != sum(d.realised for d in told.days)
    return [
        Listing(
            "ka10074",
            RealisedDay,
            question.account_id,
            question.last,
            rows,
            scope,
            short=short,
            rejected=tuple(strays),
        ),
        _header(question, told),
    ]


def _header(question: Question, told: domain.RealisedPeriod) -> Listing:
    """The header is kept as it came: a proof holds it against the rows that came with it."""
    names = ("bought", "sold", "realised", "commission", "tax")
    figures = {name: getattr(told, name) for name in names}
    mine = {"account_id": question.account_id, "day": question.last, "first": question.first}
    rows = [RealisedSpan(**mine, **figures)]
    return Listing("ka10074", RealisedSpan, question.account_id, question.last, rows, mine, is_header=True)


def sales(broker: Broker, question: Question) -> list[Listing]:
    """ka10073 of a span of days."""
    told = calls.sales(broker, question.first, question.last)
    in_span = [sale for sale in told if sale.day and question.first <= sale.day <= question.last]
    strays = [_out_of_span(sale) for sale in told if sale not in in_span]
    in_span, impossible = _priced(in_span)
    strays += impossible
    days = (question.first, question.last)
    listing = _listing("ka10073", question, in_span, {"day__range": days}, tuple(strays))
    sums = {"account_id": question.account_id, "source": "ka10073", "booked_on__range": days}
    where, traded = (question.account_id, question.last), _turnovers(question, listing.rows)
    return [listing, Listing("ka10073", Turnover, *where, traded, sums, whole=not strays)]


def _turnovers(question: Question, sales: Iterable[Any]) -> list[Turnover]:
    """What the sales of each symbol brought in all; nothing where a price is an average with a fraction."""
    sums: dict[tuple[date, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for sale in sales:
        total = sums[sale.day, sale.symbol]
        total[0] += sale.quantity
        total[1] += sale.quantity * sale.sell_price
    side = domain.Side.SELL.value
    return [
        Turnover(
            account_id=question.account_id,
            source="ka10073",
            day=day,
            booked_on=day,
            symbol=symbol,
            side=side,
            quantity=int(quantity),
            amount=int(amount),
        )
        for (day, symbol), (quantity, amount) in sums.items()
        if amount == int(amount)
    ]


def sales_on(broker: Broker, question: Question) -> list[Listing]:
    """ka10072 of one day."""
    told, impossible = _priced(calls.sales_on(broker, question.day))
    return [_listing("ka10072", question, told, {"day": question.day}, tuple(impossible))]


def sales_today(broker: Broker, question: Question) -> list[Listing]:
    """ka10077, which answers for one symbol at a time: of every symbol sold today."""
    symbols = sold_symbols(question.account_id, question.day)
    everything = [sale for symbol in symbols for sale in calls.sales_today(broker, symbol)[1]]
    told, impossible = _priced(everything)
    scope = {"day": question.day, "symbol__in": symbols}
    return [_listing("ka10077", question, told, scope, tuple(impossible))]


def sold_symbols(account_id: int, day: date) -> list[str]:
    """What was sold on the day, as far as order lists and positions tell."""
    of_day = Q(account_id=account_id, day=day)
    orders = Order.objects.current().filter(of_day, side=domain.Side.SELL.value, filled__gt=0)
    positions = Position.objects.current().filter(of_day).exclude(realised_today=0)
    found = {*orders.values_list("symbol", flat=True), *positions.values_list("symbol", flat=True)}
    return sorted(found)


def _listing(
    source: str,
    question: Question,
    told: Iterable[domain.RealisedSale],
    scope: Mapping[str, object],
    rejected: tuple[Rejection, ...] = (),
) -> Listing:
    rows = [_sale(source, question, sale) for sale in told]
    scope = {**scope, "account_id": question.account_id, "source": source}
    return Listing(source, Sale, question.account_id, question.last, rows, scope, rejected=rejected)


def _sale(source: str, question: Question, told: domain.RealisedSale) -> Sale:
    fields = {**asdict(told), "day": told.day or question.day}
    row = Sale(account_id=question.account_id, source=source, **fields)
    row.digest = digest_of(content_of(row))
    return row


def _priced(
    told: Iterable[domain.RealisedSale],
) -> tuple[list[domain.RealisedSale], list[Rejection]]:
    """Sales at a price, and those that cannot be."""
    sales = list(told)
    why = _("체결단가가 음수이거나 없습니다.")
    impossible = [_refused(why, sale) for sale in sales if sale.sell_price <= 0]
    return [sale for sale in sales if sale.sell_price > 0], impossible


def _out_of_span(row: domain.RealisedDay | domain.RealisedSale) -> Rejection:
    return _refused(_("물어본 기간 밖의 날짜입니다."), row)


def _refused(reason: str, row: domain.RealisedDay | domain.RealisedSale) -> Rejection:
    return Rejection(reason, {name: str(value) for name, value in asdict(row).items()})
