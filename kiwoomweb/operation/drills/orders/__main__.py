"""``python -m kiwoomweb.operation.drills.orders``: the drill, in a process with settings of its own."""

import argparse
import logging
import os
import sys


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Migrate the empty database, play, print; 0 when everything held."""
    parser = argparse.ArgumentParser()
    for name in ("trials", "first", "seed", "workers", "sequences", "races", "traced"):
        parser.add_argument(f"--{name}", type=int, default=0)
    chosen = parser.parse_args()

    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command

    from kiwoomweb.operation.drills.orders.report import report

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    return 0 if report(_say, vars(chosen)) else 1


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.operation.drills.settings"
    sys.exit(main())
