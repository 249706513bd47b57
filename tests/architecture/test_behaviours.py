"""Every one of the 82 behaviours a stand-in for the broker must show is proved by a test that names its number.

A test says so with ``@pytest.mark.behaviour(number, ...)``; a test that is skipped or expected to fail proves
nothing.
"""

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOT, Function

ALL = set(range(1, 83))


def test_every_behaviour_is_proved() -> None:
    proved = {number for _, test in _tests() for number in _numbers(test)}
    assert sorted(ALL - proved) == []


def test_no_number_is_made_up() -> None:
    odd = {f"{where}:{test.name}": wrong for where, test in _tests() if (wrong := _numbers(test) - ALL)}
    assert odd == {}


def test_what_proves_a_behaviour_runs() -> None:
    idle = [
        f"{where}:{test.name}"
        for where, test in _tests()
        if _numbers(test) and any("skip" in name or "xfail" in name for name in _marks(test))
    ]
    assert idle == []


def _tests() -> Iterator[tuple[str, Function]]:
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function) and node.name.startswith("test_"):
                yield str(path.relative_to(ROOT)), node


def _numbers(test: Function) -> set[object]:
    """The arguments of a test's ``behaviour`` marks; what is no literal is odd by itself."""
    return {
        argument.value if isinstance(argument, ast.Constant) else ast.unparse(argument)
        for mark in test.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.behaviour"
        for argument in mark.args
    }


def _marks(test: Function) -> list[str]:
    return [ast.unparse(mark) for mark in test.decorator_list]
