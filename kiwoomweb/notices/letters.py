"""Letter: a mail before it is a mail, and how it becomes the bytes that leave.

The bytes are made once, with the Message-ID in them: every try sends the same ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiwoomweb.access.models import Account, User

__all__ = ["UNSUBSCRIBE", "Enclosure", "Letter", "Postmark", "written"]

#: Stands in a letter's HTML for the address where its reader unsubscribes, which differs from reader to reader.
UNSUBSCRIBE = "https://unsubscribe.invalid/"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file in the letter; ``kind`` is its media type."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one address.

    ``key``: the reason; the same reason is sent once. ``scope``: what the reader can unsubscribe from, with
    ``list_name`` for people; blank for what nobody unsubscribes from. ``pictures``: PNG bytes by the cid the
    HTML names. ``secret``: the text signs somebody in; it is sealed while it waits.
    """

    to: str
    subject: str
    text: str
    key: str
    html: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    files: Sequence[Enclosure] = ()
    kind: str = "service"
    scope: str = ""
    list_name: str = ""
    user: "User | None" = None
    account: "Account | None" = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Postmark:
    """What the office adds: sender, moment, number, where to unsubscribe (blank: nowhere), ``leave`` the word
    for it."""

    sender: str
    at: datetime
    message_id: str
    unsubscribe: str = ""
    list_id: str = ""
    leave: str = ""


def written(letter: Letter, mark: Postmark) -> bytes:
    """The message as it leaves: seven-bit, CRLF, text before HTML, pictures inside the HTML, files behind."""
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"], mail["To"], mail["Subject"] = mark.sender, letter.to, _one_line(letter.subject)
    mail["Date"], mail["Message-ID"] = format_datetime(mark.at), f"<{mark.message_id}>"
    # Nobody's holiday notice should answer a machine (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    if mark.unsubscribe:
        mail["List-Id"] = f"{_one_line(letter.list_name)} <{mark.list_id}>".strip()
        mail["List-Unsubscribe"] = f"<{mark.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # Naver and Outlook show no button for the header: the link also stands at the end.
    foot = f"\n\n{mark.leave}: {mark.unsubscribe}\n" if mark.unsubscribe and mark.leave else ""
    mail.set_content(letter.text.rstrip("\n") + foot if foot else letter.text)
    if letter.html:
        mail.add_alternative(letter.html.replace(UNSUBSCRIBE, mark.unsubscribe), subtype="html")
        page = mail.get_payload()[1]  # type: ignore[index]  # a multipart's payload is its parts
        for cid, png in letter.pictures.items():
            page.add_related(png, "image", "png", cid=f"<{cid}>", disposition="inline", filename=f"{cid}.png")  # type: ignore[union-attr]
    for file in letter.files:
        main, _, sub = file.kind.partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=_one_line(file.name))
    return mail.as_bytes()


def _one_line(text: str) -> str:
    """A header is one line, whatever a stock, a person or a file is called."""
    return " ".join(text.split())
