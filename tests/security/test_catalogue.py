"""The threat model's eighty tests (``catalogue.tsv``): each number names its tests, or says why there is none.

``tests`` are paths below ``tests/`` with the name of the test, ``*`` for every test of the file. A number left
without one says ``open:`` and what is missing, or whose matter it is.
"""

import ast
import csv
import re
from pathlib import Path

HERE = Path(__file__).parent
with (HERE / "catalogue.tsv").open(encoding="utf-8", newline="") as _file:
    LINES = list(csv.DictReader(_file, delimiter="\t"))
#: ASVS requirements that no test of ours stands for; this list may only shrink.
NOT_YET = """
12.1.1 12.1.2 12.2.1 13.2.3 13.3.2 13.4.4 13.4.5 15.2.2 15.2.5 15.3.6 15.4.2 16.2.3 16.2.4 16.5.2
16.5.3 2.1.3 2.2.1 2.3.2 3.1.1 3.5.6 3.5.7 3.7.1 3.7.5 4.1.2 4.2.1 4.2.5 4.4.1
"""
OPEN = set(NOT_YET.split())


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


def test_all_eighty_numbers_are_here_with_a_test_or_the_reason_why_there_is_none() -> None:
    assert [line["number"] for line in LINES] == [f"S-{number:02}" for number in range(1, 81)]
    assert [line["number"] for line in LINES if bool(line["tests"]) == bool(line["none_because"])] == []
    assert all(len(line["none_because"]) > 20 for line in LINES if line["none_because"])


def test_every_test_the_table_names_is_there() -> None:
    gone = [f"{line['number']}: {name}" for line in LINES for name in line["tests"].split() if missing(name)]
    assert gone == []
    assert missing("security/test_catalogue.py::test_that_nobody_has_written")
    assert missing("security/test_no_such_file.py::*")


def test_every_requirement_is_proved_by_a_test_or_is_on_the_open_list() -> None:
    every = {name for line in LINES for name in line["asvs"].split()}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", name) for name in every)
    proved = {name for line in LINES if line["tests"] for name in line["asvs"].split()}
    assert every - proved == OPEN, "prove it and take it off the list; nothing may be added"
    assert len(every) == 188


def test_every_number_a_test_says_of_itself_is_in_the_table() -> None:
    said = re.compile(r"mark\.security\(\s*(?:\"S-)?(\d+)")
    numbers = {
        int(found)
        for path in HERE.parent.rglob("*.py")
        for found in said.findall(path.read_text(encoding="utf-8"))
    }
    assert numbers <= set(range(1, 81))
    silent = {int(line["number"][2:]) for line in LINES if not line["tests"]}
    assert numbers & silent == set(), "the table says there is none"
