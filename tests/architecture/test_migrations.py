"""Migrations have names that say what they do, and the models are what the migrations make."""

import re

import pytest
from django.core.management import call_command

from tests.architecture.sources import PACKAGES, ROOT


def test_every_migration_has_a_telling_name() -> None:
    names = [
        path.stem
        for package in PACKAGES
        for path in (ROOT / package).rglob("migrations/*.py")
        if path.stem != "__init__"
    ]
    assert [name for name in names if "_auto_" in name or not re.fullmatch(r"\d{4}_[a-z0-9_]+", name)] == []
    assert names != []


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
