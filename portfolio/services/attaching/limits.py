"""How much may be attached, and the refusal that says so."""

from django.utils.functional import Promise

__all__ = ["LARGEST", "LONGEST_SIDE", "MOST", "MOST_PIXELS", "ROOM", "Unacceptable"]

#: Bytes of one file, and of all files of one account.
LARGEST = 10 * 1024 * 1024
ROOM = 2 * 1024**3
#: Files of one note.
MOST = 60
#: Pixels of a picture: a screenshot of a 6K screen fits. Each costs four bytes while it is drawn.
MOST_PIXELS, LONGEST_SIDE = 25_000_000, 16_000


class Unacceptable(ValueError):
    """A file that is not kept. ``notice`` is a sentence for a person: what is wrong and what to do."""

    def __init__(self, notice: str | Promise) -> None:
        super().__init__(str(notice))
        self.notice = str(notice)
