"""Which index rows may hold the words of a question, the newest days first; each database in its own words.

Pairs of letters say "perhaps": ``searching`` looks at the texts themselves.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from kiwoomweb.access.hardening.tenancy import across_accounts
from kiwoomweb.access.models import Account
from portfolio.analytics.grams import grams

__all__ = ["BEYOND", "candidates"]

#: Above every index row.
BEYOND = 2**63 - 1

SQLITE = """
    SELECT rowid FROM portfolio_notegrams
    WHERE portfolio_notegrams MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s
"""
# Found first, then put in order: left to itself the planner may walk the key backwards and read every row.
POSTGRESQL = """
    WITH found AS MATERIALIZED (
        SELECT id FROM portfolio_noteindex
        WHERE array_to_tsvector(string_to_array(grams, ' ')) @@ %s::tsquery
    )
    SELECT id FROM found WHERE id < %s ORDER BY id DESC LIMIT %s
"""


def candidates(account: Account, words: tuple[str, ...], before: int, limit: int) -> list[int]:
    """Ids of index rows below ``before``, newest first. ``words`` are those of ``needles``."""
    is_sqlite = connection.vendor == "sqlite"
    wanted = [_quoted(f"§{account.pk}", is_sqlite), *_wanted(words, is_sqlite)]
    question = (" AND " if is_sqlite else " & ").join(wanted)
    named = across_accounts("the account is the first of the grams that must be there")
    with named, connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute(SQLITE, [question, before, limit])
            return [place for (place,) in cursor.fetchall()]
        return _by_index(cursor, [question, before, limit])


def _by_index(cursor: Any, values: list[Any]) -> list[int]:
    """Where half the notes hold a word, PostgreSQL takes reading every note for cheap. It is not."""
    with transaction.atomic():
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(POSTGRESQL, values)
        found = [place for (place,) in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
    return found


def _wanted(words: tuple[str, ...], is_sqlite: bool) -> Iterable[str]:
    """Each word's pairs of letters. A lone letter is the beginning of a pair, or stands at a text's end."""
    for word in words:
        pairs = grams(word)
        if len(pairs) == 1:
            yield _quoted(pairs[0], is_sqlite) + (" *" if is_sqlite else ":*")
        else:
            yield from (_quoted(pair, is_sqlite) for pair in pairs[:-1])


def _quoted(word: str, is_sqlite: bool) -> str:
    """Letters and figures only, yet a word such as ``OR`` must be a word."""
    return f'"{word}"' if is_sqlite else f"'{word}'"
