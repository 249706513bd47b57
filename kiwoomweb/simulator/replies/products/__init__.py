"""Replies about funds, warrants and gold."""

from collections.abc import Mapping

from kiwoomweb.simulator.replies.asking import Reply
from kiwoomweb.simulator.replies.looks import Look
from kiwoomweb.simulator.replies.products import (
    elw_detail,
    elw_lists,
    elw_live,
    elw_members,
    etf,
    etf_hours,
    gold_account,
    gold_charts,
    gold_market,
    gold_orders,
)

__all__ = ["LOOKS", "REPLIES"]

#: TR id -> what answers it.
REPLIES: Mapping[str, Reply] = {
    "ka10048": elw_detail.by_day,
    "ka10050": elw_detail.by_minute,
    "ka30001": elw_lists.jumps,
    "ka30002": elw_members.net_trades,
    "ka30003": elw_detail.provider,
    "ka30004": elw_lists.disparities,
    "ka30005": elw_lists.search,
    "ka30009": elw_lists.changes,
    "ka30010": elw_lists.books,
    "ka30011": elw_lists.nearness,
    "ka30012": elw_detail.terms,
    "ka40001": etf.returns,
    "ka40002": etf.facts,
    "ka40003": etf.by_day,
    "ka40004": etf.everything,
    "ka40006": etf_hours.minutes,
    "ka40007": etf_hours.trades,
    "ka40008": etf.holders_by_day,
    "ka40009": etf_hours.navs,
    "ka40010": etf_hours.buyers,
    "ka50010": gold_market.prints,
    "ka50012": gold_market.day_rows,
    "ka50079": gold_charts.ticks,
    "ka50080": gold_charts.minutes,
    "ka50081": gold_charts.days,
    "ka50082": gold_charts.weeks,
    "ka50083": gold_charts.months,
    "ka50087": gold_market.expected,
    "ka50091": gold_charts.ticks_today,
    "ka50092": gold_charts.minutes_today,
    "ka50100": gold_market.price,
    "ka50101": gold_market.quotes,
    "ka52301": gold_market.investors,
    "kt50000": gold_orders.buy,
    "kt50001": gold_orders.sell,
    "kt50002": gold_orders.modify,
    "kt50003": gold_orders.cancel,
    "kt50020": gold_account.holdings,
    "kt50021": gold_account.money,
    "kt50030": gold_account.orders_of_day,
    "kt50031": gold_account.filled_or_not,
    "kt50032": gold_account.history,
    "kt50075": gold_account.open_orders,
}
#: Realtime type -> what it looks like now.
LOOKS: Mapping[str, Look] = {
    "0G": etf_hours.live,
    "0I": gold_market.world_price,
    "0m": elw_live.theory,
    "0u": elw_live.ratios,
}
