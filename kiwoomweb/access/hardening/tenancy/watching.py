"""Watching: every statement, and whatever becomes an object of an account, is shown to the guard on duty."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.backends.signals import connection_created

from kiwoomweb.access.hardening.tenancy.guard import Guard
from kiwoomweb.access.hardening.tenancy.tables import account_columns
from kiwoomweb.access.models import User

__all__ = ["across_accounts", "keep_to", "now", "on_duty", "opened", "watch"]

#: The guard of this request; none in tasks and commands, which work for everybody.
now: ContextVar[Guard | None] = ContextVar("the guard of this request", default=None)


@contextmanager
def on_duty(guard: Guard | None) -> Iterator[None]:
    """Inside the block that guard looks at whatever is asked."""
    token = now.set(guard)
    try:
        yield
    finally:
        now.reset(token)


@contextmanager
def across_accounts(why: str) -> Iterator[None]:
    """A question put to everybody's rows on purpose, for the reason given: its answer tells of nobody."""
    with on_duty(None):
        yield


@contextmanager
def keep_to(user: User | AnonymousUser) -> Iterator[None]:
    """Inside the block only this person's accounts are asked about: for sockets, which are no requests."""
    with on_duty(Guard(lambda: user)):
        yield


def opened(account: int, why: str) -> None:
    """The key somebody holds, a signed link of ours, names a row of that account: their request may ask about
    it although they are no member, for the reason given."""
    if (guard := now.get()) is not None:
        guard.open(account)


def watch() -> None:
    """Once at start: every model whose rows name an account makes its objects under the guard's eyes, and every
    connection asks it before a statement runs."""
    connection_created.connect(_connected)
    models: list[Any] = apps.get_models()
    for model in models:
        if model._meta.db_table in account_columns() and "from_db" not in vars(model):
            model.from_db = _watched(model)  # the one place all objects pass


def _connected(connection: Any, **rest: Any) -> None:
    if _asked_first not in connection.execute_wrappers:
        connection.execute_wrappers.append(_asked_first)


def _asked_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if (guard := now.get()) is not None:
        guard.look(context["connection"], sql, params if many else (params,))
    return execute(sql, params, many, context)


def _watched(model: Any) -> Any:
    table, plain = model._meta.db_table, model.from_db.__func__

    def from_db(cls: Any, db: Any, field_names: Any, values: Any) -> Any:
        row = plain(cls, db, field_names, values)
        if (guard := now.get()) is not None:
            guard.meet(table, row)
        return row

    return classmethod(from_db)
