"""What the market does when the broker has answered."""

from typing import Any

from django.dispatch import receiver

from kiwoomweb.access.signals import answered
from market.services.answering import note_answer

__all__ = ["remember_the_answer"]


@receiver(answered)
def remember_the_answer(sender: object, *, account_id: int, tr: str, **_rest: Any) -> None:
    """Any success counts, whoever asked: a page, the journal, the explorer."""
    note_answer(account_id, tr)
