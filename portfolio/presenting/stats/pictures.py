"""Picture: a figure under the question it answers."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

__all__ = ["Picture"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its question; ``note`` says what it is made of."""

    key: str
    asks: "str | Promise"
    figure: dict[str, Any]
    note: str = ""
