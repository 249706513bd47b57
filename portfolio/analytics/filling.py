"""Filling the blanks of an outline: ``[날짜] [종목]`` -> ``2026-11-20 삼성전자``."""

import re
from collections.abc import Mapping

__all__ = ["filled"]

BLANK = re.compile(r"\[([^\W\d_]{1,12})\]")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with every known blank filled. What is no known blank stays as it was written."""
    return BLANK.sub(lambda found: values.get(found[1].lower(), found[0]), text)
