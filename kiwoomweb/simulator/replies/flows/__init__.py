"""Replies about who traded: investors, member firms, programs, credit, short sales and lending."""

from collections.abc import Mapping
from types import MappingProxyType

from kiwoomweb.simulator.replies.asking import Reply
from kiwoomweb.simulator.replies.flows import (
    foreign,
    investors_daily,
    investors_today,
    rankings,
    sectors,
    streaks,
)
from kiwoomweb.simulator.replies.looks import Look

__all__ = ["LOOKS", "REPLIES"]

#: TR id -> what answers it.
REPLIES: Mapping[str, Reply] = MappingProxyType(
    {
        "ka10008": foreign.holdings,
        "ka10034": foreign.top_traded,
        "ka10035": foreign.streaks,
        "ka10036": foreign.top_limits,
        "ka10044": rankings.institutions,
        "ka10045": investors_daily.trend,
        "ka10051": sectors.net_bought,
        "ka10058": rankings.by_investor,
        "ka10059": investors_daily.history,
        "ka10060": investors_daily.chart,
        "ka10061": investors_daily.total,
        "ka10062": rankings.same_way,
        "ka10063": investors_today.through_the_day,
        "ka10064": investors_today.course,
        "ka10065": investors_today.leaders,
        "ka10066": investors_today.after_close,
        "ka10131": streaks.streaks,
        "ka90009": rankings.sides_of_both,
    }
)
#: Realtime type -> what it looks like now.
LOOKS: Mapping[str, Look] = {}
