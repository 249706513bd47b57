"""The pages of imports: the list with its upload, the columns of a file, one import."""

from portfolio.presenting.imports.columns import ColumnsPage
from portfolio.presenting.imports.one import BatchPage
from portfolio.presenting.imports.shelf import ImportsPage

__all__ = ["BatchPage", "ColumnsPage", "ImportsPage"]
