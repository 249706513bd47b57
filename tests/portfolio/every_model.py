"""A row of every model an archive carries, made by walking the models: a new model is in it by itself.

Values are awkward on purpose: microseconds, negative money, letters of three scripts, bytes that are no text.
"""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from kiwoomweb.access.models import Account, Membership, User
from orders.models import ImportBatch
from portfolio.services.archiving.carried import LEFT_OUT, carried, label_of

ODD_TEXT = "한글 ㄱ '\"\\\u2028<b>😀"
#: What no generic row can know: constraints that name several columns.
KNOWN: dict[str, dict[str, Any]] = {
    "market.keptbars": {"environment": "simulator", "symbol": "index:001"},
    "market.watchlist": {"owner": None},
    "portfolio.comment": {"trade": None},
    "portfolio.note": {"trade": None},
    "portfolio.reviewrequest": {"trade": None, **dict.fromkeys(("plan", "entry", "size", "exit", "mind"), 3)},
    "orders.intent": {"environment": "simulator"},
    "orders.command": {"environment": "simulator", "outcome": "accepted"},
    "orders.halt": {"level": "halted"},
    "orders.importoverlap": {"earlier": lambda maker: maker.another(ImportBatch)},
}


class Maker:
    """Makes rows around one account; what a row refers to is made first, once."""

    def __init__(self, account: Account, person: User) -> None:
        self.rows: dict[str, Any] = {
            "access.account": account,
            "access.team": account.team,
            "access.user": person,
        }
        self.numbers = count(1)

    def everything(self) -> None:
        for model in carried():
            self.row(model)
        self.rows["access.membership"] = Membership.objects.first()

    def row(self, model: type[models.Model]) -> Any:
        label = label_of(model)
        if label not in self.rows:
            self.rows[label] = model._base_manager.first() or self._made(model)
        return self.rows[label]

    def another(self, model: type[models.Model]) -> Any:
        """A second row, where one model points at two of another."""
        return model._base_manager.create(**self._values(model, with_optional=False))

    def _made(self, model: type[models.Model]) -> Any:
        for with_optional in (True, False):
            known = KNOWN.get(label_of(model), {})
            known = {name: value(self) if callable(value) else value for name, value in known.items()}
            values = {**self._values(model, with_optional=with_optional), **known}
            try:
                with transaction.atomic():
                    row = model(**values)
                    row.save(force_insert=True)
            except IntegrityError as wrong:
                trouble = wrong
            else:
                return row
        raise AssertionError(f"tell KNOWN how to make a {label_of(model)}: {trouble}")

    def _values(self, model: type[models.Model], *, with_optional: bool) -> dict[str, Any]:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        return {
            field.name: self._value(model, field)
            for field in fields
            if not field.null or (with_optional and field.related_model is not model)
        }

    def _value(self, model: type[models.Model], field: Any) -> Any:
        if isinstance(field, models.ForeignKey):
            return self.row(field.related_model)
        number = next(self.numbers)
        if field.choices:
            return field.flatchoices[0][0]
        return _plain(field, number)


def _plain(field: Any, number: int) -> Any:
    moment = datetime(2026, 11, 20, 0, 1, 2, 345678, tzinfo=UTC) + timedelta(minutes=number)
    kinds: list[tuple[type, Any]] = [
        (models.BooleanField, True),
        (models.DateTimeField, moment),
        (models.DateField, date(2026, 11, 1) + timedelta(days=number % 25)),
        (models.TimeField, time(9, 0, 1)),
        (models.DurationField, timedelta(seconds=number)),
        (models.DecimalField, Decimal("-1.5") if field.name != "price" else Decimal("71500.1234")),
        (models.fields.PositiveIntegerRelDbTypeMixin, number),
        (models.FloatField, 0.1),
        (models.IntegerField, -number),
        (models.BinaryField, bytes([0, 255, number % 256])),
        (models.JSONField, {"ㅎ": [1, None, {"나": "가", "a": 0.1}], "a": ODD_TEXT}),
        (models.UUIDField, UUID(int=number)),
        (models.EmailField, f"someone{number}@example.com"),
        (models.FileField, ""),
        (models.CharField, f"{number}{ODD_TEXT}"[: getattr(field, "max_length", None) or 50]),
        (models.TextField, ODD_TEXT * 3),
    ]
    return next(value for kind, value in kinds if isinstance(field, kind))


def counts() -> dict[str, int]:
    return {label_of(model): model._base_manager.count() for model in carried()}


#: Stay after a wipe: made by the migrations, or a trail nobody can delete that holds on to nobody.
STAYS = {"contenttypes.contenttype", "auth.permission", "access.auditchain", "access.auditentry"}


def wipe() -> None:
    """An install as it is after its first migration; who has signed in here goes, too."""
    from django.db import connection

    signed_in = [apps.get_model(label) for label in LEFT_OUT if label not in STAYS]
    for model in [*carried(), *signed_in]:
        model._base_manager.all()._raw_delete(connection.alias)
    assert not any(counts().values())


__all__ = ["Maker", "counts", "wipe"]
