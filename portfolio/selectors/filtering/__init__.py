"""Filters of trades: read from an address, said in words, and asked of the database."""

from portfolio.selectors.filtering.asking import TradeFilter
from portfolio.selectors.filtering.finding import filtered
from portfolio.selectors.filtering.names import names_of
from portfolio.selectors.filtering.ordering import DEFAULT_SORT, SORTS, Page, neighbours, page_of
from portfolio.selectors.filtering.wording import Chip

__all__ = [
    "DEFAULT_SORT",
    "SORTS",
    "Chip",
    "Page",
    "TradeFilter",
    "filtered",
    "names_of",
    "neighbours",
    "page_of",
]
