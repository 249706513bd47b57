#!/usr/bin/env python3
"""The one entry: ``python3 manage.py up`` starts everything, ``python3 manage.py test`` proves it."""

# This file is read by whatever "python3" means on the machine, so it stays plain enough for an old one.
import os
import shutil
import sys

#: Commands that touch no model: they start without loading the apps, in half the time and memory.
LEAN = {"bench", "runsimulator", "test", "trs", "up"}


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  the message is for those who do run an older one
        start_again_with_a_newer_python()
    from kiwoomweb import bootstrap

    bootstrap.ensure(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    from django.core.management import execute_from_command_line, load_command_class

    if len(sys.argv) > 1 and sys.argv[1] in LEAN:
        load_command_class("kiwoomweb", sys.argv[1]).run_from_argv(sys.argv)
    else:
        execute_from_command_line(sys.argv)


def start_again_with_a_newer_python() -> None:
    for minor in (14, 13, 12, 11):
        newer = shutil.which("python3.%d" % minor)  # noqa: UP031
        if newer:
            os.execv(newer, [newer] + sys.argv)  # noqa: RUF005
    sys.exit(
        "Python 3.11 이상이 필요합니다. 지금은 %d.%d입니다.\n"  # noqa: UP031
        "Python 3.11 or newer is needed; this is %d.%d." % (sys.version_info[:2] * 2)
    )


if __name__ == "__main__":
    main()
