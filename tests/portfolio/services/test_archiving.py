"""Everything in one archive, and back into an empty install byte for byte; nothing is mixed or lost."""

import json
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from kiwoomweb.access.models import Account, Credential, User
from orders.models import Fill
from portfolio.models import Note
from portfolio.services.archiving import ArchiveError, restore, write
from portfolio.services.archiving.carried import LEFT_OUT, SILENT, carried, label_of
from portfolio.services.archiving.scope import EVERYBODYS, PERSONAL, ways
from portfolio.services.noting import save
from tests.people import PASSWORD, make_account
from tests.portfolio.every_model import Maker, counts, wipe


@pytest.fixture
def full(account, owner, stranger, strangers_account) -> Account:
    """An install in which every model has a row, and another team has some too."""
    Maker(account, owner.user).everything()
    save(strangers_account, timezone.localdate(), "소라의 메모", based_on=0, author=stranger.user)
    return account


@pytest.fixture
def archive(full, tmp_path) -> Path:
    write(tmp_path / "all.zip")
    return tmp_path / "all.zip"


def bent(archive: Path, **changes: object) -> Path:
    """The archive with other files in it: ``{"name": bytes}``, or None for a file left out."""
    out = archive.with_name("bent.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = changes.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return out


def manifest(archive: Path) -> dict:
    with zipfile.ZipFile(archive) as parts:
        return json.loads(parts.read("manifest.json"))


# --- nothing is forgotten ----------------------------------------------------------------------------------


def test_every_model_is_carried_or_left_out_with_a_reason():
    known = {label_of(model) for model in carried()} | LEFT_OUT.keys()
    everything = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}

    assert everything - known == set()
    assert LEFT_OUT.keys() - everything == set(), "a reason for a model that is not there"
    assert all(len(reason) > 10 for reason in LEFT_OUT.values())


def test_every_model_leads_to_an_account_or_is_named():
    """A model from which no way leads to an account would be missing from the archive of one account."""
    top = {"access.account", "access.team", "access.user"}
    lost = [label_of(model) for model in carried() if not ways(model)]

    assert sorted(set(lost) - top - EVERYBODYS - PERSONAL) == []


def test_every_model_has_a_row_in_these_tests(full):
    assert [label for label, rows in counts().items() if not rows] == []


# --- out and back ------------------------------------------------------------------------------------------


