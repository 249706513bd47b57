"""Shares: the last trade of one share and its tape, kept as the broker's frames until somebody wants to see it.

A page's update is written straight from the broker's text. Figures that come again and again (prices, rates,
the day's range) are read once and remembered, so that a text costs a few look-ups and one formatted line.
"""

from collections import deque
from collections.abc import Callable, Iterable

from kiwoomweb.broker.domain import Side, Tick
from kiwoomweb.broker.errors import Unreadable
from kiwoomweb.broker.fid_values import need, price_of, rate, whole
from kiwoomweb.broker.trades import LAST, Entry, entries_of
from market.events import Print, encode, encode_print
from market.reading import quote_event
from market.topics import topic

__all__ = ["TAPE", "Frames", "Share", "quote_text"]

#: Prints kept per symbol for whoever begins to follow.
TAPE = 40
#: A frame carries every print since the one before it, and older ones where there are fewer than this: a page
#: of a share that trades now and then may miss a frame without missing a print.
LEAST = 10
#: Trades that may wait for a frame. Far beyond what comes in a tenth of a second; a bound, should frames stop.
MOST = 4_096

#: Digits of two numbers that are taken as they are.
LONGEST = 48

_DAY, _SEOUL = 86_400, 9 * 3_600
_SIDES = {"+": f'"{Side.BUY}"', "-": f'"{Side.SELL}"'}

#: A trade: its epoch second, when we heard of it, its frame (or what was read of it already), its place there.
Trade = tuple[int, int, bytes | Tick, int]


class Remembered(dict[str, str]):
    """Texts of the broker and what they are in JSON; ``read`` raises ``Unreadable`` for what is no figure."""

    #: Beyond so many it begins anew: a day of two hundred symbols has fewer prices, rates and sizes.
    MOST = 32_768

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        self[text] = written = self.read(text)
        return written


_unsigned = Remembered(lambda text: str(price_of(text, "price")))
_signed = Remembered(lambda text: str(whole(text, "change")))
_rate = Remembered(lambda text: f'"{need(rate, text, "rate")}"')
_sized = Remembered(lambda text: f'"size":{_unsigned[text]},"side":{_SIDES.get(text[:1], "null")}')
_strength = Remembered(lambda text: f'"{need(rate, text, "228")}"' if text.strip() else "null")


class Frames(dict[bytes, list[Entry]]):
    """Frames read whole, each once: several shares may have come in the same one."""

    def __missing__(self, raw: bytes) -> list[Entry]:
        self[raw] = entries = entries_of(raw)
        return entries


