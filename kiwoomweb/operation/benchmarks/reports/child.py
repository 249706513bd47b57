"""One account laid and reported on: ``python -m kiwoomweb.operation.benchmarks.reports.child FILLS``.

The database is empty and migrated. Figures go to standard output, one line of JSON each.
"""

import os
import sys
from collections.abc import Iterator

__all__ = ["main"]


def main(fills: str) -> None:
    """Lay the account, then report on it."""
    import django

    django.setup()
    for figure in _figures(int(fills)):
        sys.stdout.write(f"{figure.to_line()}\n")  # type: ignore[attr-defined]
        sys.stdout.flush()


def _figures(fills: int) -> Iterator[object]:
    from kiwoomweb.operation.benchmarks.journal import laying, pouring
    from kiwoomweb.operation.benchmarks.reports import making
    from portfolio.services.trades.catching_up import derive_anew

    _user, account = laying.lay_account()
    laying.lay_facts(account, fills)
    derive_anew(account.pk)
    pouring.settle()
    making.lay_worth(account)
    yield from making.report_figures(account)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    main(*sys.argv[1:])
