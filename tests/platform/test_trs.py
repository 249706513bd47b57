"""``manage.py trs``: a person who wonders about a TR asks the command, and strangers get a plain word."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kiwoomweb.broker.catalogue import find
from kiwoomweb.broker.reading import read
from kiwoomweb.operation.every_tr.check import check_all
from kiwoomweb.operation.every_tr.door import Door
from kiwoomweb.operation.every_tr.mutating import bend
from kiwoomweb.operation.every_tr.outcome import read_as

QUOTE = {"return_code": 0, "stk_cd": "005930", "stk_nm": "삼성전자", "cur_prc": "-59900", "mac": "3575900"}


def told(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("trs", *arguments, stdout=out)
    return out.getvalue(), int(str(ended.value.code))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reply.json"


def test_a_raw_reply_is_shown_as_the_product_reads_it(file: Path) -> None:
    file.write_text(json.dumps(QUOTE))
    text, code = told("--decode", "ka10001", str(file))
    assert code == 0
    assert "59,900 원 ▼" in text
    assert "357,590,000,000,000 원" in text


def test_a_field_that_cannot_be_read_is_told_with_its_reason(file: Path) -> None:
    file.write_text(json.dumps(QUOTE | {"cur_prc": "?", "surprise": "1"}))
    text, code = told("--decode", "ka10001", str(file))
    assert code == 1
    assert "✗ cur_prc: 숫자가 아닙니다: '?'" in text
    assert "surprise" in text


def test_somebody_who_mistypes_hears_what_to_do(file: Path) -> None:
    file.write_text("{}")
    for arguments in (("ka1", str(file)), ("ka10001", str(file.with_name("no.json")))):
        with pytest.raises(CommandError):
            call_command("trs", "--decode", *arguments)
    for content in ("", "[]", "<html>점검</html>", "{" * 5000):
        file.write_text(content)
        with pytest.raises(CommandError):
            call_command("trs", "--decode", "ka10001", str(file))


def test_a_few_trs_are_asked_of_a_broker_of_their_own() -> None:
    outcomes = check_all(["ka10001", "kt00001", "kt10000", "ka10171", "0B"])
    assert [outcome.line() for outcome in outcomes if not outcome.well] == []
    assert all(outcome.read for outcome in outcomes)


def test_an_answer_that_says_nothing_is_no_success() -> None:
    blank = read_as(read(find("ka10088"), {"return_code": 0, "osop": []}), 1.0)
    assert blank.blank
    assert not blank.well
    assert "✗ ka10088" in blank.line()


def test_nothing_bent_makes_a_reader_crash_or_invent() -> None:
    bent = bend(1500, seed=7)
    assert bent.troubles == [], f"seed {bent.seed}"
    assert len(bent.asked) == 5


def test_the_gate_quotes_even_half_a_character_back() -> None:
    door = Door([find("ka10001")])
    answer = door.asked(find("ka10001"), {"stk_cd": "00\ud8005"})
    assert "1902" in answer.body.decode() or "1517" in answer.body.decode()


def test_the_same_seed_bends_the_same_way() -> None:
    assert list(bend(40, seed=3).lines()) == list(bend(40, seed=3).lines())


def test_benchmarks_and_trs_start_without_the_apps() -> None:
    """They touch no model, so ``manage.py`` runs them without loading any."""
    script = "from kiwoomweb.management.commands import bench, trs\n"
    script += "from django.apps import apps\nassert not apps.ready"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60, cwd=Path(__file__).parents[2])
