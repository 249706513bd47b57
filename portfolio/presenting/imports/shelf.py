"""The list of imports, beside it what is missing: sales of which no purchase is known."""

from dataclasses import dataclass
from functools import cached_property

from kiwoomweb.access.models import Account
from orders.incoming.grid import MOST_BYTES, MOST_LINES
from orders.models import ImportBatch
from orders.selectors.imports import batches_of
from portfolio.models import Trade
from portfolio.presenting.files import TABLES

__all__ = ["ImportsPage"]

#: Tables of one day, month or trade, which have their buttons there.
OF_A_PAGE = {"day", "journal", "moves"}
#: Imports and gaps shown.
MOST, MOST_GAPS = 100, 8


@dataclass
class ImportsPage:
    """``may_write``: whether there is anything to press; ``wrong`` is why the last upload was refused."""

    account: Account
    may_write: bool
    wrong: str = ""

    @cached_property
    def batches(self) -> list[ImportBatch]:
        """Newest first."""
        return list(batches_of(self.account)[:MOST])

    @cached_property
    def gaps(self) -> list[Trade]:
        """The newest trades whose beginning is unknown: what an export of earlier days would settle."""
        found = Trade.objects.present().filter(account=self.account, state=Trade.State.UNSETTLED)
        return list(found.order_by("-opened_day", "-pk")[:MOST_GAPS])

    @property
    def tables(self) -> list[tuple[str, str]]:
        """What can be taken away, all of it: the name in the address and what it is called."""
        return [(name, str(table.title)) for name, table in TABLES.items() if name not in OF_A_PAGE]

    @property
    def megabytes(self) -> int:
        """How much can be uploaded."""
        return MOST_BYTES // 1024 // 1024

    @property
    def lines(self) -> int:
        """How many lines a file may have."""
        return MOST_LINES
