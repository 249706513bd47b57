"""Sayings of the broker's side in the reader's language: the template translated, its labels with it."""

from collections.abc import Mapping

from django.utils.translation import gettext

from kiwoomweb.broker.saying import Saying
from market.terms import term

__all__ = ["said", "said_of"]


def said(sentence: str) -> str:
    """A sentence as this reader reads it; one that no longer knows its parts stays as it came."""
    if not isinstance(sentence, Saying):
        return sentence
    parts = {name: term(part) if name in {"label", "some"} else part for name, part in sentence.parts.items()}
    return gettext(sentence.template) % parts if parts else gettext(sentence.template)


def said_of(problems: Mapping[str, str]) -> dict[str, str]:
    """Field -> the sentence."""
    return {name: said(problem) for name, problem in problems.items()}
