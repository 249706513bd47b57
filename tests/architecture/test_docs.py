"""The README names every command and every variable somebody can set, and nothing that is not there."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, calls, first_text, modules

READMES = ("README.md", "README.ko.md")
SETTINGS = (Path("kiwoomweb/settings.py"), Path("kiwoomweb/management/commands/up.py"))
READERS = ("addresses", "database", "flag", "mail", "number", "secret_file", "text")
#: Read elsewhere than in the settings.
OTHERS = {"CHROMIUM"}


def variables() -> set[str]:
    """Every variable the settings read from the environment."""
    found = {first_text(call) for path in SETTINGS for call in calls(modules()[path], *READERS)}
    return {name for name in found if name and name.isupper()} | OTHERS


def commands() -> set[str]:
    """Every command of our own."""
    return {path.stem for path in modules() if path.parent.name == "commands" and path.stem != "__init__"}


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_variable(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert sorted(name for name in variables() if f"`{name}`" not in text) == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_every_command(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert sorted(name for name in commands() if f"manage.py {name}" not in text) == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_no_command_that_is_not_there(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    django = {"migrate", "changepassword", "check", "makemigrations", "dumpdata", "shell", "createsuperuser"}
    assert set(re.findall(r"manage\.py ([a-z]+)", text)) - commands() - django == set()


def test_the_example_environment_names_every_variable() -> None:
    named = set(
        re.findall(r"^#?\s*([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named == variables()
