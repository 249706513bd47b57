"""One database measured: ``python -m kiwoomweb.operation.benchmarks.journal.child FILLS``.

The database is empty and migrated. Figures go to standard output, one line of JSON each, what is being done
to standard error.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["main"]


def main(fills: str) -> None:
    """Lay the account, then measure it."""
    import django

    django.setup()
    for figure in _figures(int(fills)):
        sys.stdout.write(f"{figure.to_line()}\n")  # type: ignore[attr-defined]
        sys.stdout.flush()


def _figures(fills: int) -> Iterator[object]:
    from kiwoomweb.operation.benchmarks.journal import (
        aggregates,
        deriving,
        laying,
        pages,
        pouring,
        serving,
        statistics,
        writing,
    )
    from portfolio.services.trades.catching_up import derive_anew

    user, account = laying.lay_account()
    _told("facts", lambda: laying.lay_facts(account, fills))
    _told("trades", lambda: derive_anew(account.pk))
    _told("notes and tags", lambda: writing.write_on_trades(user, account))
    _told("what is poured is counted", pouring.settle)
    yield from deriving.derivation_figures(account)
    yield from aggregates.aggregate_figures(account, fills)
    yield from deriving.one_fill_figures(account)
    yield from pages.page_figures(user, account)
    yield from pages.search_figures(account)
    yield from statistics.statistics_figures(account)
    prepared = Path(os.environ["KIWOOMWEB_VAR"]) / "prepared"
    addresses = (pages.trade_list(account), f"/a/{account.code}/plain/?rows=200")
    yield from serving.serving_figures(*addresses, pages.session_of(user), prepared)


def _told(what: str, act: Callable[[], object]) -> None:
    begin = time.perf_counter()
    act()
    sys.stderr.write(f"  {what}: {time.perf_counter() - begin:.0f} s\n")
    sys.stderr.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    main(*sys.argv[1:])
