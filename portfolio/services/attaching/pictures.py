"""Pictures, drawn anew: PNG, JPEG and WebP without anything but their pixels."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portfolio.services.attaching.limits import LONGEST_SIDE, MOST_PIXELS, Unacceptable

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Picture", "is_picture", "redrawn"]

#: How files of these kinds begin.
BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
KINDS = ("PNG", "JPEG", "WEBP")
#: Colours each kind can keep.
MODES = {"PNG": ("1", "L", "LA", "RGB", "RGBA"), "JPEG": ("L", "RGB"), "WEBP": ("RGB", "RGBA")}
SAVED: dict[str, dict[str, object]] = {
    "PNG": {"optimize": False, "compress_level": 6},
    "JPEG": {"quality": 90},
    "WEBP": {"quality": 90, "method": 4},
}
THUMBNAIL = (320, 240)


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture as kept, and small. Sides are pixels; ``thumbnail`` is a WebP."""

    kind: str
    content: bytes
    thumbnail: bytes
    width: int
    height: int


def is_picture(content: bytes) -> bool:
    """Whether it begins as a picture of a known kind does."""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return is_webp or content.startswith(tuple(BEGINNINGS))


def redrawn(content: bytes) -> Picture:
    """The picture without its metadata, the right way up; of a moving one the first frame.

    Its measures are read before a pixel is unpacked. Raises :class:`Unacceptable`.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content), formats=KINDS) as found:
            kind = str(found.format)
            _check_measures(*found.size)
            whole = ImageOps.exif_transpose(found)
            plain = whole.convert(_mode(kind, whole))
    except Unacceptable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unacceptable(_too_large()) from error
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError) as error:
        raise Unacceptable(
            _("그림이 깨져 있어 열 수 없습니다. 다시 저장하거나 화면을 새로 찍어 올려 주세요.")
        ) from error
    plain.info = {}  # a colour profile or a comment would be written again
    small = plain.convert("RGBA" if plain.mode in {"LA", "RGBA"} else "RGB")
    small.thumbnail(THUMBNAIL)
    return Picture(kind, _written(plain, kind), _written(small, "WEBP"), *plain.size)


def _check_measures(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unacceptable(_too_large())


def _too_large() -> str:
    return _("그림이 너무 큽니다. 가로×세로 %(n)d만 화소까지 올릴 수 있으니 줄여서 다시 올려 주세요.") % {
        "n": MOST_PIXELS // 10_000
    }


def _mode(kind: str, picture: "Image") -> str:
    """The nearest colours the kind can keep."""
    if picture.mode in MODES[kind]:
        return picture.mode
    has_alpha = "A" in picture.mode or "transparency" in picture.info
    return "RGBA" if has_alpha and kind != "JPEG" else "RGB"


def _written(picture: "Image", kind: str) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **SAVED[kind])
    return file.getvalue()
