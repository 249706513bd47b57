"""``python -m kiwoomweb.operation.drills.orders``: the drill, in a process with settings of its own."""

import argparse
import logging
import os
import sys


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Start the broker, migrate the empty database, play, print; 0 when everything held."""
    parser = argparse.ArgumentParser()
    for name, default in (("trials", 10_000), ("first", 0), ("seed", 1), ("sequences", 0), ("races", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen, _others = parser.parse_known_args()

    from kiwoomweb.operation.drills.orders.rig import start

    rig = start(chosen.seed)
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command

    from kiwoomweb.operation.drills.orders.report import report

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    held = report(rig, _say, seed=chosen.seed, trials=chosen.trials, first=chosen.first)
    rig.stop()
    return 0 if held else 1


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.operation.drills.settings"
    sys.exit(main())
