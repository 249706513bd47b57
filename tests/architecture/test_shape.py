"""Files and functions keep a size that fits a glance, and every module says what it is for."""

import ast

from tests.architecture.sources import functions, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 45


def test_every_module_opens_with_a_sentence() -> None:
    assert [str(path) for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)] == []


def test_every_package_says_what_it_is() -> None:
    """``kiwoomweb`` itself is empty on purpose: importing the broker loads nothing else."""
    silent = [str(path) for path, tree in modules().items() if path.name == "__init__.py" and not tree.body]
    assert silent == ["kiwoomweb/__init__.py"]


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    ends = {
        path: max((node.end_lineno or 0 for node in tree.body), default=0) for path, tree in modules().items()
    }
    assert {str(path): lines for path, lines in ends.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_forty_five_lines() -> None:
    long = {
        f"{path}:{function.name}": lines
        for path, tree in modules().items()
        for function in functions(tree)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}
