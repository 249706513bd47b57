"""Trades of the benchmark: the broker's 515-byte frames, the busiest of two hundred symbols a sixth of all.

Each carries when it was made (microseconds of this machine's steady clock) in FIDs 14 and 15, and counts its
symbol's trades in FID 13, so that whoever reads it knows how old it is and what was lost before it.
"""

import json
import random
import time
from collections.abc import Iterable, Sequence

from kiwoomweb.operation.benchmarks.relay.wire import server_frame

__all__ = ["BEGIN", "Tape", "age", "stamp"]

#: The volume before a symbol's first trade.
BEGIN = 10_000_000
#: Stamps have one length, so that frames of a symbol have, too.
WIDE = 10**11
DRAWN, MOODS = 65_536, 8

_STAMP, _COUNT = 100_000_000_000, 10_000_001


def stamp() -> int:
    """Now, as trades carry it."""
    return WIDE + time.monotonic_ns() // 1_000 % (WIDE * 9)


def age(made: int) -> float:
    """Milliseconds since then."""
    return (time.monotonic_ns() // 1_000 % (WIDE * 9) + WIDE - made) / 1_000


class Tape:
    """Endless trades of these symbols (Zipf); ``counts`` is each one's last volume."""

    def __init__(self, symbols: Sequence[str], seed: int = 1) -> None:
        chance = random.Random(seed)
        self.counts = dict.fromkeys(symbols, BEGIN)
        weights = [1 / rank for rank in range(1, len(symbols) + 1)]
        self._drawn = chance.choices(symbols, weights, k=DRAWN)
        self._forms = {
            symbol: [_form(symbol, place, chance.randrange(-9, 10)) for _ in range(MOODS)]
            for place, symbol in enumerate(symbols)
        }
        self._next = 0

    def frames(self, many: int, wanted: Iterable[str]) -> list[bytes]:
        """So many frames, one trade each, of those among the symbols that are wanted."""
        wanted, made = set(wanted), []
        counts, forms, drawn, place = self.counts, self._forms, self._drawn, self._next
        now = stamp()
        for _ in range(many):
            symbol = drawn[place % DRAWN]
            place += 1
            if symbol in wanted:
                counts[symbol] = count = counts[symbol] + 1
                made.append(forms[symbol][place % MOODS] % (now, count, now))
        self._next = place
        return made


def _form(symbol: str, place: int, step: int) -> bytes:
    """A whole frame with three gaps: size, volume, turnover."""
    entry = {"type": "0B", "name": "주식체결", "item": f"{symbol}_AL", "values": _values(place, step)}
    told = json.dumps({"trnm": "REAL", "data": [entry]}, ensure_ascii=False, separators=(",", ":"))
    blank = server_frame(told.encode())
    for name, gap in (("15", b"+%d"), ("13", b"%d"), ("14", b"%d")):
        before, after = blank.split(f'"{name}":"'.encode(), 1)
        blank = before + f'"{name}":"'.encode() + gap + after[after.index(b'"') :]
    return blank


def _values(place: int, step: int) -> dict[str, str]:
    base = 10_000 + 100 * place
    price, change = base + 50 * step, 50 * step
    sign = "+" if change > 0 else "-" if change < 0 else ""
    return {
        "20": "102959",
        "10": f"{sign}{price}",
        "11": f"{change:+}",
        "12": f"{100 * change / base:+.2f}",
        "27": f"{sign}{price + 50}",
        "28": f"{sign}{price}",
        "15": f"+{_STAMP}",
        "13": str(_COUNT),
        "14": str(_STAMP),
        "16": f"+{base + 100}",
        "17": f"+{base + 500}",
        "18": f"-{base - 500}",
        "25": "2",
        "26": "-1234567",
        "30": "-75.20",
        "31": "0.51",
        "228": f"{100 + step}.75",
        "311": "12441",
        "290": "2",
        "1030": "15000000",
        "1031": "15379732",
        "1032": "50.62",
        "1314": "379732",
        "1315": "0",
        "1316": "82",
        "620": "20824",
        "9081": "1",
    }
