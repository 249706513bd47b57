"""Files that are no pictures: PDF, XLSX, and plain text. Known by their content; kept as they came."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from portfolio.services.attaching.limits import Unacceptable

__all__ = ["Document", "document"]

#: A workbook may unpack to so many bytes in so many parts: more is a bomb for whoever opens it.
MOST_UNPACKED, MOST_PARTS = 200 * 1024 * 1024, 5_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Beginnings of text that a browser or a shell would run.
PROGRAMS = ("<", "#!", "mz")
ENDINGS = {"csv": "text/csv", "txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Document:
    """What a file is: its ending, and the type it is served with."""

    ending: str
    media_type: str


def document(content: bytes, name: str) -> Document:
    """What the content is. The name only tells CSV from other text. Raises :class:`Unacceptable`."""
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    return _text(content, name)


def _pdf(content: bytes) -> Document:
    if b"%%EOF" not in content[-2048:]:
        raise Unacceptable(_("PDF가 중간에 끊겨 있습니다. 다시 저장해서 올려 주세요."))
    return Document("pdf", "application/pdf")


def _workbook(content: bytes) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names, unpacked = set(parts.namelist()), sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unacceptable(_other()) from error
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise Unacceptable(_other())
    if any("vbaproject" in name.lower() for name in names):
        raise Unacceptable(_("매크로가 든 엑셀은 받지 않습니다. 매크로 없이(.xlsx) 저장해서 올려 주세요."))
    if unpacked > MOST_UNPACKED or len(names) > MOST_PARTS:
        raise Unacceptable(_("풀었을 때 너무 커지는 파일입니다. 필요한 시트만 남겨서 올려 주세요."))
    return Document("xlsx", SHEET)


def _text(content: bytes, name: str) -> Document:
    text = _decoded(content)
    if text is None or any(ord(letter) < 32 and letter not in "\t\n\r\f" for letter in text):
        raise Unacceptable(_other())
    if text.lstrip("\ufeff \t\r\n").lower().startswith(PROGRAMS):
        raise Unacceptable(
            _("웹 문서(HTML, SVG)나 프로그램은 받지 않습니다. 화면이라면 그림으로 찍어 올려 주세요.")
        )
    ending = "csv" if name.lower().endswith(".csv") else "txt"
    return Document(ending, ENDINGS[ending])


def _decoded(content: bytes) -> str | None:
    """Text in UTF-8 or in CP949, as Korean programs write it."""
    for encoding in ("utf-8", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _other() -> str:
    return _("받지 않는 형식입니다. 그림(PNG, JPEG, WebP), PDF, TXT, CSV, XLSX를 올릴 수 있습니다.")
