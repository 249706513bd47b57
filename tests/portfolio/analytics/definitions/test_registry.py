"""Every figure is defined, named in two languages, and proved by a case somebody computed by hand.

A test says so with ``@pytest.mark.golden(key, ...)`` and shows the arithmetic in its docstring.
"""

import ast
from collections.abc import Iterator

from portfolio.analytics.definitions import DEFINITIONS
from portfolio.analytics.definitions.reasons import REASONS
from portfolio.analytics.measures import Why
from tests.architecture.sources import ROOT


def test_every_figure_has_a_case_computed_by_hand() -> None:
    proved = {key for _, _, keys in _golden() for key in keys}
    assert sorted(set(DEFINITIONS) - proved) == []


def test_every_hand_computed_case_shows_its_arithmetic() -> None:
    assert [where for where, arithmetic, _ in _golden() if not any(c.isdigit() for c in arithmetic)] == []


def test_no_case_proves_what_is_not_defined() -> None:
    assert {where: odd for where, _, keys in _golden() if (odd := keys - set(DEFINITIONS))} == {}


def test_every_definition_is_whole() -> None:
    whole = [d for d in DEFINITIONS.values() if d.name and d.english and d.formula and d.needs >= 1]
    assert len(whole) == len(DEFINITIONS)
    assert {d.source for d in whole} <= {"3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7"}


def test_no_two_figures_share_a_name() -> None:
    for names in ([d.name for d in DEFINITIONS.values()], [d.english for d in DEFINITIONS.values()]):
        assert len(names) == len(set(names))


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Why) - {Why.KNOWN}


def _golden() -> Iterator[tuple[str, str, set[str]]]:
    """(where, docstring, keys) of every test that claims to prove figures."""
    for path in sorted((ROOT / "tests/portfolio/analytics").rglob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            keys = set(_keys(node)) if isinstance(node, ast.FunctionDef) else set()
            if keys and isinstance(node, ast.FunctionDef):
                yield f"{path.name}:{node.name}", ast.get_docstring(node) or "", keys


def _keys(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.golden":
            yield from (ast.literal_eval(argument) for argument in mark.args)
