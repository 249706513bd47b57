"""What a condition search says about a share: a row of the list, a code of the realtime list, a push.

PROTOCOL 8.8. Numbers are nine wide without a direction sign; the rate is a thousandfold.
"""

from datetime import datetime
from typing import Any

from kiwoomweb.broker.domain import Side
from kiwoomweb.broker.wire.writing import clock, padded, prefixed, scaled
from kiwoomweb.simulator.replies.text import direction
from kiwoomweb.simulator.screening.facts import Facts
from kiwoomweb.simulator.screening.screen import Change

__all__ = ["REALTIME", "code_row", "pushed", "row"]

#: The realtime type of a push; it cannot be registered with REG.
REALTIME = "02"
WIDTH = 9


def row(share: Facts) -> dict[str, str]:
    """ka10172: one share of a normal search."""
    about, quote = share.about, share.quote
    return {
        "9001": prefixed(about.code),
        "302": about.name,
        "10": padded(quote.price, WIDTH),
        "25": direction(quote.price, quote.base_price, quote.upper_limit, quote.lower_limit),
        "11": padded(quote.change, WIDTH),
        "12": padded(int(scaled(quote.change_rate, 1000)), WIDTH),
        "13": padded(quote.volume, WIDTH),
        "16": padded(quote.open, WIDTH),
        "17": padded(quote.high, WIDTH),
        "18": padded(quote.low, WIDTH),
    }


def code_row(share: Facts) -> dict[str, str]:
    """ka10173: one share of the list that a realtime search begins with."""
    return {"jmcode": prefixed(share.about.code)}


def pushed(change: Change, at: datetime) -> dict[str, Any]:
    """An entry of a REAL frame: 843 says I for in and D for out, 907 who came to the other last."""
    share = change.share
    values = {
        "841": change.seq,
        "9001": share.about.code,
        "843": "I" if change.entered else "D",
        "20": clock(at),
        "907": "2" if share.quote.last_side is Side.BUY else "1",
    }
    return {"values": values, "type": REALTIME, "name": "조건검색", "item": share.about.code}
