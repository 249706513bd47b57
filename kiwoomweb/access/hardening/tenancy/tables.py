"""Which tables hold rows of an account: those that name it, and those that name such a row."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps

from kiwoomweb.access.models import Account

__all__ = ["Hop", "account_columns", "columns_of", "references", "tenant_tables", "way_to_account"]

#: The doorkeeper reads these to find out who may, and writes down who was refused; a letter and what somebody
#: was told are theirs, also when they no longer see the account.
DOOR = {
    "access_auditentry", "access_auditchain", "access_grant", "access_proof", "access_handover",
    "access_invitation", "notices_notice", "notices_delivery", "notices_telling",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hop:
    """From a row to the one it hangs on: ``column`` holds the ``key`` of a row of ``table``."""

    column: str
    table: str
    key: str


@cache
def references() -> dict[tuple[str, str], tuple[str, str]]:
    """(table, column) -> (table, key column) of every foreign key of ours."""
    return {
        (model._meta.db_table, field.column): (field.related_model._meta.db_table, field.target_field.column)
        for model in apps.get_models()
        for field in _fields(model)
        if field.related_model
    }


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """All columns of one of our tables."""
    models = (model for model in apps.get_models() if model._meta.db_table == table)
    return tuple(field.column for model in models for field in _fields(model))


@cache
def account_columns() -> dict[str, str]:
    """table -> the column that names the account, for rows that name it themselves."""
    found = {
        model._meta.db_table: "account_id"
        for model in apps.get_models()
        if any(_is_account(field) for field in _fields(model))
    }
    return {table: column for table, column in found.items() if table not in DOOR}


@cache
def way_to_account() -> dict[str, tuple[Hop, ...]]:
    """table -> the hops to a row that names the account; none for those that do so themselves."""
    ways: dict[str, tuple[Hop, ...]] = dict.fromkeys(account_columns(), ())
    grown = True
    while grown:
        grown = False
        for model in apps.get_models():
            table = model._meta.db_table
            if table not in ways and table not in DOOR and (hop := _hop(model, ways)):
                ways[table] = (hop, *ways[hop.table])
                grown = True
    return ways


def tenant_tables() -> frozenset[str]:
    """Tables whose rows belong to an account."""
    return frozenset(way_to_account())


def _fields(model: Any) -> Any:
    """Its columns; those that refer to something know more of it than the stubs do."""
    return model._meta.concrete_fields


def _is_account(field: Any) -> bool:
    return field.related_model is Account and field.column == "account_id"


def _hop(model: Any, ways: dict[str, tuple[Hop, ...]]) -> Hop | None:
    for field in _fields(model):
        parent = field.related_model and field.related_model._meta.db_table
        if parent in ways and not field.null:
            return Hop(field.column, parent, field.target_field.column)
    return None
