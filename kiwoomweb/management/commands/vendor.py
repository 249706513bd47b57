"""``manage.py vendor``: check the third-party files we serve; ``--refresh`` fetches them again from npm."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kiwoomweb.ui import fetching
from kiwoomweb.ui.vendored import complaints, vendored

__all__ = ["Command"]


class Command(BaseCommand):
    """Offline unless asked to refresh."""

    help = "Check static/vendor against vendor.toml, or fetch the files again."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--refresh", action="store_true", help="fetch every package with npm pack")

    def handle(self, *, refresh: bool, **options: Any) -> None:
        if refresh:
            fetching.refresh()
        if found := list(complaints()):
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(vendored())} files are what vendor.toml says.")
