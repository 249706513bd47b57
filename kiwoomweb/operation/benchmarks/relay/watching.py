"""A watchlist for the benchmark, so that what it follows is recorded: ``… relay.watching CODE SYMBOL…``."""

import sys

__all__ = ["main"]


def main(code: str, *symbols: str) -> None:
    """The team of the account watches these from now on."""
    import django

    django.setup()
    from kiwoomweb.access.models import Account
    from market.models import WatchedSymbol, Watchlist

    team = Account.objects.get(code=code).team
    watched = Watchlist.objects.create(team=team, name="bench")
    WatchedSymbol.objects.bulk_create(WatchedSymbol(watchlist=watched, symbol=symbol) for symbol in symbols)


if __name__ == "__main__":
    main(*sys.argv[1:])
