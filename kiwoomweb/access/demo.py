"""The practice account: a key pair the start command made, for the simulator on this machine."""

import json
from pathlib import Path

from django.conf import settings

from kiwoomweb.broker.credentials import Credentials

__all__ = ["demo_credentials"]


def demo_credentials() -> Credentials | None:
    """The practice key pair; ``None`` when no simulator runs beside us."""
    if not settings.DEMO:
        return None
    try:
        pair = json.loads(Path(settings.DEMO_KEYS_FILE).read_text())
        return Credentials(pair["app_key"], pair["app_secret"])
    except (OSError, ValueError, KeyError):
        return None
