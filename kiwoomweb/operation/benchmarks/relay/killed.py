"""The web process is killed: a supervisor starts it again, the browsers knock until they are back and fresh."""

from collections.abc import Iterator

from kiwoomweb.operation.benchmarks.relay.targets import Target
from kiwoomweb.operation.benchmarks.relay.trial import Trial

__all__ = ["killed_targets"]

BROWSERS, TICKS, FRESH = 3, 1_000, 5.0


def killed_targets(trial: Trial) -> Iterator[Target]:
    """Seconds from the kill to the last browser's first new value."""
    with trial.seated("ours", BROWSERS):
        trial.window(TICKS, 1)
        trial.stage.kill("web")
        told = trial.stage.load.ask("again")
        wrong, _checked = trial.wrong()
    yield Target("", "웹 프로세스를 죽인 뒤 모두 최신 (killed, all fresh)", told["seconds"], "s", FRESH)
    yield Target("", "   마지막 값이 틀린 곳 (newest values lost)", wrong, "", 0)
