"""Replies: what each TR answers, as a table from TR id to function."""

from collections.abc import Mapping
from types import MappingProxyType

from kiwoomweb.simulator.replies import (
    boards,
    charts,
    equity,
    evaluation,
    flows,
    holdings,
    instruments,
    margins,
    orders,
    placing,
    products,
    quotes,
    results,
    screening,
    settling,
    statement,
)
from kiwoomweb.simulator.replies.asking import Reply
from kiwoomweb.simulator.replies.looks import Look

__all__ = ["LOOKS", "REPLIES"]

REPLIES: Mapping[str, Reply] = MappingProxyType(
    {
        "ka00001": holdings.account_number,
        "ka01690": holdings.past_day,
        "ka10001": quotes.basics,
        "ka10004": quotes.book,
        "ka10072": results.sales_of_day,
        "ka10073": results.sales_of_period,
        "ka10074": results.totals_by_day,
        "ka10075": orders.open_orders,
        "ka10076": orders.filled_today,
        "ka10077": results.sales_today,
        "ka10079": charts.ticks,
        "ka10080": charts.minutes,
        "ka10081": charts.days,
        "ka10082": charts.weeks,
        "ka10083": charts.months,
        "ka10085": holdings.positions,
        "ka10088": orders.split_orders,
        "ka10094": charts.years,
        "ka10095": quotes.many,
        "ka10099": instruments.listings,
        "ka10100": instruments.listing,
        "ka10170": results.diary,
        "kt00001": holdings.deposit,
        "kt00002": equity.day_by_day,
        "kt00003": evaluation.estimated_assets,
        "kt00004": evaluation.valuation,
        "kt00005": evaluation.filled_balance,
        "kt00007": orders.orders_of_day,
        "kt00008": settling.next_settlement,
        "kt00009": orders.fills_of_day,
        "kt00010": margins.simulated,
        "kt00011": margins.by_margin,
        "kt00012": margins.by_cover,
        "kt00013": margins.breakdown,
        "kt00015": statement.statement,
        "kt00016": equity.over_a_period,
        "kt00017": equity.today,
        "kt00018": holdings.balance,
        "kt10000": placing.buy,
        "kt10001": placing.sell,
        "kt10002": placing.modify,
        "kt10003": placing.cancel,
        "kt10006": placing.buy_credit,
        "kt10007": placing.sell_credit,
        "kt10008": placing.modify_credit,
        "kt10009": placing.cancel_credit,
        **boards.REPLIES,
        **flows.REPLIES,
        **products.REPLIES,
        **screening.REPLIES,
    }
)

LOOKS: Mapping[str, Look] = MappingProxyType(
    {**boards.LOOKS, **flows.LOOKS, **products.LOOKS, **screening.LOOKS}
)
