"""What the market does with realtime events of the broker: remember the latest (see relay), keep every hit."""

from kiwoomweb.broker.domain import Book, Halt, IndexTick, ScreenerEvent, SessionEvent, Tick
from kiwoomweb.broker.domain.live import Signal
from market.reading_signals import signal_event
from market.relay import Relay
from market.services import screening

__all__ = [
    "on_book",
    "on_halt",
    "on_index",
    "on_screener_event",
    "on_session",
    "on_signal",
    "on_tick",
    "on_trades",
]


def on_tick(relay: Relay, event: Tick, heard: int) -> None:
    """주식체결 (0B)."""
    relay.tick(event, heard)


#: A frame of 주식체결 (0B) and nothing else: ten thousand a second at the opening, with no call between.
on_trades = Relay.trades


def on_book(relay: Relay, event: Book, heard: int) -> None:
    """주식호가잔량 (0D)."""
    relay.book(event, heard)


def on_index(relay: Relay, event: IndexTick, heard: int) -> None:
    """업종지수 (0J)."""
    relay.index(event, heard)


def on_signal(relay: Relay, event: Signal, heard: int) -> None:
    """What comes less often: 0A, 0C, 0E, 0F, 0G, 0H, 0I, 0U, 0g, 0m, 0u, 0w."""
    relay.keep(signal_event(event, heard, relay.usual))


def on_halt(relay: Relay, event: Halt, heard: int) -> None:
    """VI발동/해제 (1h)."""
    relay.halt(event, heard)


def on_session(relay: Relay, event: SessionEvent, heard: int) -> None:
    """장시작시간 (0s)."""
    relay.session(event, heard)


def on_screener_event(account_id: int, event: ScreenerEvent) -> None:
    """조건검색 편입/이탈 (02)."""
    screening.record(account_id, event)
