"""The settings of the benchmark's own web process: the product's, with one page more."""

from kiwoomweb.settings import *  # noqa: F403

ROOT_URLCONF = "kiwoomweb.operation.benchmarks.journal.plain"
