"""The archive page: for the owner alone, at once when it is small, in the background when it is not."""

import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from portfolio.models import ArchiveErrand
from portfolio.services.archiving import errands
from portfolio.tasks import make_archive
from tests import queue


@pytest.fixture(autouse=True)
def own_disk(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.mark.parametrize("who", ["viewer", "trader", "manager", "stranger"])
def test_only_the_owner_has_the_page(request, owner, account, who):
    person = request.getfixturevalue(who)
    owner.post(f"/a/{account.code}/archive/")
    errand = ArchiveErrand.objects.get()

    for path in ("", f"{errand.pk}/", f"{errand.pk}/file/"):
        assert person.get(f"/a/{account.code}/archive/{path}").status_code == 404
    assert person.post(f"/a/{account.code}/archive/").status_code == 404


def test_a_small_archive_is_there_at_once(owner, account, tmp_path):
    page = owner.post(f"/a/{account.code}/archive/", follow=True).content.decode()
    errand = ArchiveErrand.objects.get()
    assert (errand.state, errand.sha256 in page) == ("done", True)

    answer = owner.get(f"/a/{account.code}/archive/{errand.pk}/file/")
    (tmp_path / "got.zip").write_bytes(b"".join(answer.streaming_content))

    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(tmp_path / "got.zip") as parts:
        assert account.code.encode() in parts.read("access.account.jsonl")
    assert errands.path_of(errand).stat().st_mode & 0o077 == 0, "nobody else on the machine may read it"


def test_a_big_archive_is_made_by_a_worker_and_its_progress_told(owner, account, monkeypatch):
    monkeypatch.setattr(errands, "SMALL", 0)
    owner.post(f"/a/{account.code}/archive/")
    owner.post(f"/a/{account.code}/archive/")  # pressed twice, asked for once
    errand = ArchiveErrand.objects.get()
    part = owner.get(f"/a/{account.code}/archive/{errand.pk}/").content.decode()
    assert "every 2s" in part

    make_archive(errand.pk)
    make_archive(errand.pk)

    part = owner.get(f"/a/{account.code}/archive/{errand.pk}/").content.decode()
    assert "every 2s" not in part
    assert errand.sha256 in part
    assert len(b"".join(owner.get(f"/a/{account.code}/archive/{errand.pk}/file/").streaming_content)) > 1000


@pytest.mark.django_db(transaction=True)
def test_an_errand_the_queue_has_lost_is_asked_for_again(owner, account, monkeypatch):
    monkeypatch.setattr(errands, "SMALL", 0)
    owner.post(f"/a/{account.code}/archive/")
    errand = ArchiveErrand.objects.get()
    queue.asked.clear()
    owner.get(f"/a/{account.code}/archive/{errand.pk}/")
    assert queue.asked == []

    ArchiveErrand.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    owner.get(f"/a/{account.code}/archive/{errand.pk}/")
    assert len(queue.asked) == 1


def test_a_full_disk_is_told_and_leaves_no_half_file(owner, account, monkeypatch, tmp_path):
    def full(*_args):
        raise OSError("No space left on device")

    monkeypatch.setattr("portfolio.services.archiving.writing._write_files", full)
    page = owner.post(f"/a/{account.code}/archive/", follow=True).content.decode()

    assert "No space left" in page
    assert list((tmp_path / "archives").iterdir()) == []


def test_only_the_last_few_stay_on_the_disk(owner, account, tmp_path):
    for _time in range(errands.KEPT + 2):
        owner.post(f"/a/{account.code}/archive/")

    assert len(list((tmp_path / "archives").iterdir())) == errands.KEPT
    assert ArchiveErrand.objects.filter(state="gone").count() == 2
    oldest = ArchiveErrand.objects.order_by("pk").first()
    assert owner.get(f"/a/{account.code}/archive/{oldest.pk}/file/").status_code == 404


@pytest.mark.security(14, "7.5.3")
def test_an_unattended_desk_gives_no_archive_away(owner, account):
    owner.was_long_idle()
    path = f"/a/{account.code}/archive/"
    assert owner.get(path)["Location"].startswith("/prove/")
    assert "본인 확인" in owner.post(path).content.decode()
    assert not ArchiveErrand.objects.exists()
