"""Entry points are thin: what happens is in a service, which can be tested without a queue or a socket."""

import ast
from pathlib import Path

from tests.architecture.sources import Function, functions, modules

ENTRIES = {"tasks.py", "consumers.py", "stream.py", "receivers.py"}
#: Its ``stream.py`` is the client of a socket, not a way in.
BROKER = Path("kiwoomweb/broker")
MOST_STATEMENTS = 6
#: What may lie in the queue. Text and numbers name rows; nothing else survives a restart unharmed.
TASK_ARGUMENTS = {"int", "str"}


def test_entry_points_hand_over_within_six_statements() -> None:
    fat = [
        f"{path}:{function.name} has {count} statements"
        for path, tree in modules().items()
        if path.name in ENTRIES and path.parent != BROKER
        for function in functions(tree)
        if (count := _statements(function)) > MOST_STATEMENTS
    ]
    assert fat == []


def test_tasks_take_ids_and_nothing_else() -> None:
    heavy = [
        f"{path}:{task.name}({ast.unparse(argument)})"
        for path, tree in modules().items()
        if path.name == "tasks.py"
        for task in functions(tree)
        if any("shared_task" in ast.unparse(decorator) for decorator in task.decorator_list)
        for argument in [*task.args.posonlyargs, *task.args.args, *task.args.kwonlyargs]
        if argument.annotation is None or ast.unparse(argument.annotation) not in TASK_ARGUMENTS
    ]
    assert heavy == []


def test_there_are_entry_points_to_look_at() -> None:
    assert {path.name for path in modules()} >= {"tasks.py", "consumers.py", "stream.py"}


def _statements(function: Function) -> int:
    """Statements of the body, nested ones too, the docstring apart."""
    inner = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and node is not function]
    return len(inner) - (ast.get_docstring(function) is not None)
