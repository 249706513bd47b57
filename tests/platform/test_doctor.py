"""The doctor says in Korean what is wrong and what to do, and finds nothing wrong where all is well."""

from pathlib import Path

import pytest
from django.core.management import call_command

from kiwoomweb.operation import heartbeats, landlock


@pytest.fixture
def well(db: None, valkey: str, settings, tmp_path: Path, monkeypatch) -> None:
    """A server on which everything is as it should be."""
    monkeypatch.setattr(landlock, "is_offered", lambda: True)
    settings.VAR = tmp_path
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.SEALING_KEYS_FILE = tmp_path / "keys" / "sealing.keys"
    heartbeats.beat("worker")
    heartbeats.beat("stream")
    heartbeats.beat("orders")


def consult(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    return ended.value.code, capsys.readouterr().out


def test_a_healthy_server_gets_a_clean_bill(well: None, capsys) -> None:
    code, said = consult(capsys)
    assert (code, said.count("✗")) == (0, 0), said


def test_a_kernel_that_cannot_keep_the_key_of_the_order_process_is_named(well, capsys, monkeypatch) -> None:
    monkeypatch.setattr(landlock, "is_offered", lambda: False)
    code, said = consult(capsys)
    assert (code, "Landlock" in said) == (1, True)


def test_a_silent_worker_is_named_with_its_log(well: None, capsys) -> None:
    from django.core.cache import cache

    cache.delete("heartbeat.worker")
    code, said = consult(capsys)
    assert code == 1
    assert "✗ worker: 소식이 없습니다" in said
    assert "log/worker.log" in said


def test_a_queue_that_is_away_is_named(well: None, settings, capsys, tmp_path: Path) -> None:
    nowhere = f"unix://{tmp_path}/nobody.sock"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}
    }
    code, said = consult(capsys)
    assert code == 1
    assert "REDIS_URL" in said


def test_a_key_file_others_can_read_is_named_with_the_cure(well: None, capsys, tmp_path: Path) -> None:
    key = tmp_path / "keys" / "django.key"
    key.parent.mkdir()
    key.write_text("secret")
    key.chmod(0o644)
    code, said = consult(capsys)
    assert code == 1
    assert f"chmod 600 {key}" in said
    assert "secret" not in said.replace("key file", "")


def test_passwords_in_the_clear_are_named(well: None, settings, capsys) -> None:
    settings.ALLOWED_HOSTS = ["journal.example.com"]
    code, said = consult(capsys)
    assert code == 1
    assert "KIWOOMWEB_HTTPS=1" in said


def test_debug_where_others_reach_it_is_an_error(well: None, settings, capsys) -> None:
    settings.DEBUG, settings.LIVE_ALLOWED = True, False
    settings.ALLOWED_HOSTS = ["127.0.0.1", "192.168.0.7"]
    code, said = consult(capsys)
    assert code == 1
    assert "192.168.0.7" in said


def test_debug_with_live_accounts_is_an_error(well: None, settings, capsys) -> None:
    settings.DEBUG, settings.LIVE_ALLOWED = True, True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    code, said = consult(capsys)
    assert code == 1
    assert "실전 계좌" in said
