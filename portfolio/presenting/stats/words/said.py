"""Said: a figure in two sentences."""

from dataclasses import dataclass

from django.utils.functional import Promise

__all__ = ["Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """``plain`` says what it means, ``caution`` (해석 시 주의사항) what it does not."""

    plain: "str | Promise"
    caution: "str | Promise"
