"""Archiving: everything that was ever recorded in one file, and back into an empty install, byte for byte."""

from portfolio.services.archiving.errors import ArchiveError
from portfolio.services.archiving.restoring import restore
from portfolio.services.archiving.writing import write

__all__ = ["ArchiveError", "restore", "write"]
