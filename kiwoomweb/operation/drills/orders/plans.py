"""Plans: what happens in one trial, drawn from the seed and the trial's number alone."""

from dataclasses import dataclass
from random import Random

from kiwoomweb.operation.drills.orders.wire import FAULTS

__all__ = ["BATCH", "SCENARIOS", "Plan", "plan"]

#: Trials on one account and one trading day: the broker's list of the day stays short.
BATCH = 16
#: Scenario -> how often, and at which crash points it may be ended.
SCENARIOS: dict[str, tuple[int, tuple[str, ...]]] = {
    "place": (46, ("CP0", "CP1", "CP2", "CP3", "CP4", "CP5", "CP6", "CP7", "CP8", "CP9", "CP10")),
    "modify": (14, ("CP3", "CP4", "CP5", "CP6", "CP7", "CP8", "CP9", "CP14")),
    "cancel": (14, ("CP3", "CP4", "CP5", "CP6", "CP7", "CP8", "CP9", "CP15")),
    "fill": (6, ("CP11", "CP12")),
    "halt": (4, ("CP16",)),
    "approve": (4, ("CP17",)),
    "two": (4, ("CP18",)),
    "blind": (6, ("",)),
    "full": (3, ("CP20", "CP21")),
    "backup": (1, ("CP19",)),
}
#: How often nobody dies, and only the wire is bad.
SPARED = 0.05
SPOILT = 0.5
TWINS = 0.15
#: After these there may be something to find out.
DOUBTFUL = frozenset({"CP4", "CP5", "CP6", "CP7", "CP8", "CP9", "CP14", "CP15", "CP18", "CP21"})
#: How often the recovery itself is ended while it resolves.
TWICE = 0.2


@dataclass(frozen=True, slots=True)
class Plan:
    """``crash`` blank: nobody dies. ``fault`` blank: the wire is good. ``step``: its own price."""

    number: int
    scenario: str
    crash: str
    fault: str
    where: float
    twin: bool
    again: bool
    step: int
    luck: float


def plan(seed: int, number: int) -> Plan:
    """The ``number``-th trial of a drill."""
    luck = Random(seed * 1_000_003 + number)
    names = list(SCENARIOS)
    scenario = luck.choices(names, [SCENARIOS[name][0] for name in names])[0]
    is_plain = scenario in {"place", "modify", "cancel"}
    spared = luck.random() < SPARED and is_plain
    crash = "" if spared else luck.choice(SCENARIOS[scenario][1])
    spoilt = luck.random() < SPOILT and (is_plain or scenario == "blind")
    return Plan(
        number=number,
        scenario=scenario,
        crash=crash,
        fault=luck.choice(list(FAULTS)) if spoilt else "",
        where=luck.random(),
        twin=luck.random() < TWINS and scenario in {"place", "blind"},
        again=luck.random() < TWICE and crash in DOUBTFUL,
        step=number % BATCH,
        luck=luck.random(),
    )
