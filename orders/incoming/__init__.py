"""Incoming files: from bytes somebody uploaded to fills that could be recorded. Nothing here writes."""

from orders.incoming.errors import Unreadable
from orders.incoming.grid import Grid
from orders.incoming.header import Layout, recognise
from orders.incoming.mapping import Mapping
from orders.incoming.opening import opened
from orders.incoming.rows import Candidate, Reading, Refused, Rule, read
from orders.incoming.words import Field

__all__ = [
    "Candidate",
    "Field",
    "Grid",
    "Layout",
    "Mapping",
    "Reading",
    "Refused",
    "Rule",
    "Unreadable",
    "opened",
    "read",
    "recognise",
]
