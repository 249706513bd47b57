"""What ``drill orders`` prints."""

import time
from collections.abc import Callable, Mapping
from functools import partial

from kiwoomweb.operation.drills.orders.outcome import Outcome, together
from kiwoomweb.operation.drills.orders.racing import race
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
        held = race(write, races) and held
    if sequences := chosen["sequences"]:
        shares = _shares(sequences, workers)
        began = time.monotonic()
        jobs = [partial(_stories, write, seed * 1000 + part, share) for part, share in enumerate(shares)]
        broken = sum(not one for one in side_by_side(jobs))
        write(f"  이야기(stories) {sequences:,}, 깨진 것(broken) {broken}, {time.monotonic() - began:.1f} s")
        held = not broken and held
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


def _stories(write: Write, seed: int, sequences: int) -> bool:
    """So many random stories; the shortest that breaks something is printed."""
    try:
        import hypothesis
        from hypothesis.stateful import run_state_machine_as_test
    except ImportError:
        write("  ✗ hypothesis가 없습니다: 개발 묶음을 설치하세요 (install the development group)")
        return False
    from kiwoomweb.operation.drills.orders.story import Story

    machine = hypothesis.seed(seed)(type("Seeded", (Story,), {}))
    wanted = hypothesis.settings(
        max_examples=sequences,
        stateful_step_count=12,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    try:
        run_state_machine_as_test(machine, settings=wanted)
    except AssertionError as broken:
        write(f"      ✗ story: {broken} {getattr(broken, '__notes__', '')}"[:2000])
        return False
    return True


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
