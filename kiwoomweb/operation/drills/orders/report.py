"""What ``drill orders`` prints."""

import time
from collections.abc import Callable, Mapping

from kiwoomweb.operation.drills.orders.racing import race
from kiwoomweb.operation.drills.orders.rig import Rig
from kiwoomweb.operation.drills.orders.running import Outcome, play
from kiwoomweb.operation.drills.orders.tracing import trace

__all__ = ["report"]

Write = Callable[[str], object]


def report(rig: Rig, write: Write, chosen: Mapping[str, int]) -> bool:
    """Play what was chosen and tell; whether nothing was sent twice, lost or bound to another order."""
    seed, held = chosen["seed"], True
    if trials := chosen["trials"]:
        write(f"  시행(trials) {trials:,}, seed {seed}")
        said = play(rig, seed, trials, write, chosen["first"])
        _tell(said, write)
        held = not said.faults
    if races := chosen["races"]:
        held = race(write, races) and held
    if sequences := chosen["sequences"]:
        held = _stories(write, seed, sequences) and held
    if traced := chosen["traced"]:
        held = trace(write, traced) and held
    return held


def _stories(write: Write, seed: int, sequences: int) -> bool:
    """So many random stories; the shortest that breaks something is printed."""
    try:
        import hypothesis
        from hypothesis.stateful import run_state_machine_as_test
    except ImportError:
        write("  ✗ hypothesis가 없습니다: 개발 묶음을 설치하세요 (install the development group)")
        return False
    from kiwoomweb.operation.drills.orders.story import Story

    began = time.monotonic()
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
    write(f"  이야기(stories) {sequences:,}, 깨진 것(broken) 0, {time.monotonic() - began:.1f} s")
    return True


def _tell(said: Outcome, write: Write) -> None:
    kills = ", ".join(f"{name} {count:,}" for name, count in sorted(said.killed.items(), key=_by_number))
    write(f"  강제 종료(SIGKILL) {sum(said.killed.values()):,}: {kills}")
    write("  장면(scenarios): " + ", ".join(f"{name} {count:,}" for name, count in said.played.most_common()))
    write("  회선 장애(wire): " + ", ".join(f"{name} {count:,}" for name, count in said.spoilt.most_common()))
    write("  끝 상태(states): " + ", ".join(f"{name} {count:,}" for name, count in said.states.most_common()))
    write(
        f"  중복(duplicate) {said.count('duplicate')}, 유실(lost) {said.count('lost')}, 오결합·불일치(wrong)"
        f" {said.count('wrong')}, 예약(held) {said.count('held')}, 감사(audit) {said.count('audit')} of"
        f" {said.chains}, 훈련 자체(drill) {said.count('drill')}"
    )
    each = 1000 * said.seconds / max(said.trials, 1)
    busy = f"{said.processor:.1f} s processor"
    write(f"  {said.trials:,} trials, {said.seconds:.1f} s, {each:.0f} ms/trial, {busy}")
    for number, kind, words in said.faults[:40]:
        write(f"      ✗ {number} {kind}: {words}"[:400])


def _by_number(item: tuple[str, int]) -> tuple[int, str]:
    digits = item[0].removeprefix("CP")
    return (int(digits) if digits.isdigit() else 99, item[0])
