"""Keys made at the first start and kept beside the database in files only their owner can read."""

import json
import os
import secrets
from pathlib import Path

__all__ = ["demo_keys", "write_private"]


def demo_keys(path: Path) -> None:
    """Make the key pair of the practice account once: ``{"app_key": …, "app_secret": …}``, mode 0600."""
    if not path.exists():
        pair = {"app_key": secrets.token_urlsafe(32), "app_secret": secrets.token_urlsafe(32)}
        write_private(path, json.dumps(pair))


def write_private(path: Path, text: str) -> None:
    """Put ``text`` at ``path`` whole or not at all, readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
