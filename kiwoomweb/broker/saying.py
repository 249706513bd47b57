"""Sayings: Korean sentences that remember how they were put together, so that a page can say it in English."""

from collections.abc import Mapping

__all__ = ["Saying", "gettext_noop"]


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the collector of translations by the name it looks for; views translate it."""
    return sentence


class Saying(str):
    """The Korean sentence, which is also its ``template`` (``%(name)s``) and the ``parts`` that fill it.

    >>> Saying("%(most)s자 이내로 입력해 주세요.", most=100)
    '100자 이내로 입력해 주세요.'
    """

    template: str
    parts: Mapping[str, str]

    def __new__(cls, template: str, **parts: object) -> "Saying":
        texts = {name: str(part) for name, part in parts.items()}
        self = super().__new__(cls, template % texts if texts else template)
        self.template, self.parts = template, texts
        return self
