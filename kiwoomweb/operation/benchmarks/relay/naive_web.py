"""Daphne for the naive design: ``python -m kiwoomweb.operation.benchmarks.relay.naive_web PORT``."""

import sys

__all__ = ["main"]


def main(port: str) -> None:
    """Serve until told to stop."""
    from daphne.cli import CommandLineInterface

    quiet = ["-v", "0", "--no-server-name"]
    application = "kiwoomweb.operation.benchmarks.relay.naive_app:application"
    CommandLineInterface().run(["-b", "127.0.0.1", "-p", port, *quiet, application])


if __name__ == "__main__":
    main(*sys.argv[1:])
