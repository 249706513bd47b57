"""Chromium: where the browser for the browser tests lies on this machine."""

import os
import shutil
from pathlib import Path

from kiwoomweb.operation.telling import Trouble

__all__ = ["find_chromium"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find_chromium() -> str:
    """The browser's program: ``CHROMIUM``, or the usual names. Raises Trouble that says how to get one."""
    candidates = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES), *PLACES]
    for candidate in candidates:
        if candidate and Path(candidate).is_file():
            return candidate
    raise Trouble(
        "브라우저 시험에 쓸 Chromium이 없습니다. Debian·Ubuntu: apt install chromium. 아니면 CHROMIUM=경로.",
        "No Chromium for the browser tests. Debian, Ubuntu: apt install chromium. Elsewhere: CHROMIUM=path.",
    )
