"""Where the broker lives: an environment is an address, never an ``if`` in the code that calls it."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["KIWOOM", "Address", "Environment"]

#: The path of the domestic realtime socket, the same in every environment.
SOCKET_PATH = "/api/dostk/websocket"


class Environment(StrEnum):
    """LIVE 실전, PAPER 모의투자, SIMULATOR 연습: which market an account trades in."""

    LIVE = "live"
    PAPER = "paper"
    SIMULATOR = "simulator"


@dataclass(frozen=True, slots=True)
class Address:
    """The two doors of one broker host: ``rest`` (base URL) and ``socket`` (full WebSocket URL)."""

    rest: str
    socket: str

    @classmethod
    def on(cls, host: str, port: int) -> "Address":
        """A broker without TLS that serves both doors on one port, as the simulator does."""
        return cls(rest=f"http://{host}:{port}", socket=f"ws://{host}:{port}{SOCKET_PATH}")


#: Kiwoom's own hosts. The simulator's address is a matter of deployment and comes from the settings.
KIWOOM = {
    Environment.LIVE: Address("https://api.kiwoom.com", f"wss://api.kiwoom.com:10000{SOCKET_PATH}"),
    Environment.PAPER: Address("https://mockapi.kiwoom.com", f"wss://mockapi.kiwoom.com:10000{SOCKET_PATH}"),
}
