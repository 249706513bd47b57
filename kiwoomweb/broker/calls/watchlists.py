"""Calls about the watchlist kept at the broker: its groups (ka01300), the symbols of one (ka01301)."""

from kiwoomweb.broker.asking import Broker
from kiwoomweb.broker.domain import Watched, WatchGroup
from kiwoomweb.broker.wire.names import symbol as code
from kiwoomweb.broker.wire.row import Row

__all__ = ["watch_groups", "watched"]


def watch_groups(broker: Broker) -> list[WatchGroup]:
    """관심종목 그룹 리스트 (ka01300), as the person keeps them in the broker's own terminal."""
    rows = [Row("ka01300", line) for line in broker.rows("ka01300", {}, "nofi")]
    return [WatchGroup(row.text("gcod"), row.text("name")) for row in rows if not row.blank("gcod", "name")]


def watched(broker: Broker, group: str) -> list[Watched]:
    """관심종목 그룹 상세 (ka01301): the symbols of one group, in its order."""
    rows = [Row("ka01301", line) for line in broker.rows("ka01301", {"arn_grp_id": group}, "nofj")]
    return [
        Watched(row.need(code, "cod2"), row.text("bgb"), row.text("bgb_clr"))
        for row in rows
        if not row.blank("cod2")
    ]
