"""Django's way to send mail, led through the outbox: what a library mails is kept and retried as ours is."""

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from kiwoomweb.notices.letters import Letter
from kiwoomweb.notices.services.posting import post

__all__ = ["EmailBackend"]


class EmailBackend(BaseEmailBackend):
    """Every recipient gets a letter of their own. Sealed while it waits: such mail often signs somebody in."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many messages were put into the outbox."""
        for message in email_messages:
            number = uuid.uuid4().hex
            for place, address in enumerate(message.recipients()):
                post(_letter(message, address, f"mail:{number}:{place}"))
        return len(email_messages)


def _letter(message: EmailMessage, address: str, key: str) -> Letter:
    pages = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = next((str(page[0]) for page in pages if page[1] == "text/html"), "")
    return Letter(
        to=address, subject=str(message.subject), text=str(message.body), html=html, key=key, secret=True
    )
