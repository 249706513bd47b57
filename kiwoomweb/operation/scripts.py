"""Scripts of others that pages load, by the names under which databases of weaknesses know them; and a list
kept here of versions known to be weak, for machines without a network."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from kiwoomweb.operation.advisories import Advisory

__all__ = ["LIST", "known_weak", "scripts"]

LIST = Path(__file__).with_name("weak_scripts.tsv")
#: What is packed under a name of its own is weak where the whole is.
WHOLE = {"plotly.js-cartesian-dist-min": "plotly.js"}
HTMX = "django_htmx/htmx-2.min.js"


def scripts() -> list[tuple[str, str]]:
    """(name, version) of each: the vendored ones, and the one that comes with a package."""
    from kiwoomweb.ui.vendored import vendored

    found = {(WHOLE.get(each.package, each.package), each.version) for each in vendored()}
    return sorted(found | {("htmx.org", _htmx())})


def known_weak(asked: Iterable[tuple[str, str]]) -> list[Advisory]:
    """Those that the list calls weak."""
    with LIST.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    return [
        Advisory(name, version, ids)
        for name, version in asked
        if (
            ids := tuple(
                line["known_as"]
                for line in lines
                if line["name"] == name and _parts(version) < _parts(line["below"])
            )
        )
    ]


def _htmx() -> str:
    """As the file itself says it. Raises ``LookupError``."""
    from django.contrib.staticfiles import finders

    path = finders.find(HTMX)
    said = re.search(r'version:"(\d+(?:\.\d+)+)"', Path(path).read_text("utf-8")) if path else None
    if said is None:
        raise LookupError(f"{HTMX} does not say which version it is")
    return said[1]


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
