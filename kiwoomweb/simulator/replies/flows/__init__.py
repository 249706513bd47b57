"""Replies about who traded: investors, member firms, programs, credit, short sales and lending."""

from collections.abc import Mapping
from types import MappingProxyType

from kiwoomweb.simulator.replies.asking import Reply
from kiwoomweb.simulator.replies.flows import (
    borrowed,
    credit,
    firm_bursts,
    firms_periods,
    firms_today,
    foreign,
    investors_daily,
    investors_today,
    program_markets,
    programs,
    rankings,
    sectors,
    streaks,
)
from kiwoomweb.simulator.replies.looks import Look

__all__ = ["LOOKS", "REPLIES"]

#: TR id -> what answers it.
REPLIES: Mapping[str, Reply] = MappingProxyType(
    {
        "ka10002": firms_today.largest,
        "ka10008": foreign.holdings,
        "ka10010": programs.today,
        "ka10013": credit.history,
        "ka10014": borrowed.short_sales,
        "ka10033": credit.top,
        "ka10034": foreign.top_traded,
        "ka10035": foreign.streaks,
        "ka10036": foreign.top_limits,
        "ka10037": firms_periods.foreign_houses,
        "ka10038": firms_periods.of_share,
        "ka10039": firms_periods.of_firm,
        "ka10040": firms_today.main,
        "ka10042": firms_periods.leading_buyers,
        "ka10043": firms_periods.weights,
        "ka10044": rankings.institutions,
        "ka10045": investors_daily.trend,
        "ka10051": sectors.net_bought,
        "ka10052": firm_bursts.bursts,
        "ka10053": firms_today.leavers,
        "ka10058": rankings.by_investor,
        "ka10059": investors_daily.history,
        "ka10060": investors_daily.chart,
        "ka10061": investors_daily.total,
        "ka10062": rankings.same_way,
        "ka10063": investors_today.through_the_day,
        "ka10064": investors_today.course,
        "ka10065": investors_today.leaders,
        "ka10066": investors_today.after_close,
        "ka10068": borrowed.lent_in_market,
        "ka10069": borrowed.most_lent,
        "ka10078": firms_periods.one_firm,
        "ka10102": firms_periods.roster,
        "ka10131": streaks.streaks,
        "ka20068": borrowed.lent_of_share,
        "ka90003": programs.top,
        "ka90004": programs.by_share,
        "ka90005": program_markets.by_minute,
        "ka90006": program_markets.arbitrage,
        "ka90007": program_markets.accumulated,
        "ka90008": programs.by_minute,
        "ka90009": rankings.sides_of_both,
        "ka90010": program_markets.by_day,
        "ka90012": borrowed.lent_by_share,
        "ka90013": programs.by_day,
        "kt20016": credit.list_of_able,
        "kt20017": credit.able,
    }
)
#: Realtime type -> what it looks like now.
LOOKS: Mapping[str, Look] = MappingProxyType({"0F": firms_today.look, "0w": programs.look})
