"""``python -m kiwoomweb.operation.drills.keys.changing``: a new master key, every row under it; says when it
begins, so that it can be killed in the middle."""

import os
import sys


def main() -> None:
    """What ``manage.py reseal --new-key`` does, in batches of one row."""
    import django

    django.setup()

    from kiwoomweb.access.services.resealing import new_keys, reseal

    sys.stdout.write("begin\n")
    sys.stdout.flush()
    new_keys()
    reseal(batch=1)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.operation.drills.settings"
    main()
