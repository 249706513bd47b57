"""The answer that carries a file away: its type, its name, and never a page to open in the browser."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from kiwoomweb.ui.covering import is_covered
from kiwoomweb.ui.takeaway.covered import covered
from kiwoomweb.ui.takeaway.sheet import Sheet
from kiwoomweb.ui.takeaway.text import as_csv
from kiwoomweb.ui.takeaway.workbook import as_workbook

__all__ = ["KINDS", "attachment", "pieces", "take_away"]

#: What can be asked for, and the type the answer has. ``csv949`` is for programs of Korean Windows.
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "csv949": "text/csv; charset=cp949",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PIECE = 64 * 1024


def take_away(request: HttpRequest, kind: str, stem: str, sheets: Sequence[Sheet]) -> StreamingHttpResponse:
    """``sheets`` as an attachment called ``stem``. CSV holds the first of them, a workbook holds all.

    ``kind`` is one of ``KINDS``. Amounts are covered where the reader sees them covered.
    """
    sheets = [covered(sheet) for sheet in sheets] if is_covered() else sheets
    if kind == "xlsx":
        return attachment(request, f"{stem}.xlsx", KINDS[kind], pieces(as_workbook(sheets)))
    charset = "cp949" if kind == "csv949" else "utf-8"
    return attachment(request, f"{stem}.csv", KINDS[kind], as_csv(sheets[0], charset))


def attachment(request: HttpRequest, name: str, kind: str, content: Iterator[bytes]) -> StreamingHttpResponse:
    """``content`` piece by piece, as a file to be saved under ``name`` and never shown as a page."""
    flow = _slowly(content) if isinstance(request, ASGIRequest) else content
    response = StreamingHttpResponse(flow, content_type=kind)
    if isinstance(content, Pieces):
        closed_with: Any = response  # Django's own list of what goes with the answer; it is not in the stubs
        closed_with._resource_closers.append(content.close)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def pieces(file: IO[bytes]) -> "Pieces":
    """An open file piece by piece; it is closed at the end, also when nobody reads so far."""
    return Pieces(file)


class Pieces(Iterator[bytes]):
    """Closed by whoever sends it, even when it was never begun (a generator would not hear of that)."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __next__(self) -> bytes:
        if not self._file.closed and (piece := self._file.read(PIECE)):
            return piece
        self.close()
        raise StopIteration

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


async def _slowly(content: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces for a server that waits for none of them: otherwise Django would gather all first."""
    while (piece := await sync_to_async(lambda: next(content, None))()) is not None:
        yield piece
