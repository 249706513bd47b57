"""Settings from the environment: clear ones are taken, secrets may lie in files, nonsense is refused aloud."""

import stat
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kiwoomweb import env
from kiwoomweb.operation import valkey


@pytest.mark.parametrize(
    ("said", "meant"), [("1", True), ("yes", True), ("On", True), ("0", False), ("false", False)]
)
def test_yes_and_no_are_understood(monkeypatch, said: str, meant: bool) -> None:
    monkeypatch.setenv("A_FLAG", said)
    assert env.flag("A_FLAG", default=not meant) is meant


def test_maybe_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("A_FLAG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="A_FLAG='maybe'"):
        env.flag("A_FLAG", default=False)


def test_a_word_where_a_number_belongs_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("A_PORT", "http")
    with pytest.raises(ImproperlyConfigured, match="A_PORT"):
        env.number("A_PORT", 8000)


def test_a_secret_is_read_from_a_file_without_its_last_newline(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hush\n")
    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "secret"))
    assert env.secret_file("A_SECRET", tmp_path / "unused") == "hush"
    assert not (tmp_path / "unused").exists()


def test_a_missing_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "django.key"
    made = env.secret_file("NO_SUCH_VARIABLE", path)
    assert len(made) > 50
    assert env.secret_file("NO_SUCH_VARIABLE", path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_many_first_starts_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    path, seen = tmp_path / "django.key", set()
    starts = [threading.Thread(target=lambda: seen.add(env.secret_file("NO_SUCH", path))) for _ in range(8)]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(seen) == 1
    assert [left.name for left in tmp_path.iterdir()] == ["django.key"]


def test_a_file_of_settings_gives_way_to_the_environment(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "env").write_text("A_PORT=8001\nANOTHER_PORT=8002\n# a remark\n")
    monkeypatch.setenv("A_PORT", "9000")
    monkeypatch.delenv("ANOTHER_PORT", raising=False)
    env.read_file(str(tmp_path / "env"))
    assert (env.number("A_PORT", 1), env.number("ANOTHER_PORT", 1)) == (9000, 8002)
    monkeypatch.delenv("ANOTHER_PORT")


def test_the_embedded_database_waits_for_its_turn_and_forgets_nothing(tmp_path: Path) -> None:
    options = env.database("NO_SUCH_URL", tmp_path / "db.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_a_database_url_means_postgresql(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://trader:pw@db.example:5433/journal")
    found = env.database("DATABASE_URL", tmp_path / "db.sqlite3")
    assert (found["ENGINE"], found["HOST"], found["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
    )
    assert found["OPTIONS"]["prepare_threshold"] == 5


def test_another_database_is_asked_for_nothing_of_postgresql(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite3")
    assert "prepare_threshold" not in env.database("DATABASE_URL", tmp_path / "db.sqlite3").get("OPTIONS", {})


def test_behind_a_pooler_the_server_keeps_no_statements(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://trader:pw@db.example:6432/journal?sslmode=require")
    monkeypatch.setenv("DATABASE_PREPARES", "0")
    options = env.database("DATABASE_URL", tmp_path / "db.sqlite3")["OPTIONS"]
    assert options == {"sslmode": "require", "prepare_threshold": None}


def test_a_socket_lies_beside_its_data(tmp_path: Path) -> None:
    near = Path("/srv/kiwoomweb/var/valkey")
    assert valkey.socket_file(near) == near / "valkey.sock"


def test_a_path_too_deep_for_a_socket_gets_a_short_one_that_everybody_finds() -> None:
    deep = Path("/srv") / ("x" * 120) / "valkey"
    found = valkey.socket_file(deep)
    assert len(str(found)) <= valkey.LONGEST_SOCKET_PATH
    assert found == valkey.socket_file(deep)
    assert found != valkey.socket_file(deep.with_name("other"))
