"""A QR code as one path of an inline picture: no file, no style, nothing the content policy would refuse."""

from dataclasses import dataclass

__all__ = ["Picture", "qr"]


@dataclass(frozen=True, slots=True)
class Picture:
    """``path`` draws the dark squares on a field of ``side`` by ``side``, its quiet border included."""

    side: int
    path: str


def qr(text: str) -> Picture:
    """The code that says ``text``, medium error correction."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, cell in enumerate(row) if cell)
    return Picture(len(rows), "".join(dark))
