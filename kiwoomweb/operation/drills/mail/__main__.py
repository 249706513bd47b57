"""``python -m kiwoomweb.operation.drills.mail``: the drill, in a process with settings of its own."""

import argparse
import os
import sys

from kiwoomweb.operation.drills.mail.server import MailServer


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Open the mail server, migrate the empty database, play, print; 0 when nothing was lost or doubled."""
    parser = argparse.ArgumentParser()
    for name, default in (("mails", 10_000), ("seed", 1), ("workers", 2)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args()
    with MailServer(keeping=False) as server:
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"

        import django

        django.setup()
        from django.core.management import call_command

        from kiwoomweb.operation.drills.mail.rounds import play

        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        return 0 if play(_say, server, chosen.mails, chosen.seed, chosen.workers) else 1


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "kiwoomweb.operation.drills.settings"
    sys.exit(main())
