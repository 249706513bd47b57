"""Queries that every page asks: written as querysets, made into SQL once a process and then only filled in.

    _waiting = Prepared(lambda account, day: Trade.objects.filter(...), account=int, day=date)
    rows = _waiting.rows(account=account.pk, day=today)

Making SQL of a queryset costs several times what the database needs for an answer by an index, and the shell of
a page asks a dozen. Where a value stands among the parameters is found by compiling with two different ones.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections
from django.db.models import QuerySet

from kiwoomweb.planned_once import planned_once

__all__ = ["Prepared", "PreparedFor"]

Row = TypeVar("Row")
#: Per type two values that stand in no query otherwise.
MARKS: dict[type, tuple[Any, Any]] = {
    int: (1_987_654_321, 1_987_654_323),
    date: (date(1907, 3, 1), date(1907, 3, 2)),
    datetime: (datetime(1907, 3, 1, 4, 5, 6, 7, UTC), datetime(1907, 3, 2, 4, 5, 6, 7, UTC)),
    str: ("1907-03-01?", "1907-03-02?"),
}

#: How the names of those begin that stand in a list.
EACH = "each"


class Plan(NamedTuple):
    """A compiled query: ``places`` says which value stands at which parameter."""

    queryset: Any
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]


class Prepared(Generic[Row]):
    """A queryset of named values, ``make(**values)``; each value's type is int, str, date or datetime.

    ``make`` must ask the same whatever the values are: no branch on them, no lists.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], **kinds: type) -> None:
        self._make = make
        self._kinds = kinds
        self._plans: dict[str, Plan] = {}

    def rows(self, **values: Any) -> list[Row]:
        """What the queryset would give for these values. Raises ``TypeError`` for names it does not know."""
        if values.keys() != self._kinds.keys():
            raise TypeError(f"wanted {sorted(self._kinds)}, got {sorted(values)}")
        alias = self._base.db
        plan = self._plans.get(alias) or self._plans.setdefault(alias, self._compile(alias))
        connection = connections[alias]
        params = list(plan.params)
        for place, name in plan.places:
            params[place] = _adapted(values[name], connection)
        return list(_replayed(plan, connection, tuple(params)))

    def first(self, **values: Any) -> Row | None:
        """The first of them, or ``None``: for queries of at most one row, or cut to it."""
        rows = self.rows(**values)
        return rows[0] if rows else None

    @cached_property
    def _base(self) -> QuerySet[Any, Row]:
        return self._make(**{name: _mark(name, kind) for name, kind in self._kinds.items()})

    def _compile(self, alias: str) -> Plan:
        compiler = self._base.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        marked = {name: _mark(name, kind) for name, kind in self._kinds.items()}
        places = []
        for name, kind in self._kinds.items():
            found = self._places(marked | {name: _mark(name, kind, 1)}, sql, params, alias)
            if not found or any(params[n] != _adapted(marked[name], connections[alias]) for n in found):
                raise TypeError(f"{name} is no plain parameter of this query")
            places += [(place, name) for place in found]
        return Plan(self._base, compiler, sql, tuple(params), tuple(places))

    def _places(self, values: Mapping[str, Any], sql: str, params: Any, alias: str) -> list[int]:
        other_sql, others = self._make(**values).query.get_compiler(using=alias).as_sql()
        if other_sql != sql or len(others) != len(params):
            raise TypeError("the query is another one for other values")
        return [number for number, (one, other) in enumerate(zip(params, others, strict=True)) if one != other]


class PreparedFor(Generic[Row]):
    """A queryset of named values and of a few others of one kind, ``make(few, **values)``.

    Prepared for one, two, four … of them; where there are fewer, the last one is said again.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], each: type = str, **kinds: type) -> None:
        self._make, self._each, self._kinds = make, each, kinds
        self._by_size: dict[int, Prepared[Row]] = {}

    def rows(self, few: Sequence[Any], **values: Any) -> list[Row]:
        """What the queryset would give; nothing where there are none of them."""
        if not few:
            return []
        size = 1 << (len(few) - 1).bit_length()
        padded = [*few, *[few[-1]] * (size - len(few))]
        asked = self._by_size.get(size) or self._by_size.setdefault(size, self._of(size))
        return asked.rows(**values, **{f"{EACH}{n}": one for n, one in enumerate(padded)})

    def _of(self, size: int) -> Prepared[Row]:
        names = [f"{EACH}{n}" for n in range(size)]

        def made(**values: Any) -> QuerySet[Any, Row]:
            return self._make([values.pop(name) for name in names], **values)

        return Prepared(made, **self._kinds, **dict.fromkeys(names, self._each))


class Replay:
    """Stands where a queryset expects its query: hands out the compiled one with this call's parameters."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, using: str | None = None, **_more: Any) -> Any:
        """The compiler, whose work is done."""
        return self._compiler


def _replayed(plan: Plan, connection: Any, params: tuple[Any, ...]) -> QuerySet[Any, Any]:
    """The queryset once more, over this thread's connection."""
    compiler = copy(plan.compiler)
    compiler.connection = planned_once(connection)
    compiler.as_sql = lambda *_args, **_more: (plan.sql, params)
    replay: Any = Replay(plan.queryset.query, compiler)
    rows: QuerySet[Any, Any] = QuerySet(plan.queryset.model, query=replay, using=connection.alias)
    vars(rows).update({name: vars(plan.queryset)[name] for name in ("_iterable_class", "_fields")})
    return rows


def _mark(name: str, kind: type, which: int = 0) -> Any:
    """Those that stand in one list have marks of their own: a list names nothing twice."""
    mark, place = MARKS[kind][which], name.removeprefix(EACH)
    if kind is str:
        return f"{name} {mark}"
    return mark + 4 * int(place) if kind is int and place.isdecimal() else mark


def _adapted(value: Any, connection: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
