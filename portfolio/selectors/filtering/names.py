"""What the rows a filter speaks of are called."""

from kiwoomweb.access.models import Account
from portfolio.models import Book, Tag
from portfolio.selectors.filtering.asking import TradeFilter
from portfolio.selectors.filtering.wording import Names
from portfolio.selectors.trades import trades_of

__all__ = ["names_of"]

KINDS = {"tags": "tag", "setups": "setup", "mistakes": "mistake", "emotions": "emotion"}


def names_of(account: Account, asked: TradeFilter) -> Names:
    """Names of the labels, books and symbols in this filter, as far as they are this team's."""
    found: dict[tuple[str, str], str] = {}
    wanted = {pk for name in KINDS for pk in getattr(asked, name)}
    if wanted:
        labels = dict(Tag.objects.filter(pk__in=wanted, group__team=account.team_id).values_list("pk", "name"))
        for name, parameter in KINDS.items():
            found |= {(parameter, str(pk)): labels[pk] for pk in getattr(asked, name) if pk in labels}
    if asked.books:
        books = Book.objects.filter(account=account, pk__in=asked.books)
        found |= {("book", str(pk)): name for pk, name in books.values_list("pk", "name")}
    if asked.symbols:
        rows = trades_of(account).filter(symbol__in=asked.symbols).exclude(name="")
        found |= {("symbol", symbol): name for symbol, name in rows.values_list("symbol", "name").distinct()}
    return found
