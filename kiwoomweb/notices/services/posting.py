"""Posting: put a letter into the outbox. It leaves when the caller's transaction is committed, not before."""

import uuid
import zlib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access import sealing
from kiwoomweb.later import later
from kiwoomweb.notices.letters import Letter, Postmark, written
from kiwoomweb.notices.links import domain, unsubscribe_link
from kiwoomweb.notices.models import Delivery, OptOut, State, Way
from kiwoomweb.notices.seals import message_place, seal

__all__ = ["opened", "post"]


def post(letter: Letter) -> Delivery:
    """The delivery of this letter; one that was posted before under the same key is answered as it stands."""
    key = letter.key[:160]
    if known := Delivery.objects.filter(key=key).first():
        return known
    with transaction.atomic():
        row, made = Delivery.objects.get_or_create(key=key, defaults=_row(letter))
    if made and row.state == State.QUEUED:
        later("notices.post")
    return row


def _row(letter: Letter) -> dict[str, object]:
    number = f"{uuid.uuid4().hex}@{domain()}"
    obstacle = _obstacle(letter)
    stopped = {"state": State.REFUSED, "answer": obstacle, "ended_at": timezone.now()}
    return {
        "way": Way.MAIL,
        "kind": letter.kind,
        "user": letter.user,
        "account": letter.account,
        "to": letter.to[:254],
        "subject": " ".join(letter.subject.split())[:250],
        "scope": letter.scope,
        "message_id": number,
        "due_at": timezone.now(),
        **({"content": b"", **stopped} if obstacle else _packed(letter, number)),
    }


def opened(row: Delivery) -> bytes:
    """The message as it will leave. Raises ``SealError`` when it is sealed and the key is gone."""
    if row.sealed:
        return sealing.unseal(row.content, message_place(row.message_id)).encode("ascii")
    return zlib.decompress(row.content)


def _obstacle(letter: Letter) -> str:
    """Why this letter cannot leave; blank when it can."""
    if not settings.CAN_MAIL:
        return _("메일 서버가 설정되지 않았습니다 (EMAIL_URL).")
    try:
        validate_email(letter.to)
        letter.to.encode("ascii")
    except (ValidationError, UnicodeEncodeError):
        return _("메일 주소가 아닙니다.")
    if letter.scope and OptOut.objects.filter(address=letter.to.lower(), scope=letter.scope).exists():
        return _("받는 사람이 수신을 거부했습니다.")
    return ""


def _packed(letter: Letter, number: str) -> dict[str, object]:
    mark = Postmark(
        sender=settings.DEFAULT_FROM_EMAIL,
        at=timezone.localtime(),
        message_id=number,
        unsubscribe=unsubscribe_link(letter.to, letter.scope) if letter.scope else "",
        leave=_("수신 거부"),
        list_id=f"{letter.scope.partition(':')[0]}.kiwoomweb.{domain()}",
    )
    message = written(letter, mark)
    if not letter.secret:
        return {"content": zlib.compress(message)}
    return {"content": seal(message.decode("ascii"), message_place(number)), "sealed": True}
