"""The plan of one start: what the person asked for, and where things lie."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["EVERYWHERE", "Plan"]

LOOPBACK = "127.0.0.1"
#: "Listen on every address of this machine", which is not an address a browser can go to.
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104


@dataclass(frozen=True, slots=True)
class Plan:
    """What ``manage.py up`` was asked for."""

    var: Path
    host: str
    port: int
    #: None: no practice account, no simulator.
    simulator_port: int | None
    history: Path | None
    speed: str | None
    profile: str
    #: False when ``REDIS_URL`` names a server of one's own.
    own_valkey: bool
    #: Whether the web process speaks TLS itself.
    tls: bool = False

    def as_text(self) -> str:
        """For the command line of the supervisor."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_text(cls, text: str) -> "Plan":
        """Read ``as_text()`` back."""
        said = json.loads(text)
        paths = {name: Path(said[name]) for name in ("var", "history") if said[name]}
        return cls(**{**said, **paths})

    @property
    def address(self) -> str:
        """Where the browser goes."""
        scheme = "https" if self.tls else "http"
        return f"{scheme}://{LOOPBACK if self.host in EVERYWHERE else self.host}:{self.port}/"

    @property
    def demo_keys(self) -> Path:
        """The key pair of the practice account."""
        return self.var / "keys" / "demo.json"

    @property
    def setup_code(self) -> Path:
        """The one-time code of the first user; gone once there is one."""
        return self.var / "keys" / "setup.code"

    @property
    def prepared(self) -> Path:
        """Written when database and static files are ready: the web process waits for it."""
        return self.var / "run" / "prepared"

    @property
    def logs(self) -> Path:
        """One file for each process."""
        return self.var / "log"
