"""Workbooks: checked before they are opened, and opened in a process that may not take much.

A few kilobytes of XLSX can hold gigabytes of zeros, or one cell so far out that a table around it fills the
memory. The first is found by unpacking it piece by piece and counting; against the second the reading process
has a limit of memory and of time, and dies alone.
"""

import io
import json
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

from django.utils.translation import gettext as _

from orders.incoming.errors import Unreadable
from orders.incoming.grid import LONGEST_CELL, MOST_COLUMNS, MOST_LINES, Grid, Line

__all__ = ["as_workbook"]

#: What a workbook may unpack to, in bytes, and how many parts it may have.
MOST_UNPACKED, MOST_PARTS = 120 * 1024 * 1024, 2000
#: Seconds and bytes the reading process has.
LONGEST, MOST_MEMORY = 30, 1024 * 1024 * 1024
PIECE = 1 << 16


def as_workbook(content: bytes, *, is_zip: bool) -> tuple[Grid, ...]:
    """The sheets of an XLSX, ODS or XLS file that have anything in them. Raises ``Unreadable``."""
    if is_zip:
        _check_zip(content)
    limits = [str(each) for each in (MOST_LINES, MOST_COLUMNS, LONGEST_CELL, MOST_MEMORY)]
    command = [sys.executable, "-I", str(Path(__file__).with_name("child.py")), *limits]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise Unreadable(_bomb()) from None
    if done.returncode == 3:
        raise Unreadable(_("줄이 너무 많습니다 (%(most)s줄까지).") % {"most": f"{MOST_LINES:,}"})
    if done.returncode == 2:
        raise Unreadable(
            _("엑셀 파일을 읽을 수 없습니다. 깨졌거나 암호가 걸려 있습니다. 암호를 풀고 다시 저장하세요.")
        )
    if done.returncode:
        raise Unreadable(_bomb())
    grids = []
    for line in done.stdout.splitlines():
        name, rows = json.loads(line)
        grids.append(Grid(name, tuple(Line(number, tuple(cells)) for number, cells in rows)))
    if not grids:
        raise Unreadable(_("빈 파일입니다. 조회한 뒤 내보낸 파일인지 확인하세요."))
    return tuple(grids)


def _bomb() -> str:
    return _("풀면 지나치게 커지는 파일이라 열지 않았습니다. 필요한 줄만 남겨 다시 저장하세요.")


def _check_zip(content: bytes) -> None:
    """Every part is really unpacked: what a ZIP says of its sizes may be a lie."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            infos = parts.infolist()
            names = {info.filename for info in infos}
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise Unreadable(_bomb())
            if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
                raise Unreadable(_("엑셀 파일이 아닌 ZIP입니다. 풀어서 안의 CSV나 XLSX를 올리세요."))
            for info in infos:
                left -= _unpacked(content, info, left)
                if left < 0:
                    raise Unreadable(_bomb())
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError):
        raise Unreadable(_("엑셀 파일이 깨져 있습니다. 다시 내보내거나 다시 저장하세요.")) from None


def _unpacked(content: bytes, info: zipfile.ZipInfo, most: int) -> int:
    """How many bytes a part really unpacks to; stops counting beyond ``most``."""
    head = info.header_offset
    names = int.from_bytes(content[head + 26 : head + 28], "little")
    names += int.from_bytes(content[head + 28 : head + 30], "little")
    packed = content[head + 30 + names :][: info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable(_("엑셀 파일이 깨져 있습니다. 다시 내보내거나 다시 저장하세요."))
    unpacking, size = zlib.decompressobj(-15), 0
    while not unpacking.eof and size <= most:
        piece = unpacking.decompress(packed, PIECE)
        packed = unpacking.unconsumed_tail
        size += len(piece)
        if not piece and not packed:
            break
    return size
