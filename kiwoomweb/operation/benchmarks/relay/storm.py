"""The storm: every browser is cut off and comes back within ten seconds, while people open pages."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from kiwoomweb.operation.benchmarks.relay.targets import Target
from kiwoomweb.operation.benchmarks.relay.trial import Trial

__all__ = ["storm_targets"]

WITHIN, FRESH, TICKS = 10.0, 15.0, 1_000
LOOK_EVERY = 0.5


def storm_targets(trial: Trial, browsers: int) -> Iterator[Target]:
    """Back and fresh, and no answer of the server's that blames the server."""
    with trial.seated("ours", browsers, webs=2):
        trial.window(TICKS, 1)
        with _visitor(trial) as statuses:
            told = trial.stage.load.ask("storm", within=WITHIN)
        wrong, _checked = trial.wrong()
    broken = [status for status in [*statuses, *told["refused"]] if status >= 500]
    what = f"{browsers}개 재접속, 10초 동안 (reconnect storm)"
    yield Target("", f"{what}: 모두 최신 (all fresh)", told["seconds"], "s", FRESH)
    yield Target("", "   돌아오지 못한 곳 (not back)", browsers - told["fresh"], "", 0)
    yield Target("", f"   5xx (of {len(statuses)} pages and {browsers} sockets)", len(broken), "", 0)
    yield Target("", "   마지막 값이 틀린 곳 (newest values lost)", wrong, "", 0)


@contextmanager
def _visitor(trial: Trial) -> Iterator[list[int]]:
    """Somebody who opens a page of the account twice a second meanwhile; the statuses of the answers."""
    over, statuses = threading.Event(), list[int]()
    address = f"http://127.0.0.1:{trial.stage.ports['web']}/a/{trial.stage.code}/"

    def visit() -> None:
        with httpx.Client(trust_env=False, timeout=30) as browser:
            browser.cookies.set("sessionid", trial.stage.sessions[0])
            while not over.wait(LOOK_EVERY):
                statuses.append(browser.get(address).status_code)

    person = threading.Thread(target=visit)
    person.start()
    try:
        yield statuses
    finally:
        over.set()
        person.join()
