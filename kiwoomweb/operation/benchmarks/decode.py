"""What a trade costs from the broker's text to the browser's: the live path beside plain ``json`` (target T6).

One page's frame at the opening: a tenth of a second of 10,000 trades a second, two hundred followed shares, the
busiest a sixth of all (Zipf). The same frames go through both in turn, round after round; medians of the
processor's own time, which a busy machine cannot stretch. Where a process finds its memory moves the result by
some percent, so several are started, one after the other, and the one in the middle counts.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kiwoomweb.broker import frames
from kiwoomweb.broker.domain import SEOUL
from kiwoomweb.broker.trades import Trades
from kiwoomweb.operation.steady import steady
from market.relay import Relay

__all__ = ["Decoded", "measure_decode"]

TRADES, SHARES, ROUNDS, PASSES = 1_000, 200, 21, 5
PROCESSES = 5
#: Trades that lie at the socket at once at that pace: it is read about forty times a second.
LYING = 250
ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 20, 9, 0, 3, tzinfo=SEOUL)
#: As the routing table has it (``kiwoomweb.streams``), without what it loads for other types.
HANDLERS: dict[type, Callable[..., None]] = {Trades: Relay.trades}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Microseconds a trade: as the product runs, writing every single trade, and what plain ``json`` takes."""

    live: float
    unconflated: float
    naive: float
    loads_dumps: float

    @property
    def times(self) -> float:
        """How many times quicker the product is than plain ``json``."""
        return self.loads_dumps / self.live


def measure_decode() -> Decoded:
    """What the process in the middle found."""
    command = [sys.executable, "-m", "kiwoomweb.operation.benchmarks.decode"]
    told = [subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True) for _ in range(PROCESSES)]
    found = [Decoded(**json.loads(one.stdout)) for one in told]
    return sorted(found, key=lambda one: one.times)[PROCESSES // 2]


def _measured() -> Decoded:
    """All four, interleaved, with the collector set as in the process that listens."""
    steady()
    told = opening()
    heard = [text.encode() for text in told]
    followed = {f"quote:{share:06}" for share in range(SHARES)}
    relay = Relay()
    ways: list[Callable[[], object]] = [
        lambda: live(relay, heard, followed, every=len(heard)),
        lambda: live(relay, heard, followed, every=1),
        lambda: [naive(text) for text in told],
        lambda: [json.dumps(json.loads(text)) for text in told],
    ]
    taken = [[_cost(way) for way in ways] for _ in range(ROUNDS)]
    return Decoded(*(statistics.median(column) for column in zip(*taken, strict=True)))


def live(relay: Relay, heard: Sequence[bytes], followed: set[str], every: int) -> int:
    """The product's own way: hear, hand to whoever the routing table says, write a frame ``every`` so many."""
    relay.begin_again()
    written = 0
    for begin in range(0, len(heard), every):
        for ready in range(begin, begin + every, LYING):
            for event in frames.hear(heard[ready : min(ready + LYING, begin + every)]):
                if isinstance(event, Trades):
                    event.now = NOW
                HANDLERS[type(event)](relay, event, 1_763_600_000_000)
        written += len(relay.take(followed))
    if relay.unread or relay.dropped:
        raise RuntimeError(f"{relay.unread} trades unread, {relay.dropped} dropped")
    return written


def naive(text: str) -> list[str]:
    """A relay as one would first write it: the same update of the same trade, with ``json`` and ``int``."""
    return [_update(entry["item"], entry["values"]) for entry in json.loads(text)["data"]]


def _update(item: str, values: dict[str, str]) -> str:
    told: dict[str, Any] = {
        "topic": f"quote:{item.partition('_')[0]}",
        "price": abs(int(values["10"])),
        "change": int(values["11"]),
        "rate": values["12"],
        "at": values["20"],
        "size": abs(int(values["15"])),
        "side": "buy" if values["15"].startswith("+") else "sell",
        "volume": int(values["13"]),
        "turnover": int(values["14"]) * 1_000_000,
        "open": abs(int(values["16"])),
        "high": abs(int(values["17"])),
        "low": abs(int(values["18"])),
        "strength": values["228"],
    }
    return json.dumps(told)


def _cost(way: Callable[[], object]) -> float:
    """Microseconds a trade over several passes in a row: in a day of trading no way starts from cold."""
    begun = time.thread_time()
    for _ in range(PASSES):
        way()
    return (time.thread_time() - begun) / (PASSES * TRADES) * 1e6


def opening(together: int = 1) -> list[str]:
    """A tenth of a second of trades as the broker writes them, so many of them ``together`` in a frame."""
    chance = random.Random(1)
    weights = [1 / rank for rank in range(1, SHARES + 1)]
    volumes = [chance.randrange(1_000_000, 9_000_000) for _ in range(SHARES)]
    made = []
    for share in chance.choices(range(SHARES), weights, k=TRADES):
        size = chance.randrange(1, 300)
        volumes[share] += size
        made.append(_entry(share, volumes[share], chance.choice("+-") + str(size), chance.randrange(-9, 9)))
    return [_frame(made[n : n + together]) for n in range(0, len(made), together)]


def _frame(entries: list[dict[str, Any]]) -> str:
    return json.dumps({"trnm": "REAL", "data": entries}, ensure_ascii=False, separators=(",", ":"))


def _entry(share: int, volume: int, size: str, step: int) -> dict[str, Any]:
    base = 10_000 + 100 * share
    price, change = base + 50 * step, 50 * step
    sign = "+" if change > 0 else "-" if change < 0 else ""
    rate = f"{100 * change / base:+.2f}"
    values = {
        "20": "090003",
        "10": f"{sign}{price}",
        "11": f"{change:+}",
        "12": rate,
        "27": f"{sign}{price + 50}",
    }
    values |= {"28": f"{sign}{price}", "15": size, "13": str(volume), "14": str(volume * price // 1_000_000)}
    values |= {
        "16": f"+{base + 100}",
        "17": f"+{base + 500}",
        "18": f"-{base - 500}",
        "25": "2",
        "26": "-1234567",
    }
    values |= {"30": "-75.20", "31": "0.51", "228": f"{100 + step}.75", "311": "12441", "290": "2"}
    values |= {"1030": "15000000", "1031": "15379732", "1032": "50.62", "1314": "379732", "1315": "0"}
    values |= {"1316": "82", "620": "20824", "9081": "1"}
    return {"type": "0B", "name": "주식체결", "item": f"{share:06}_AL", "values": values}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_measured())))
