"""Cutting the faces out of Pretendard: the 2,350 syllables of KS X 1001 and the signs reports use.

Only developers do this (``python -m portfolio.reports.fonts.cutting FOLDER`` with the two TTF files of the npm
package named in ``fonts.toml``); the product reads the committed files.
"""

import sys
from pathlib import Path
from typing import Any

from portfolio.reports.fonts.kept import FACES, FAMILY, face

__all__ = ["cut", "wanted"]

SOURCES = {"regular": "Pretendard-Regular.ttf", "bold": "Pretendard-Bold.ttf"}
SIGNS = "▲▼△▽●○■□◆◇→←↑↓·…—–−×÷±≤≥≠∞√≈‘’“”「」『』《》〈〉【】※°％＋₩€¥£©℃㎡½¼¾②①③④⑤✓"
#: Fields of the name table that carry the font's own name: family, unique, full, PostScript, preferred.
NAMED = {
    1: "{family}",
    3: "{family} {style} 1.3.9",
    4: "{family} {style}",
    6: "{joined}-{style}",
    16: "{family}",
}


def wanted() -> set[int]:
    """Latin letters, compatibility jamo, the syllables of KS X 1001, signs."""
    latin = {*range(0x20, 0x7F), *range(0xA0, 0x180)}
    syllables = {code for code in range(0xAC00, 0xD7A4) if _is_common(chr(code))}
    return latin | syllables | {*range(0x3131, 0x318F)} | set(map(ord, SIGNS))


def cut(source: Path, weight: str) -> None:
    """Write one face; the same source gives the same bytes."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    _rename(font, weight)
    font.save(face(weight), reorderTables=True)


def _rename(font: Any, weight: str) -> None:
    words = {"family": FAMILY, "style": weight.title(), "joined": FAMILY.replace(" ", "")}
    table = font["name"]
    for record in list(table.names):
        if record.nameID in NAMED:
            table.setName(NAMED[record.nameID].format(**words), record.nameID, 3, 1, 0x409)
        if record.nameID in NAMED and (record.platformID, record.langID) != (3, 0x409):
            table.names.remove(record)


def _is_common(letter: str) -> bool:
    try:
        return len(letter.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    for each in FACES:
        cut(Path(sys.argv[1]) / SOURCES[each], each)
