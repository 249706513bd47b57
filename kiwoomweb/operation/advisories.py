"""Advisories: which of the locked versions are known to be vulnerable, as a public database says (OSV).

Names and versions of packages leave the machine, nothing else, and only when the command is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["SERVICE", "Advisory", "Unreachable", "advisories"]

SERVICE = "https://api.osv.dev/v1/querybatch"


class Unreachable(Exception):
    """The database did not answer, so nothing is known: neither good nor bad."""


@dataclass(frozen=True, slots=True)
class Advisory:
    """One known weakness of one locked version; ``ids`` name it in the database."""

    name: str
    version: str
    ids: tuple[str, ...]


def advisories(
    packages: Sequence[tuple[str, str]], ecosystem: str = "PyPI", service: str = SERVICE
) -> list[Advisory]:
    """Ask about each ``(name, version)``. Raises ``Unreachable``."""
    import httpx

    asked = [
        {"package": {"name": name, "ecosystem": ecosystem}, "version": version} for name, version in packages
    ]
    try:
        answer = httpx.post(service, json={"queries": asked}, timeout=30, follow_redirects=False)
        results = answer.raise_for_status().json()["results"]
        found = [tuple(str(each["id"]) for each in result.get("vulns") or []) for result in results]
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise Unreachable(type(trouble).__name__) from None
    if len(found) != len(packages):
        raise Unreachable("an answer of another length")
    return [Advisory(*package, ids) for package, ids in zip(packages, found, strict=True) if ids]
