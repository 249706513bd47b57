"""Tales: so many stories told by Hypothesis, counted as they end; of what breaks, the shortest way there."""

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

__all__ = ["Told", "breach", "tell", "together"]

#: Steps of a story after its beginning.
STEPS = 12
#: Stories of one run of Hypothesis: what it has tried is kept in memory.
CHAPTER = 500
#: Letters of a breach that are printed: the steps that lead to it, and how to repeat it.
MOST = 6_000


@dataclass
class Told:
    """Stories that were lived to the end, every step of theirs followed by the invariants."""

    stories: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    #: A digest of the steps of each story, with all that was drawn for them.
    different: set[bytes] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    processor: float = 0.0

    def hear(self, steps: Iterable[tuple[Any, ...]]) -> None:
        """One more."""
        steps = list(steps)
        self.stories += 1
        self.steps.update(name for name, *_drawn in steps)
        self.different.add(blake2b(repr(steps).encode(), digest_size=12).digest())


def together(parts: Iterable[Told]) -> Told:
    """The sum of several workers; a story that two of them told is one."""
    whole = Told()
    for part in parts:
        whole.stories += part.stories
        whole.processor += part.processor
        whole.steps.update(part.steps)
        whole.different |= part.different
        whole.broken += part.broken
    return whole


def tell(write: Callable[[str], object], seed: int, stories: int) -> Told:
    """Tell so many in this process, whose database goes into memory; chapter by chapter until one breaks."""
    try:
        import hypothesis  # noqa: F401  of the development group
    except ImportError:
        return Told(broken=["hypothesis가 없습니다: 개발 묶음을 설치하세요 (install the development group)"])
    from kiwoomweb.operation.drills.orders.stage import Stage
    from kiwoomweb.operation.drills.orders.story import Story

    told, began = Told(), time.monotonic()
    stage = Stage(lambda: _first_order(Story()))
    machine = type("Told", (Story,), {"ready": staticmethod(stage.next), "lived": staticmethod(told.hear)})
    gc.collect()
    gc.freeze()
    for number, first in enumerate(range(0, stories, CHAPTER)):
        if words := breach(machine, seed * 1000 + number, min(CHAPTER, stories - first)):
            told.broken.append(words)
            write(f"  ✗ {words}")  # at once: the other workers may go on for an hour
            break
        write(f"  … {told.stories:,} stories, seed {seed}, {time.monotonic() - began:.0f} s")
    told.processor = time.process_time()
    return told


def _first_order(story: Any) -> Any:
    story.begin()
    return story.leave()


def breach(machine: Any, seed: int, stories: int) -> str:
    """What broke, with the shortest story that leads there; blank when all held."""
    import hypothesis
    from hypothesis.stateful import run_state_machine_as_test

    wanted = hypothesis.settings(
        max_examples=stories,
        stateful_step_count=STEPS + 1,  # the beginning is one of them
        deadline=None,
        database=None,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
        suppress_health_check=list(hypothesis.HealthCheck),
        report_multiple_bugs=False,
        print_blob=True,
    )
    try:
        run_state_machine_as_test(hypothesis.seed(seed)(machine), settings=wanted)
    except Exception as broken:  # whatever ended a story is what the drill is for
        notes = "\n".join(getattr(broken, "__notes__", ()))
        return f"seed {seed}, {type(broken).__name__}: {broken}\n{notes}"[:MOST]
    return ""
