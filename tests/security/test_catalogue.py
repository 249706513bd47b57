"""The threat model's eighty tests (``catalogue.tsv``), and the requirements of ASVS 5.0 they stand for.

``tests`` are paths below ``tests/`` with the name of the test, ``*`` for every test of the file; ``short_of``
says what of the number they do not show. Each requirement is named by a mark on one of the tests of its number.
"""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
with (HERE / "catalogue.tsv").open(encoding="utf-8", newline="") as _file:
    LINES = list(csv.DictReader(_file, delimiter="\t"))
NUMBER = re.compile(r"(?:S-)?(\d+)").fullmatch


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def missing(named: str) -> bool:
    """Whether the test a line names is not there, or could not fail."""
    file, _, test = named.partition("::")
    path = HERE.parent / file
    if not path.is_file():
        return True
    there = {name for name in names_in(path) if name.startswith("test_")}
    return not there if test == "*" else test not in there


def marks() -> Iterator[tuple[str, str]]:
    """(number, requirement) of every mark that stands on a test or on a file of tests."""
    for path in HERE.parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "mark.security(" not in text or not any(name.startswith("test_") for name in names_in(path)):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.security"):
                number, *named = [ast.literal_eval(each) for each in node.args]
                listed = [ast.literal_eval(word.value) for word in node.keywords if word.arg == "asvs"]
                found = NUMBER(str(number))
                assert found, f"{path.name}: {number}"
                for requirement in (*named, *(listed[0] if listed else ())):
                    yield f"S-{int(found[1]):02}", requirement


def test_all_eighty_numbers_are_here_each_with_tests() -> None:
    assert [line["number"] for line in LINES] == [f"S-{number:02}" for number in range(1, 81)]
    assert [line["number"] for line in LINES if not line["tests"]] == []


def test_every_test_the_table_names_is_there() -> None:
    gone = [f"{line['number']}: {name}" for line in LINES for name in line["tests"].split() if missing(name)]
    assert gone == []
    assert missing("security/test_catalogue.py::test_that_nobody_has_written")
    assert missing("security/test_no_such_file.py::*")


def test_every_requirement_the_model_names_is_marked_on_a_test_of_its_number() -> None:
    wanted = {(line["number"], name) for line in LINES for name in line["asvs"].split()}
    every = {name for _number, name in wanted}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", name) for name in every)
    assert len(every) == 208
    told = set(marks())
    unmarked = every - {name for number, name in told if (number, name) in wanted}
    assert sorted(unmarked) == [], "mark the test that would fail without it"
    assert ("S-01", "99.9.9") not in told


def test_every_number_a_mark_names_is_in_the_table() -> None:
    assert {number for number, _name in marks()} <= {line["number"] for line in LINES}
