"""Importing: a file or a fill written by hand, step by step into the journal, and out of it again."""

from orders.services.importing.committing import commit
from orders.services.importing.drafting import discard, settle_mapping, take_in
from orders.services.importing.errors import ImportRefused
from orders.services.importing.manual import write_down
from orders.services.importing.undoing import undo

__all__ = ["ImportRefused", "commit", "discard", "settle_mapping", "take_in", "undo", "write_down"]
