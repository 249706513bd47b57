"""Finding a place: by 화면번호, by name, by 초성, by another word for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from market.initials import initials, is_initials
from market.places.catalogue import Place, place, places

__all__ = ["Found", "by_number", "matching"]


@dataclass(frozen=True, slots=True)
class Found:
    """A place with the number that leads there, if one does."""

    place: Place
    number: str = ""


def by_number(text: str, numbers: Mapping[str, str]) -> Place | None:
    """Where ``numbers`` (number -> key) lets this 화면번호 lead."""
    return place(numbers.get(text.strip(), ""))


def matching(text: str, numbers: Mapping[str, str], most: int = 5) -> list[Found]:
    """The best matches first: the number itself, names that begin so, names and words that contain it."""
    wanted = text.strip()
    if not wanted:
        return []
    known = {key: number for number, key in reversed(list(numbers.items()))}
    ranked = sorted(
        (
            (rank, index, one)
            for index, one in enumerate(places().values())
            if (rank := _rank(one, wanted, known.get(one.key, ""))) is not None
        ),
        key=lambda found: found[:2],
    )
    return [Found(one, known.get(one.key, "")) for _rank_, _index, one in ranked[:most]]


def _rank(one: Place, wanted: str, number: str) -> int | None:
    if wanted.isascii() and wanted.isdecimal():
        return 0 if number.startswith(wanted) else None
    name, also = str(one.name), one.also
    if is_initials(wanted):
        name, also, wanted = initials(name), initials(also), initials(wanted)
    name, also, wanted = name.casefold(), also.casefold(), wanted.casefold()
    if name.startswith(wanted):
        return 1
    if wanted in name:
        return 2
    return 3 if wanted in also else None
