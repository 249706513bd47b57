"""Replies drawn from the board of the whole market: rankings, sectors, themes, limits and volatility halts."""

from collections.abc import Mapping

from kiwoomweb.simulator.replies.asking import Reply
from kiwoomweb.simulator.replies.boards import (
    books,
    days,
    expected,
    extremes,
    halted,
    index_charts,
    interest,
    looks,
    movers,
    panel,
    prints,
    rights,
    sectors,
    strength,
    themes,
    values,
    volumes,
)
from kiwoomweb.simulator.replies.looks import Look

__all__ = ["LOOKS", "REPLIES"]

#: TR id -> what answers it.
REPLIES: Mapping[str, Reply] = {
    "ka00198": interest.looked_up,
    "ka10003": prints.latest,
    "ka10005": days.by_day,
    "ka10006": days.today,
    "ka10007": panel.panel,
    "ka10011": rights.all_rights,
    "ka10015": days.by_session,
    "ka10016": extremes.new_extremes,
    "ka10017": extremes.at_the_limit,
    "ka10018": extremes.near_the_edge,
    "ka10019": movers.against_a_while_ago,
    "ka10020": books.largest,
    "ka10021": books.grown,
    "ka10022": books.tipped,
    "ka10023": volumes.surging,
    "ka10024": volumes.records,
    "ka10025": values.concentrated,
    "ka10026": values.by_value,
    "ka10027": movers.against_yesterday,
    "ka10028": movers.against_the_day,
    "ka10029": expected.auctions,
    "ka10030": volumes.most_shares,
    "ka10031": volumes.yesterdays_most,
    "ka10032": volumes.most_won,
    "ka10046": strength.by_minute,
    "ka10047": strength.by_day,
    "ka10054": halted.halted,
    "ka10055": prints.sizes_of_two_days,
    "ka10084": prints.of_two_days,
    "ka10086": days.with_owners,
    "ka10087": expected.evening,
    "ka10098": expected.evenings,
    "ka10101": sectors.codes,
    "ka20001": sectors.index_now,
    "ka20002": sectors.shares_of,
    "ka20003": sectors.all_indices,
    "ka20004": index_charts.ticks,
    "ka20005": index_charts.minutes,
    "ka20006": index_charts.days,
    "ka20007": index_charts.weeks,
    "ka20008": index_charts.months,
    "ka20009": sectors.by_day,
    "ka20019": index_charts.years,
    "ka90001": themes.groups,
    "ka90002": themes.shares,
}
#: Realtime type -> what it looks like now.
LOOKS: Mapping[str, Look] = {
    "0A": looks.indicated,
    "0C": looks.best_prices,
    "0E": looks.closing_price_book,
    "0H": looks.pointing,
    "0U": looks.breadth_of,
    "0g": looks.listed_as,
}
