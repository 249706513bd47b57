"""What ``drill orders`` prints."""

import time
from collections.abc import Callable, Mapping
from functools import partial

from kiwoomweb.operation.drills.orders import tales
from kiwoomweb.operation.drills.orders.outcome import Outcome, together
from kiwoomweb.operation.drills.orders.racing import HANDS, race
from kiwoomweb.operation.drills.orders.rig import start
from kiwoomweb.operation.drills.orders.running import play
from kiwoomweb.operation.drills.orders.tracing import trace
from kiwoomweb.operation.drills.orders.workers import side_by_side

__all__ = ["report"]

#: Between the first trials of two workers.
APART = 1_000_000

Write = Callable[[str], object]


def report(write: Write, chosen: Mapping[str, int]) -> bool:
    """Play what was chosen and tell; whether nothing was sent twice, lost or bound to another order."""
    seed, workers, held = chosen["seed"], max(chosen["workers"], 1), True
    if trials := chosen["trials"]:
        write(f"  시행(trials) {trials:,}, seed {seed}, workers {workers}")
        said = together(side_by_side(_kills(write, chosen, trials, min(workers, trials))))
        _tell(said, write)
        held = not said.faults and said.kills >= trials
    if races := chosen["races"]:
        held = _races(write, races, workers) and held
    if sequences := chosen["sequences"]:
        held = _stories(write, seed, sequences, workers) and held
    if traced := chosen["traced"]:
        held = trace(write, traced) and held
    return held


def _kills(write: Write, chosen: Mapping[str, int], trials: int, workers: int) -> list[Callable[[], Outcome]]:
    """The kills of each worker; their trials have numbers far apart."""
    seed, first = chosen["seed"], chosen["first"]
    shares = enumerate(_shares(trials, workers))
    return [partial(_killed, write, seed, share, first + part * APART) for part, share in shares]


def _killed(write: Write, seed: int, kills: int, first: int) -> Outcome:
    return play(start(seed), seed, kills, write, first)


def _shares(whole: int, parts: int) -> list[int]:
    return [whole // parts + (part < whole % parts) for part in range(parts)]


def _races(write: Write, races: int, workers: int) -> bool:
    """Every worker has a database of its own, in which eight hands meet."""
    began = time.monotonic()
    wrong: int = sum(side_by_side([partial(race, share) for share in _shares(races, min(workers, races))]))
    taken = time.monotonic() - began
    write(f"  동시(races) {races:,} x {HANDS}, 어긋남(wrong) {wrong}, {taken:.1f} s")
    return wrong == 0


def _stories(write: Write, seed: int, sequences: int, workers: int) -> bool:
    """So many random stories, counted as they end; the shortest that breaks something is printed."""
    began = time.monotonic()
    shares = enumerate(_shares(sequences, min(workers, sequences)))
    jobs = [partial(tales.tell, write, seed * 1000 + part, share) for part, share in shares]
    told = tales.together(side_by_side(jobs))
    steps, many = told.steps.total(), max(told.stories, 1)
    write("  걸음(steps): " + ", ".join(f"{name} {count:,}" for name, count in told.steps.most_common()))
    each = f"{1000 * told.processor / many:.0f} ms processor/story"
    write(
        f"  이야기(stories) {told.stories:,}, 서로 다른(different) {len(told.different):,},"
        f" 걸음(steps) {steps:,}, 평균(mean) {steps / many:.1f}, 깨진 것(broken) {len(told.broken)},"
        f" {time.monotonic() - began:.1f} s, {each}"
    )
    return not told.broken and told.stories >= sequences


def _tell(said: Outcome, write: Write) -> None:
    kills = ", ".join(f"{name} {count:,}" for name, count in sorted(said.killed.items(), key=_by_number))
    write(f"  강제 종료(SIGKILL) {said.kills:,}: {kills}")
    write("  장면(scenarios): " + ", ".join(f"{name} {count:,}" for name, count in said.played.most_common()))
    write("  회선 장애(wire): " + ", ".join(f"{name} {count:,}" for name, count in said.spoilt.most_common()))
    write("  끝 상태(states): " + ", ".join(f"{name} {count:,}" for name, count in said.states.most_common()))
    write(
        f"  중복(duplicate) {said.count('duplicate')}, 유실(lost) {said.count('lost')}, 오결합·불일치(wrong)"
        f" {said.count('wrong')}, 예약(held) {said.count('held')}, 감사(audit) {said.count('audit')} of"
        f" {said.chains}, 훈련 자체(drill) {said.count('drill')}"
    )
    each = 1000 * said.processor / max(said.kills, 1)
    busy = f"{said.processor:.1f} s processor, {each:.0f} ms processor/kill"
    write(f"  {said.trials:,} trials, {said.kills:,} kills, {said.seconds:.1f} s, {busy}")
    for number, kind, words in said.faults[:40]:
        write(f"      ✗ {number} {kind}: {words}"[:400])


def _by_number(item: tuple[str, int]) -> tuple[int, str]:
    digits = item[0].removeprefix("CP")
    return (int(digits) if digits.isdigit() else 99, item[0])
