"""Attaching pictures and files to notes: looked at before they are kept, never served as a page.

What a file is, its content says and not its name. Pictures are drawn anew, so that nothing but the picture
is kept: no place, no camera, nothing hidden behind it.
"""

from portfolio.services.attaching.keeping import Attached, attach, bring_back, remove
from portfolio.services.attaching.limits import LARGEST, ROOM

__all__ = ["LARGEST", "ROOM", "Attached", "attach", "bring_back", "remove"]