def test_everything_comes_back_byte_for_byte(archive, tmp_path):
    before = counts()
    wipe()

    restore(archive)

    assert counts() == before
    write(tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_the_same_data_are_the_same_bytes_twice(archive, tmp_path):
    write(tmp_path / "twice.zip")

    assert (tmp_path / "twice.zip").read_bytes() == archive.read_bytes()


def test_one_account_comes_back_byte_for_byte_and_brings_no_stranger(full, tmp_path):
    write(tmp_path / "one.zip", full)
    wipe()

    restore(tmp_path / "one.zip")

    assert [account.code for account in Account.objects.all()] == [full.code]
    assert not User.objects.filter(email="sora@example.com").exists()
    write(tmp_path / "again.zip", Account.objects.get())
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()


def test_one_account_carries_all_of_its_own(full, tmp_path):
    """Every model but the personal ones has its row of this account in it."""
    told = write(tmp_path / "one.zip", full)

    empty = {name.removesuffix(".jsonl") for name, each in told["files"].items() if not each["rows"]}
    assert empty <= PERSONAL


def test_another_account_of_the_team_stays_at_home(full, tmp_path):
    other = make_account(full.team, "둘째", "8100000999")
    save(other, timezone.localdate(), "둘째 메모", based_on=0, author=User.objects.first())

    write(tmp_path / "one.zip", full)

    with zipfile.ZipFile(tmp_path / "one.zip") as parts:
        assert not any("둘째".encode() in parts.read(name) for name in parts.namelist())


def test_life_goes_on_after_a_restore(archive, owner):
    """New rows get new keys, on PostgreSQL too."""
    wipe()
    restore(archive)

    account = Account.objects.order_by("pk").first()
    save(account, timezone.localdate(), "새 메모", based_on=0, author=User.objects.first())
    assert Note.objects.filter(account=account, day=timezone.localdate()).exists()


def test_superseded_versions_come_back_as_they_were(full, tmp_path):
    gone = Fill.objects.create(
        account=full,
        day=timezone.localdate(),
        order_no="1",
        fill_no="9",
        symbol="005930",
        side="buy",
        quantity=1,
        price=1,
        amount=1,
        venue="KRX",
        recorded_at=timezone.now(),
        superseded_at=timezone.now(),
    )
    write(tmp_path / "all.zip")
    wipe()

    restore(tmp_path / "all.zip")

    assert Fill.objects.get(pk=gone.pk).superseded_at == gone.superseded_at


def test_no_key_and_no_password_is_in_it(full, owner, tmp_path):
    Credential.objects.create(
        account=full,
        app_key_seal=b"sealed",
        app_secret_seal=b"sealed",
        key_version=1,
        app_key_tail="tail",
        made_at=timezone.now(),
    )
    write(tmp_path / "all.zip")

    with zipfile.ZipFile(tmp_path / "all.zip") as parts:
        content = b"".join(parts.read(name) for name in parts.namelist() if name.endswith("jsonl"))
    assert User.objects.first().password.encode() not in content
    assert b"password" not in content
    assert b"c2VhbGVk" not in content  # "sealed" as bytes are written
    assert PASSWORD.encode() not in content
    assert "access.user" in SILENT


def test_nobody_signs_in_after_a_restore_before_a_password_is_set(archive, client):
    wipe()
    restore(archive)

    assert not User.objects.get(email="minji@example.com").has_usable_password()


# --- what is refused, before anything is written -----------------------------------------------------------


def refused(path: Path) -> str:
    wipe()
    with pytest.raises(ArchiveError) as told:
        restore(path)
    assert not any(counts().values()), "something was written"
    return str(told.value)


def test_an_install_with_anything_in_it_is_refused(archive):
    before = counts()
    with pytest.raises(ArchiveError, match="빈 설치"):
        restore(archive)
    assert counts() == before


def test_a_changed_byte_is_noticed(archive):
    with zipfile.ZipFile(archive) as parts:
        fills = parts.read("orders.fill.jsonl")

    assert "sha256" in refused(bent(archive, **{"orders.fill.jsonl": fills.replace(b"71500", b"71501")}))


@pytest.mark.parametrize("name", ["orders.fill.jsonl", "orders.order.jsonl"])
def test_a_missing_file_is_noticed(archive, name):
    assert "목록" in refused(bent(archive, **{name: None}))


def test_a_file_too_many_is_noticed(archive):
    assert "목록" in refused(bent(archive, **{"files/../../evil": b"x"}))


def test_an_unknown_format_is_refused_with_words(archive):
    told = {**manifest(archive), "schema": 99}

    assert "99" in refused(bent(archive, **{"manifest.json": json.dumps(told)}))


def test_another_version_of_the_tables_is_refused_and_named(archive):
    told = manifest(archive)
    told["models"]["orders.fill"].append("colour")

    assert "orders.fill" in refused(bent(archive, **{"manifest.json": json.dumps(told)}))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and then nothing", b"a text"])
def test_what_is_no_archive_is_refused(full, tmp_path, content):
    (tmp_path / "no.zip").write_bytes(content)

    assert "보관 파일" in refused(tmp_path / "no.zip")


def test_a_zip_of_something_else_is_refused(full, tmp_path):
    with zipfile.ZipFile(tmp_path / "no.zip", "w") as other:
        other.writestr("hello.txt", "hello")

    assert "KiwoomWeb의 보관 파일이 아닙니다" in refused(tmp_path / "no.zip")


def test_a_reference_that_leads_nowhere_takes_everything_back(archive):
    """A hand-made archive with right digests and a note of an account that is not in it."""
    import hashlib

    told = manifest(archive)
    with zipfile.ZipFile(archive) as parts:
        notes = parts.read("portfolio.note.jsonl")
    row = json.loads(notes.splitlines()[0]) | {"account_id": 987_654_321}
    wrong = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    told["files"]["portfolio.note.jsonl"] = {
        "rows": 1,
        "size": len(wrong),
        "sha256": hashlib.sha256(wrong).hexdigest(),
    }
    changed = {"portfolio.note.jsonl": wrong, "manifest.json": json.dumps(told)}

    assert "멈췄습니다" in refused(bent(archive, **changed))


def test_only_a_whole_archive_has_its_name(full, tmp_path, monkeypatch):
    def broken(*_args):
        raise OSError("disk full")

    monkeypatch.setattr("portfolio.services.archiving.writing._write_files", broken)
    with pytest.raises(OSError, match="disk full"):
        write(tmp_path / "all.zip")
    assert list(tmp_path.iterdir()) == []


def test_every_field_of_every_model_can_be_written_and_read(full):
    from portfolio.services.archiving.cells import reader_of, writer_of

    for model in carried():
        row = model._base_manager.first()
        for field in model._meta.concrete_fields:
            value = getattr(row, field.attname)
            said = json.loads(json.dumps(writer_of(field)(value), sort_keys=True))
            back = reader_of(field)(said)
            same = bytes(value) == back if isinstance(field, models.BinaryField) and value else value == back
            assert same, f"{label_of(model)}.{field.name}"
