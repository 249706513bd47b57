"""The archive of one database restored into the other kind by the commands, byte for byte."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.architecture.sources import ROOT
from tests.portfolio.every_model import Maker


@pytest.fixture
def other_database(request, tmp_path) -> str:
    """SQLite when the tests run on PostgreSQL, PostgreSQL when they run on SQLite."""
    if connection.vendor == "postgresql":
        return f"sqlite:///{tmp_path}/other.sqlite3"
    return str(request.getfixturevalue("postgres"))


def manage(database: str, var: Path, *arguments: str) -> str:
    environment = {**os.environ, "DATABASE_URL": database, "KIWOOMWEB_VAR": str(var)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_one_database_archives_the_other_restores_and_archives_the_same(
    account, owner, other_database, tmp_path
):
    Maker(account, owner.user).everything()
    call_command("archive", out=tmp_path / "here.zip", verbosity=0)

    said = manage(other_database, tmp_path / "var", "restore", str(tmp_path / "here.zip"))
    manage(other_database, tmp_path / "var", "archive", "--out", str(tmp_path / "there.zip"))

    assert "changepassword" in said
    assert (tmp_path / "there.zip").read_bytes() == (tmp_path / "here.zip").read_bytes()


@pytest.mark.django_db
def test_the_command_replaces_no_file_unasked(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"mine")

    with pytest.raises(CommandError, match="force"):
        call_command("archive", out=tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"mine"


@pytest.mark.django_db
def test_the_command_says_that_there_is_no_such_account_or_folder(tmp_path):
    with pytest.raises(CommandError, match="계좌가 없습니다"):
        call_command("archive", out=tmp_path / "a.zip", account="zzz")
    with pytest.raises(CommandError, match="폴더"):
        call_command("archive", out=tmp_path / "none" / "a.zip")


@pytest.mark.django_db
def test_the_command_refuses_what_is_no_archive(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"no")

    with pytest.raises(CommandError, match="보관 파일"):
        call_command("restore", tmp_path / "a.zip")
