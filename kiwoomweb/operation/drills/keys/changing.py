"""``python -m kiwoomweb.operation.drills.keys.changing``: a new master key, every row under it; says when it
begins, so that it can be killed in the middle."""

import os
import sys
from pathlib import Path


def main() -> None:
    """What ``manage.py reseal --new-key`` does, in batches of one row."""
    import django

    django.setup()
    from django.conf import settings

    from kiwoomweb.access.key_ring import add_key
    from kiwoomweb.access.services.resealing import reseal

    sys.stdout.write("begin\n")
    sys.stdout.flush()
    add_key(Path(settings.SEALING_KEYS_FILE))
    reseal(batch=1)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.operation.drills.settings"
    main()
