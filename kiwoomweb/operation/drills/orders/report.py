"""What ``drill orders`` prints."""

from collections.abc import Callable

from kiwoomweb.operation.drills.orders.rig import Rig
from kiwoomweb.operation.drills.orders.running import Outcome, play

__all__ = ["report"]

Write = Callable[[str], object]


def report(rig: Rig, write: Write, *, seed: int, trials: int, first: int = 0) -> bool:
    """Play and tell; whether nothing was sent twice, lost or bound to another order."""
    write(f"  시행(trials) {trials:,}, seed {seed}")
    said = play(rig, seed, trials, write, first)
    _tell(said, write)
    return not said.faults


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
    write(f"  {said.trials:,} trials, {said.seconds:.1f} s, {each:.0f} ms/trial")
    for number, kind, words in said.faults[:40]:
        write(f"      ✗ {number} {kind}: {words}"[:400])


def _by_number(item: tuple[str, int]) -> tuple[int, str]:
    digits = item[0].removeprefix("CP")
    return (int(digits) if digits.isdigit() else 99, item[0])
