"""Files of the journal: which tables can be taken away, and each as a sheet in the order of its page."""

from portfolio.presenting.files.asked import Asked
from portfolio.presenting.files.shelf import TABLES, Table

__all__ = ["TABLES", "Asked", "Table"]
