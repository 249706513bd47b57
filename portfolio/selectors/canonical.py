"""The canonical hash of a journal: equal journals have equal hashes, however and whenever they came to be.

Sync any number of times, in any order, with duplicated, reordered or overlapping pages: one hash. Of each fact
it takes what the fact says, and not when, how or how often it was learnt; of trades what they are, and not
which number their rows have.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import F, Model

from kiwoomweb.access.models import Account
from orders.models import Fact, RejectedRow
from portfolio.models import Trade, TradeSlice

__all__ = ["canonical_hash", "canonical_rows"]

#: When and how something was learnt, and what only our own tables know.
CIRCUMSTANCES = frozenset(
    ("id", "account_id", "recorded_at", "superseded_at", "reply_id", "read_at", "derived_at", "merged_into_id")
)


def canonical_hash(account: Account) -> str:
    """SHA-256 of the sorted canonical JSON of the account's current facts, refused rows and trades."""
    digest = hashlib.sha256()
    for line in canonical_rows(account):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def canonical_rows(account: Account) -> list[str]:
    """The lines that are hashed, sorted: for whoever wants to see in what two journals differ."""
    return sorted(_lines(account))


def _lines(account: Account) -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, Fact):
            readings = frozenset(model.readings)
            yield from _of(model, model.objects.current().filter(account=account).values(), readings)
    yield from _of(RejectedRow, RejectedRow.objects.filter(account=account).values())
    yield from _of(Trade, Trade.objects.present().filter(account=account).values())
    slices = TradeSlice.objects.filter(account=account, trade__is_void=False, trade__merged_into=None)
    opening = {"opened_by": F("trade__opening_order"), "opened_on": F("trade__opened_day")}
    yield from _of(TradeSlice, slices.annotate(**opening).values(*_columns(TradeSlice), *opening))


def _columns(model: type[Model]) -> list[str]:
    columns = {field.attname for field in model._meta.concrete_fields}
    return sorted(columns - CIRCUMSTANCES - {"trade_id"})


def _of(
    model: type[Model], rows: Iterable[Mapping[str, Any]], left_out: frozenset[str] = frozenset()
) -> Iterator[str]:
    for row in rows:
        told = {name: value for name, value in row.items() if name not in CIRCUMSTANCES | left_out}
        yield json.dumps([model.__name__, told], default=str, sort_keys=True, ensure_ascii=False)
