"""Reading a PDF as a search engine does: letters from the streams, through each font's own table of letters."""

import base64
import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.S)
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)
SHOWN = re.compile(rb"/(F\d+\+\d+|F\d+) [\d.]+ Tf|\((.*?)(?<!\\)\) Tj|(T\*|Td|Tm|ET)", re.S)
PAIR = re.compile(rb"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,})>")
ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.S)
NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """Everything that can be selected, a line a piece of text."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = {name: _letters(objects, number) for name, number in _fonts(objects)}
    pages = [
        _unpacked(body) for body in objects.values() if b"/FlateDecode" in body and b"Tf" in _unpacked(body)
    ]
    return "\n".join("".join(_said(page, fonts)) for page in pages)


def _fonts(objects: dict[int, bytes]) -> Iterator[tuple[bytes, int]]:
    for body in objects.values():
        yield from ((name, int(number)) for name, number in re.findall(rb"/(F\d+(?:\+\d+)?) (\d+) 0 R", body))


def _letters(objects: dict[int, bytes], number: int) -> dict[int, str]:
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[number])
    if not found:
        return {code: chr(code) for code in range(256)}
    pairs = PAIR.findall(_unpacked(objects[int(found[1])]))
    return {int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in pairs}


def _said(page: bytes, fonts: dict[bytes, dict[int, str]]) -> Iterator[str]:
    letters: dict[int, str] = {}
    for font, text, move in SHOWN.findall(page):
        if font:
            letters = fonts[font]
        elif move:
            yield "\n"
        else:
            yield "".join(letters.get(code, "?") for code in ESCAPED.sub(_unescaped, text))


def _unescaped(found: re.Match[bytes]) -> bytes:
    return (
        bytes([int(found[1], 8)])
        if found[1].isdigit() and len(found[1]) == 3
        else NAMED.get(found[1], found[1])
    )


def _unpacked(body: bytes) -> bytes:
    found = STREAM.search(body)
    if not found:
        return b""
    data = found[1].rstrip()
    data = base64.a85decode(data.removesuffix(b"~>")) if b"ASCII85" in body else data
    try:
        return zlib.decompress(data)
    except zlib.error:
        return b""
