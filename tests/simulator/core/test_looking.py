"""Types without events are looked at in turn, within a heartbeat's time, and told when they differ."""

import logging
from collections.abc import Mapping
from typing import Any

import pytest

from kiwoomweb.simulator.looking import Looking
from kiwoomweb.simulator.turns import BUDGET_S

ITEMS = [f"{number:06}" for number in range(200)]


class World:
    """Looks that cost two milliseconds each on a clock of their own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.values: dict[str, str] = {}
        self.looked: list[tuple[str, str]] = []
        self.broken: set[str] = set()

    def __call__(self) -> float:
        return self.now

    def look(self, kind: str, item: str) -> Mapping[str, str] | None:
        self.now += 0.002
        self.looked.append((kind, item))
        if item in self.broken:
            raise ZeroDivisionError(item)
        return {"10": self.values.get(item, "1")}

    def looking(self, *kinds: str) -> Looking:
        looks: Any = {kind: lambda exchange, item, kind=kind: self.look(kind, item) for kind in kinds}
        return Looking(None, self, looks)  # type: ignore[arg-type]


def pairs(*kinds: str) -> set[tuple[str, str]]:
    return {(kind, item) for kind in kinds for item in ITEMS}


def beats(world: World, one: Looking, asked: set[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    told = []
    for _ in range(count):
        told += [pair for pair, _ in one.changed(asked)]
        world.now += 0.15
    return told


def test_two_hundred_items_of_several_types_all_get_their_turn() -> None:
    world = World()
    one, asked = world.looking("0A", "0C", "0F", "0w"), pairs("0A", "0C", "0F", "0w")
    told = beats(world, one, asked, 100)
    assert set(told) == asked
    assert len(told) == len(asked)
    counts = {pair: world.looked.count(pair) for pair in asked}
    assert max(counts.values()) - min(counts.values()) <= 1


def test_one_heartbeat_spends_only_its_share_however_much_is_asked() -> None:
    world = World()
    one, asked = world.looking("0A", "0C"), pairs("0A", "0C")
    for _ in range(20):
        began = world.now
        list(one.changed(asked))
        assert world.now - began <= BUDGET_S + 0.002
        world.now += 0.15


def test_a_pair_is_looked_at_once_a_second_and_told_when_it_differs() -> None:
    world = World()
    one, asked = world.looking("0C"), {("0C", "000001")}
    assert beats(world, one, asked, 20) == [("0C", "000001")]
    assert len(world.looked) <= 4
    world.values["000001"] = "2"
    assert beats(world, one, asked, 20) == [("0C", "000001")]


def test_who_registers_again_is_told_again() -> None:
    world = World()
    one, asked = world.looking("0C"), {("0C", "000001")}
    beats(world, one, asked, 10)
    beats(world, one, set(), 1)
    assert beats(world, one, asked, 10) == [("0C", "000001")]


def test_a_broken_model_silences_itself_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    world.broken = {"000001"}
    one, asked = world.looking("0C", "0w"), {("0C", "000001"), ("0w", "000002")}
    with caplog.at_level(logging.ERROR):
        told = beats(world, one, asked, 30)
    assert told == [("0w", "000002")]
    assert len(caplog.records) == 1


def test_types_nobody_can_look_at_are_left_alone() -> None:
    world = World()
    assert beats(world, world.looking("0C"), {("0B", "000001")}, 3) == []
