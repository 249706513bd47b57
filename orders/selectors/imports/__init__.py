"""Imports read: what a file would bring, compared with what is known; the imports of an account."""

from orders.selectors.imports.batches import batches_of, blockers, grids_of, mapping_of, remembered, same_file
from orders.selectors.imports.comparing import Judged, Verdict, judge
from orders.selectors.imports.previewing import Preview, preview

__all__ = [
    "Judged",
    "Preview",
    "Verdict",
    "batches_of",
    "blockers",
    "grids_of",
    "judge",
    "mapping_of",
    "preview",
    "remembered",
    "same_file",
]