class Share:
    """One share: its tape, and of its last trade when it was (epoch seconds) and the day's volume with it.

    ``first`` is the number of the first print; they are counted from there. ``moved`` since the last frame.
    ``tape`` are the trades no text was written of yet, ``written`` the texts of those before them.
    """

    __slots__ = (
        "_told",
        "at",
        "count",
        "first",
        "high",
        "low",
        "moved",
        "open",
        "prints",
        "quote",
        "range_text",
        "tape",
        "volume",
        "written",
    )

    def __init__(self, place: str, first: int) -> None:
        self.quote, self.prints = topic("quote", place), topic("prints", place)
        self.at = self.volume = -1
        self._told: Trade | None = None
        self.open: str | None = None
        self.high: str | None = None
        self.low: str | None = None
        self.range_text = ""
        self.tape: deque[Trade] = deque(maxlen=MOST)
        self.written: deque[str] = deque(maxlen=TAPE)
        self.first, self.count, self.moved = first, 0, False

    def late(self, at: int, volume: int) -> bool:
        """Neither the time nor the day's volume may run backwards within a day; a trade adds to the volume, so
        one that does not has been told before."""
        if at < self.at:
            return True
        return volume <= self.volume and (at + _SEOUL) // _DAY == (self.at + _SEOUL) // _DAY

    def forget_order(self) -> None:
        """Whatever comes next may follow."""
        self.at = self.volume = -1

    def set_range(self, open_: str, high: str, low: str) -> None:
        """The day's open, high and low as the broker has them, and their text; they seldom change."""
        self.range_text = f'"open":{_unsigned[open_]},"high":{_unsigned[high]},"low":{_unsigned[low]}'
        self.open, self.high, self.low = open_, high, low

    @property
    def last(self) -> Trade | None:
        """The last trade, written of or not."""
        return self.tape[-1] if self.tape else self._told

    @property
    def heard(self) -> int:
        """When the last trade was heard, in epoch milliseconds; 0 before the first."""
        last = self.last
        return last[1] if last else 0

    def text(self, frames: Frames) -> str:
        """The update of its price. Raises ``Unreadable`` when the last trade was none."""
        last = self.tape[-1] if self.tape else self._told
        if last is None:
            raise Unreadable("no trade", tr="0B")
        at, heard, trade, n = last
        if isinstance(trade, Tick):
            return encode(quote_event(trade, self.quote, heard))
        entry = entries_of(trade)[n] if n == LAST else frames[trade][n]
        return quote_text(self, entry, at, heard)

    def printed(self, frames: Frames) -> str:
        """The update of its tape, oldest first: everything since this was last asked, and some before it."""
        fresh = self._write(frames)
        few = len(fresh) < LEAST
        return self._tape([*self.written][-LEAST:] if few else fresh)

    def whole_tape(self) -> str:
        """All that is kept of what has been told."""
        return self._tape(self.written)

    def widen(self, is_followed: bool) -> None:
        """Keep every trade until it is told; where nobody follows the tape, what a newcomer would be shown."""
        room = MOST if is_followed else TAPE
        if self.tape.maxlen != room:
            self.tape = deque(self.tape, maxlen=room)

    def _tape(self, texts: Iterable[str]) -> str:
        return f'{{"topic":"{self.prints}","prints":[{",".join(texts)}],"heard":{self.heard}}}'

    def _write(self, frames: Frames) -> list[str]:
        """A trade that cannot be read keeps its number and is left out."""
        fresh: list[str] = []
        number = self.first + self.count - len(self.tape)
        for at, _heard, trade, n in self.tape:
            try:
                if isinstance(trade, Tick):
                    fresh.append(encode_print(_of_tick(number, at, trade)))
                else:
                    fresh.append(_print(number, at, entries_of(trade)[n] if n == LAST else frames[trade][n]))
            except Unreadable:
                pass
            number += 1
        self._told = self.last
        self.tape.clear()
        self.written.extend(fresh)
        return fresh


def _of_tick(number: int, at: int, tick: Tick) -> Print:
    strength = None if tick.strength is None else str(tick.strength)
    return Print(number, at, tick.price, tick.change, tick.size, tick.side, strength)


def _print(number: int, at: int, entry: Entry) -> str:
    """A ``Print`` of a trade as JSON, without making one. Raises ``Unreadable``."""
    fids = entry.values
    size = fids.size
    return (
        f"[{number},{at},{_unsigned[fids.price]},{_signed[fids.change]},{_unsigned[size]},"
        f"{_SIDES.get(size[:1], 'null')},{_strength[fids.strength]}]"
    )


def are_plain(volume: str, turnover: str) -> bool:
    """Whether these are whole numbers as JSON writes them, too: not zero, padded, signed, or not said."""
    both = volume + turnover
    return both.isdigit() and both.isascii() and volume[:1] > "0" < turnover[:1] and len(both) <= LONGEST


def quote_text(share: Share, entry: Entry, at: int, heard: int) -> str:
    """The ``QuoteEvent`` of a trade as JSON, without making one. Raises ``Unreadable``."""
    fids = entry.values
    volume, turnover = fids.volume, f"{fids.turnover}000000"
    if not are_plain(volume, turnover):
        volume = str(whole(volume, "13"))
        turnover = str(whole(fids.turnover, "14") * 1_000_000) if fids.turnover.strip() else "null"
    if fids.low != share.low or fids.high != share.high or fids.open != share.open:
        share.set_range(fids.open, fids.high, fids.low)
    return (
        f'{{"topic":"{share.quote}","price":{_unsigned[fids.price]},"change":{_signed[fids.change]},'
        f'"rate":{_rate[fids.change_rate]},"at":{at},"heard":{heard},{_sized[fids.size]},"volume":{volume},'
        f'"turnover":{turnover},{share.range_text},"strength":{_strength[fids.strength]}}}'
    )
