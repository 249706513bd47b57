#!/usr/bin/env python3
"""The one entry: ``python3 manage.py up`` starts everything, ``python3 manage.py test`` proves it."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kiwoomweb.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
