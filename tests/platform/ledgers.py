"""What the kill drill looks at: the journal's rows read past the product, the broker asked by somebody else."""

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta

import httpx

from kiwoomweb.broker.calls.orders import orders_on
from kiwoomweb.broker.calls.results import realised
from kiwoomweb.broker.client import Client
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Address, Environment
from kiwoomweb.broker.local_pacing import LocalPacer
from kiwoomweb.broker.pacing import Rates
from kiwoomweb.broker.tokens import MemoryTokenStore
from kiwoomweb.operation.control_door import ask_door
from tests.running import Site

#: Facts of days that are over: nothing about them may change, whoever dies.
PAST = {
    "orders_fill": "order_no, fill_no, copy, symbol, side, quantity, price, amount",
    "orders_order": "source, order_no, copy, symbol, filled, fill_price",
    "portfolio_realisedday": "bought, sold, realised, commission, tax",
    "portfolio_sale": "source, digest, copy, quantity, realised",
    "portfolio_diaryline": "symbol, copy",
}


def agrees_with_the_broker(site: Site) -> None:
    """What we kept is what the broker says: every day's result to the won, today's fills to the share."""
    day = date.fromisoformat(today(site))
    with broker_of(site) as broker:
        ours = results_in_journal(site, str(day))
        assert ours == results_at_broker(broker, date.fromisoformat(min(ours)), day - timedelta(days=1))
        # Twenty times as fast, the next fill is there before the last was read: at a person's pace they meet.
        ask_door(site.var / "simulator", "clock", {"speed": 1})
        deadline = time.monotonic() + 120
        while (unlike := differing(site, broker, day)) and time.monotonic() < deadline:
            time.sleep(0.5)
    assert unlike == []


def differing(site: Site, broker: Client, day: date) -> list[str]:
    """The day's orders whose filled shares are not the same here and there."""
    ours, theirs = filled_in_journal(site, str(day)), filled_at_broker(broker, day)
    unlike = sorted(order for order in ours | theirs if ours.get(order) != theirs.get(order))
    return [f"{order}: {ours.get(order)} here, {theirs.get(order)} there" for order in unlike]


def results_in_journal(site: Site, until: str) -> dict[str, tuple[int, ...]]:
    query = "SELECT day, bought, sold, realised, commission, tax FROM portfolio_realisedday"
    return {
        day: tuple(rest) for day, *rest in rows(site, f"{query} WHERE superseded_at IS NULL AND day < ?", until)
    }


def results_at_broker(broker: Client, first: date, last: date) -> dict[str, tuple[int, ...]]:
    days = realised(broker, first, last).days
    return {str(each.day): (each.bought, each.sold, each.realised, each.commission, each.tax) for each in days}


def filled_in_journal(site: Site, day: str) -> dict[str, int]:
    query = "SELECT order_no, sum(quantity) FROM orders_fill WHERE superseded_at IS NULL AND day = ? GROUP BY 1"
    return dict(rows(site, query, day))


def filled_at_broker(broker: Client, day: date) -> dict[str, int]:
    filled: Counter[str] = Counter()
    for line in orders_on(broker, day):
        filled[line.order_no] += line.filled
    return {order_no: quantity for order_no, quantity in filled.items() if quantity}


@contextmanager
def broker_of(site: Site) -> Iterator[Client]:
    """The practice broker, asked with the same keys by somebody who is not the product."""
    keys = json.loads((site.var / "keys" / "demo.json").read_text())
    with httpx.Client(trust_env=False, timeout=30) as http:
        yield Client(
            Credentials(keys["app_key"], keys["app_secret"]),
            Address.on("127.0.0.1", site.simulator_port),
            tokens=MemoryTokenStore(),
            pacer=LocalPacer(Rates(per_tr=1, total=2)),
            environment=Environment.SIMULATOR,
            http=http,
        )


def backlog(site: Site) -> int:
    """Reads of the past that are still planned; -1 before there is a plan."""
    planned = rows(site, "SELECT count(*), sum(state = 'waiting') FROM portfolio_synctask WHERE purpose = 2")[0]
    return planned[1] if planned[0] else -1


def today(site: Site) -> str:
    """The trading day the journal is in."""
    return str(rows(site, "SELECT max(day) FROM orders_order")[0][0])


def past(site: Site, until: str) -> Counter[tuple[object, ...]]:
    """Every current fact of the days before ``until``, and how often it is there."""
    found: Counter[tuple[object, ...]] = Counter()
    for table, columns in PAST.items():
        query = f"SELECT day, {columns} FROM {table} WHERE superseded_at IS NULL AND day < ?"
        found.update((table, *row) for row in rows(site, query, until))
    return found


def kept_replies(site: Site) -> int:
    return int(rows(site, "SELECT count(*) FROM access_brokerreply")[0][0])


def rows(site: Site, query: str, *values: object) -> list[tuple]:
    with closing(
        sqlite3.connect(f"file:{site.var}/kiwoomweb.sqlite3?mode=ro", uri=True, timeout=30)
    ) as database:
        return database.execute(query, values).fetchall()
