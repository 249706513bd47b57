"""The relay benchmark on a small scale, and real sockets that misbehave."""

import json
import socket
from collections.abc import Iterator
from typing import Self

import pytest

from kiwoomweb.operation.benchmarks.relay.entering import with_pass
from kiwoomweb.operation.benchmarks.relay.most import keeps
from kiwoomweb.operation.benchmarks.relay.stage import Stage, staged
from kiwoomweb.operation.benchmarks.relay.targets import Target
from kiwoomweb.operation.benchmarks.relay.trial import Trial, Window
from kiwoomweb.operation.benchmarks.relay.wire import CLOSE, PING, TEXT, Inbox, client_frame, upgrade
from market.browser import WINDOW

pytestmark = [pytest.mark.drill, pytest.mark.timeout(900)]

TICKS, SECONDS = 300, 2.0
TOO_BIG, NO_TEXT, NONSENSE = 1009, 1007, 4400
#: What no browser sends ends the connection at once.
CUT_OFF = {TOO_BIG, NO_TEXT}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage") / "var", people=3) as stage:
        stage.others()
        yield stage


@pytest.fixture
def trial(stage: Stage) -> Trial:
    return Trial(stage)


class Guest:
    """A page on a bare socket, with nothing of a browser's manners."""

    def __init__(self, stage: Stage) -> None:
        port = stage.ports["web"]
        self.inbox = Inbox()
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        cookie = f"sessionid={stage.sessions[0]}"
        path = with_pass("127.0.0.1", port, f"/ws/live/{stage.code}/", cookie)
        self.socket.sendall(upgrade(f"127.0.0.1:{port}", path, cookie))
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.socket.recv(1)
        assert head.startswith(b"HTTP/1.1 101")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def says(self, text: bytes, kind: int = TEXT) -> None:
        self.socket.sendall(client_frame(text, kind))

    def hears(self, most: int = 65_536) -> Iterator[tuple[int, bytes]]:
        """Messages as they come, read in bites of so many bytes, until the server closes."""
        while came := self.socket.recv(most):
            yield from self.inbox.take(came)

    def is_closed_with(self) -> int:
        return next(int.from_bytes(told[:2], "big") for kind, told in self.hears() if kind == CLOSE)


def test_two_web_processes_bring_every_newest_value_to_everybody(trial: Trial) -> None:
    with trial.seated("ours", 6, webs=2):
        window = trial.window(TICKS, SECONDS)
        wrong, checked = trial.wrong()
    assert window.told["updates"] > 0
    assert (wrong, checked, window.told["gaps"], window.told["left"]) == (0, 120, 0, 0)


def test_every_print_comes_to_whoever_follows_the_tape(trial: Trial) -> None:
    with trial.seated("ours", 4, kind="prints", rate=20.0):
        window = trial.window(TICKS, SECONDS)
    assert window.told["updates"] > 0
    assert window.told["lost"] == 0


def test_the_designs_beside_ours_work_too(trial: Trial, stage: Stage) -> None:
    for design, ticks in (("naive", 20), *((bound, TICKS) for bound in stage.bounds)):
        with trial.seated(design, 3):
            window = trial.window(ticks, SECONDS)
            wrong, _ = trial.wrong()
        assert window.told["updates"] > 0
        assert wrong == 0


def test_a_browser_that_never_reads_costs_the_others_nothing(trial: Trial, stage: Stage) -> None:
    with trial.seated("ours", 6):
        trial.window(TICKS, SECONDS)
        assert stage.load.ask("sleep", part=0.5)["sleeping"] == 3
        window = trial.window(TICKS, SECONDS, settle=0)
        wrong, checked = trial.wrong()
    assert window.told["updates"] > 0
    assert (wrong, checked) == (0, 60)


def test_a_reader_of_a_kilobyte_at_a_time_gets_a_window_of_messages_until_it_acknowledges(
    trial: Trial, stage: Stage
) -> None:
    with Guest(stage) as slow:
        _dawdle(slow, trial, stage)


def _dawdle(slow: Guest, trial: Trial, stage: Stage) -> None:
    slow.says(json.dumps({"follow": [f"quote:{symbol}" for symbol in stage.symbols[:100]]}).encode())
    with trial.seated("ours", 2):
        window = trial.window(TICKS, SECONDS)
    assert window.told["updates"] > 0
    slow.says(b'{"ping":7}')
    seqs = []
    for kind, text in slow.hears(1_024):
        told = json.loads(text) if kind == TEXT else {}
        if told.get("pong") == 7:
            break
        seqs += [told["seq"]] if "seq" in told else []
    assert seqs == list(range(1, WINDOW + 1))
    slow.says(b'{"ack":%d}' % WINDOW)
    assert next(json.loads(text)["seq"] for kind, text in slow.hears(1_024) if kind == TEXT) == WINDOW + 1


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        (b"x" * 10_000_000, TEXT, TOO_BIG),
        (b'{"follow": ["quote:005930"', TEXT, NONSENSE),
        (b"\x00\xff\xfe", 2, NONSENSE),
        (b"\xff\xff", TEXT, NO_TEXT),
    ],
    ids=["ten megabytes", "half a sentence", "binary", "no text"],
)
def test_garbage_ends_its_own_socket_and_no_other(stage: Stage, text: bytes, kind: int, code: int) -> None:
    with Guest(stage) as good, Guest(stage) as bad:
        try:
            bad.says(text, kind)
            assert bad.is_closed_with() == code
        except (ConnectionError, StopIteration):  # cut off in the middle of it, without another word
            assert code in CUT_OFF
        good.says(b'{"ping":1}')
        assert next(True for _, told in good.hears() if told == b'{"pong":1}')


def test_a_floor_decides_and_a_stretch_is_told() -> None:
    assert Target("T2", "p99", 110, "ms", 120, 110).line == "✓✓   T2  p99: 110.0 ms (<= 120, <= 110)"
    assert Target("T2", "p99", 115, "ms", 120, 110).line.startswith("✓ ")
    assert not Target("T1", "times", 149, "×", 150, 250, is_most=False).holds
    assert Target("", "for comparison", 1).holds


@pytest.mark.parametrize(
    ("p99", "updates", "lost", "made", "kept"),
    [(99, 100, 0, 50, True), (101, 100, 0, 50, False), (99, 97, 0, 50, False), (99, 100, 1, 50, False),
     (99, 100, 0, 40, False), (0, 0, 0, 50, False)],
)  # fmt: skip
def test_a_rate_is_kept_when_all_of_it_comes_in_time(
    p99: float, updates: int, lost: int, made: float, kept: bool
) -> None:
    window = Window(
        {"p99": p99, "updates": updates, "lost": lost}, 100, made, 45, 1.0, {}
    )  # nobody follows every tenth
    assert keeps(window, 50) is kept


def test_the_file_of_frames_reads_what_it_writes() -> None:
    inbox = Inbox()
    whole = client_frame(b"a" * 70_000) + client_frame(b"b" * 300, PING) + client_frame(b"")
    heard = [one for at in range(0, len(whole), 999) for one in inbox.take(whole[at : at + 999])]
    assert [(kind, len(text)) for kind, text in heard] == [(TEXT, 70_000), (PING, 300), (TEXT, 0)]
