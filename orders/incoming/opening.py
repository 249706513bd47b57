"""Opening a file by what is in it, whatever it is called: text, XLSX, XLS; anything else is refused."""

from django.utils.translation import gettext as _

from orders.incoming.errors import Unreadable
from orders.incoming.grid import MOST_BYTES, Grid
from orders.incoming.text import as_text
from orders.incoming.workbook import as_workbook

__all__ = ["opened"]

#: How files begin that somebody may take for a table.
OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7Z",
    b"MZ": "EXE",
    b"SQLite": "SQLite",
}
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def opened(content: bytes) -> tuple[Grid, ...]:
    """The sheets of a file. Raises ``Unreadable``."""
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise Unreadable(_("빈 파일입니다. 조회한 뒤 내보낸 파일인지 확인하세요."))
    if len(content) > MOST_BYTES:
        raise Unreadable(too_big())
    for start, kind in OTHERS.items():
        if content.startswith(start):
            raise Unreadable(
                _("%(kind)s 파일은 표가 아닙니다. CSV, XLSX, XLS 파일을 올리세요.") % {"kind": kind}
            )
    if content.startswith((ZIP, OLE)):
        return as_workbook(content, is_zip=content.startswith(ZIP))
    return (as_text(content),)


def too_big() -> str:
    """What a person is told who uploads more than is read."""
    return _("%(limit)sMB까지 올릴 수 있습니다. 기간을 나누어 내보내세요.") % {
        "limit": MOST_BYTES // 1024 // 1024
    }
