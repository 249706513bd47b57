"""Files people might attach: good ones, and ones that are not what they say."""

import zlib
from io import BytesIO
from struct import pack
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (640, 400), mode: str = "RGB", **rest: Any) -> bytes:
    file = BytesIO()
    Image.new(mode, size, "red" if mode != "L" else 90).save(file, kind, **rest)
    return file.getvalue()


def told_png(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is of this size: a bomb when it is unpacked."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))

    header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 10_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def workbook(**more: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in more.items():
            parts.writestr(f"xl/{name}.bin", content)
    return file.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(name: str, content: bytes, media_type: str = "application/octet-stream") -> SimpleUploadedFile:
    """A file as a browser sends it; what the browser says of its type is nobody's business."""
    return SimpleUploadedFile(name, content, media_type)
