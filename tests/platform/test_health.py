"""``/healthz``: anyone may ask; it says which part is down and never why."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from kiwoomweb.operation import heartbeats


@pytest.mark.django_db
def test_a_stranger_learns_that_all_is_well(valkey: str, client: Client) -> None:
    heartbeats.beat("worker")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    said = answer.json()
    assert (said["status"], said["database"], said["queue"], said["worker"]["status"]) == ("ok",) * 4
    assert said["stream"] == {"status": "not seen", "age": None}


@pytest.mark.django_db
def test_a_queue_that_is_down_is_said_without_its_address(settings, client: Client, tmp_path: Path) -> None:
    nowhere = f"unix://{tmp_path}/nobody.sock"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": nowhere}
    }
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "ok", "queue": "down"}


@pytest.mark.django_db
def test_a_silent_process_is_late(client: Client, time_machine) -> None:
    heartbeats.beat("stream")
    time_machine.move_to(datetime.now(UTC))
    time_machine.shift(heartbeats.LATE_AFTER + 1)
    assert client.get("/healthz").json()["stream"]["status"] == "late"
