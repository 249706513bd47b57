"""Clauses of a statement: where each begins at its own depth of brackets, and how its conditions are joined.

Only as much of SQL as Django and our own few statements write. What cannot be read is not taken for narrow.
"""

import re
from collections.abc import Iterator

__all__ = ["Span", "clauses", "joined", "places", "unquoted"]

Span = tuple[int, int]
QUOTED = re.compile(r"'(?:[^']|'')*'")
WORDS = re.compile(
    r"\(|\)|\b(?:FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|OFFSET|WINDOW|FOR|RETURNING|UNION(?: ALL)?|EXCEPT"
    r"|INTERSECT|ON CONFLICT)\b",
    re.IGNORECASE,
)
LINKS = re.compile(r"\(|\)|\bAND\b|\bOR\b", re.IGNORECASE)


def unquoted(sql: str) -> str:
    """The statement with its literals blanked: the same length, so that every place stays where it is."""
    return QUOTED.sub(lambda found: "'" + "." * (len(found[0]) - 2) + "'", sql)


def clauses(sql: str, start: int, end: int) -> list[tuple[str, Span]]:
    """``[("", …), ("FROM", …), ("WHERE", …)]``: the words at the outermost depth, each with what follows it."""
    marks = [("", start, start)]
    marks += [
        (word.upper(), at, at + len(word))
        for at, word in _outermost(WORDS, sql, start, end)
        if word not in "()"
    ]
    ends = [at for _word, at, _after in marks[1:]] + [end]
    return [(word, (after, until)) for (word, _at, after), until in zip(marks, ends, strict=True)]


def joined(sql: str, span: Span) -> tuple[str, list[Span]]:
    """``("OR", parts)`` or ``("AND", parts)`` of the conditions in the span; of a single one, itself."""
    start, end = _stripped(sql, *span)
    while _bracketed(sql, start, end):
        start, end = _stripped(sql, start + 1, end - 1)
    links = [(at, word.upper()) for at, word in _outermost(LINKS, sql, start, end)]
    link = "OR" if any(word == "OR" for _at, word in links) else "AND"
    chosen = [(at, at + len(word)) for at, word in links if word == link]
    begins, ends = [start] + [after for _at, after in chosen], [at for at, _after in chosen] + [end]
    return link, list(zip(begins, ends, strict=True))


def places(sql: str, start: int, end: int) -> range:
    """Which parameters stand there."""
    before = sql.count("%s", 0, start)
    return range(before, before + sql.count("%s", start, end))


def _outermost(words: re.Pattern[str], sql: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    depth = 0
    for found in words.finditer(sql, start, end):
        depth -= found[0] == ")"
        if depth == 0 and found[0] not in "()":
            yield found.start(), found[0]
        depth += found[0] == "("


def _stripped(sql: str, start: int, end: int) -> Span:
    while start < end and sql[start].isspace():
        start += 1
    while start < end and sql[end - 1].isspace():
        end -= 1
    return start, end


def _bracketed(sql: str, start: int, end: int) -> bool:
    """Whether one pair of brackets holds all of it."""
    if end - start < 2 or sql[start] != "(" or sql[end - 1] != ")":
        return False
    depth = 0
    for at in range(start, end - 1):
        depth += (sql[at] == "(") - (sql[at] == ")")
        if depth == 0:
            return False
    return True
