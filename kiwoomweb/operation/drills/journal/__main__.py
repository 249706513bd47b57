"""``python -m kiwoomweb.operation.drills.journal``: the drill, in a process with settings of its own."""

import argparse
import os
import sys


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Migrate the empty database, play, print; 0 when everything held."""
    parser = argparse.ArgumentParser()
    for name, default in (("years", 3), ("accounts", 10), ("seed", 1), ("days", 4), ("permutations", 1000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = vars(parser.parse_args())

    import django

    django.setup()
    from django.core.management import call_command

    from kiwoomweb.operation.drills.journal.report import report

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    held = report(_say, **chosen)
    return 0 if held else 1


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.operation.drills.settings"
    sys.exit(main())
