"""Keeping what was attached: each file is looked at by itself, so that one refusal costs no other."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kiwoomweb.access.models import User
from orders.services.locking import locked
from portfolio.models import Attachment, Note, Place
from portfolio.services.attaching.documents import document
from portfolio.services.attaching.limits import LARGEST, MOST, ROOM, Unacceptable
from portfolio.services.attaching.naming import harmless_name
from portfolio.services.attaching.pictures import is_picture, redrawn

__all__ = ["Attached", "attach", "bring_back", "remove"]

PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".heic", ".svg")
ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of it: rows made, and (name, sentence) of each file that was refused."""

    kept: tuple[Attachment, ...]
    refused: tuple[tuple[str, str], ...]


def attach(place: Place, files: "Iterable[File[Any]]", *, author: User) -> Attached:
    """Keep the files beside the note of a place."""
    kept: list[Attachment] = []
    refused: list[tuple[str, str]] = []
    for file in files:
        try:
            kept.append(_kept(place, file, author))
        except Unacceptable as error:
            refused.append((harmless_name(file.name or "", "", _("파일")).rstrip("."), error.notice))
    return Attached(tuple(kept), tuple(refused))


def remove(attachment: Attachment, *, author: User) -> None:
    """Off the page; row and content stay."""
    here = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    here.update(removed_at=timezone.now(), removed_by=author)


def bring_back(attachment: Attachment) -> None:
    """Undo a removal."""
    Attachment.objects.filter(pk=attachment.pk).update(removed_at=None, removed_by=None)


def _kept(place: Place, file: "File[Any]", author: User) -> Attachment:
    if file.size > LARGEST:
        raise Unacceptable(
            _("파일 하나는 %(n)dMB까지입니다. 줄이거나 나누어 올려 주세요.") % {"n": LARGEST // 1024**2}
        )
    row = _looked_at(file.read(), file.name or "")
    with transaction.atomic():
        locked(place.account.pk)
        row.note, _made = Note.objects.get_or_create(**place.lookup)
        _check_room(row)
        row.added_by, row.added_at = author, timezone.now()
        row.save()
    return row


def _looked_at(content: bytes, name: str) -> Attachment:
    """An unsaved row with its content put away; a content without a row is harmless."""
    if not content:
        raise Unacceptable(_("빈 파일입니다. 내용이 있는지 확인해 주세요."))
    if is_picture(content):
        return _picture(content, name)
    if name.lower().endswith(PICTURE_NAMES):
        raise Unacceptable(
            _("이름은 그림이지만 내용은 PNG, JPEG, WebP 그림이 아닙니다. 화면을 새로 찍어 올려 주세요.")
        )
    found = document(content, name)
    title = harmless_name(name, found.ending, _("파일"))
    return _row(content, title, found.media_type)


def _picture(content: bytes, name: str) -> Attachment:
    picture = redrawn(content)
    title = harmless_name(name, ENDINGS[picture.kind], _("그림"))
    row = _row(picture.content, title, f"image/{picture.kind.lower()}")
    row.width, row.height = picture.width, picture.height
    row.thumbnail.save(f"{row.content.name}.small", ContentFile(picture.thumbnail), save=False)
    return row


def _row(content: bytes, title: str, media_type: str) -> Attachment:
    sha256 = hashlib.sha256(content).hexdigest()
    row = Attachment(name=title, media_type=media_type, sha256=sha256, size=len(content))
    # The same picture twice is two files: each row can be carried and restored by itself.
    row.content.save(f"{sha256[:2]}/{sha256}.{secrets.token_hex(6)}", ContentFile(content), save=False)
    return row


def _check_room(row: Attachment) -> None:
    beside = Attachment.objects.filter(note=row.note, removed_at=None).count()
    if beside >= MOST:
        raise Unacceptable(
            _("메모 하나에 %(n)d개까지 붙일 수 있습니다. 쓰지 않는 것을 지워 주세요.") % {"n": MOST}
        )
    used = Attachment.objects.filter(note__account=row.note.account_id).aggregate(sum=Sum("size"))["sum"] or 0
    if used + row.size > ROOM:
        raise Unacceptable(
            _("이 계좌의 첨부 공간 %(n)dGB를 다 썼습니다. 큰 파일은 다른 곳에 두고 메모에 적어 주세요.")
            % {"n": ROOM // 1024**3}
        )
