"""Values as an archive writes them: the same text whichever database they came from."""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

__all__ = ["reader_of", "writer_of"]


def writer_of(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    """What makes JSON of a value of this column. ``None`` stays ``None``."""
    field = _target(field)
    if isinstance(field, models.BinaryField):
        return lambda value: None if value is None else base64.b64encode(bytes(value)).decode()
    if isinstance(field, models.DecimalField):
        step = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: None if value is None else str(value.quantize(step))
    if isinstance(field, models.DateTimeField):
        return lambda value: None if value is None else _moment(value)
    if isinstance(field, (models.DateField, models.TimeField, models.UUIDField, models.FileField)):
        return lambda value: None if value is None else str(value)
    if isinstance(field, models.DurationField):
        return lambda value: None if value is None else str(value)
    return lambda value: value


def reader_of(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    """What makes a value of this column of JSON. Raises ``ValueError`` for what no such value is."""
    field = _target(field)
    if isinstance(field, models.BinaryField):
        return _bytes
    if isinstance(field, models.JSONField):
        return lambda value: value

    def read(value: Any) -> Any:
        try:
            return None if value is None else field.to_python(value)
        except ValidationError as wrong:
            raise ValueError(f"{field}: {wrong}") from None

    return read


def _target(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    """A reference is written as the key it points at."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    return field


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _bytes(value: str | None) -> bytes | None:
    try:
        return None if value is None else base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError) as wrong:
        raise ValueError(str(wrong)) from None
