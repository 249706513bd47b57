"""``python -m kiwoomweb.operation.drills.keys``: the drill, in a process with settings of its own."""

import argparse
import os
import sys


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Migrate the empty database, play, print; 0 when no read failed."""
    parser = argparse.ArgumentParser()
    for name, default in (("sessions", 50), ("changes", 12), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args()
    import django

    django.setup()
    from django.core.management import call_command

    from kiwoomweb.operation.drills.keys.playing import play

    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    return 0 if play(_say, chosen.sessions, chosen.changes, chosen.seed) else 1


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.operation.drills.settings"
    sys.exit(main())
