"""The instruments of the simulated market, and the names of everything listed in Seoul (our own data files)."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from kiwoomweb.simulator.market_facts import Instrument
from kiwoomweb.simulator.prices import ETFS, SHARES, Grid

__all__ = ["Character", "Sector", "Universe", "from_names", "our_universe", "sectors"]

#: 액면가 of most companies.
USUAL_PAR = 500
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Character:
    """How an instrument behaves: a price it hovers around, yearly volatility in percent, shares a day."""

    price: int
    volatility: int
    volume: int


@dataclass(frozen=True, slots=True)
class Sector:
    """업종. ``level`` is where its index hovers."""

    code: str
    name: str
    market: str
    level: int


@dataclass(frozen=True, slots=True)
class Universe:
    """Who is listed. ``characters`` may lack instruments whose prices come from a file."""

    instruments: Mapping[str, Instrument]
    characters: Mapping[str, Character]

    def renamed(self, code: str, successor: str) -> "Universe":
        """The same with one instrument under a further code."""
        listed = {**self.instruments, successor: replace(self.instruments[code], code=successor)}
        characters = self.characters
        if code in characters:
            characters = {**characters, successor: characters[code]}
        return Universe(listed, characters)

    def grid(self, code: str) -> Grid:
        return ETFS if self.instruments[code].is_etf else SHARES


@cache
def sectors() -> Mapping[str, Sector]:
    """Every 업종 by code, the two markets' own first."""
    found = [Sector(r["code"], r["name"], r["market"], int(r["level"])) for r in _rows("sectors.csv")]
    return {sector.code: sector for sector in found}


def our_universe() -> Universe:
    """About 230 well-known shares and funds with believable prices."""
    rows = list(_rows("universe.csv"))
    return Universe({r["code"]: _instrument(r) for r in rows}, {r["code"]: _character(r) for r in rows})


def from_names(codes: Iterable[str], shares: Callable[[str], int] = lambda code: 0) -> Universe:
    """The instruments of a history file: known ones with their facts, others by name, strangers by code.

    ``shares`` guesses how many shares one has that we have no facts of.
    """
    known = our_universe()
    names = {r["code"]: r for r in _rows("names.csv")}
    listed = {
        code: known.instruments.get(code) or _named(code, names.get(code), shares(code))
        for code in sorted(codes)
    }
    return Universe(listed, {})


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _instrument(row: dict[str, str]) -> Instrument:
    sector = sectors().get(row["sector"])
    return Instrument(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        market=row["market"],
        kind=row["kind"],
        listed=date.fromisoformat(row["listed"]),
        par=int(row["par"]),
        shares=int(row["shares"]),
        sector=sector.code if sector else "",
        sector_name=sector.name if sector else row["kind"],
    )


def _character(row: dict[str, str]) -> Character:
    return Character(int(row["price"]), int(row["volatility"]), int(row["volume"]))


def _named(code: str, row: dict[str, str] | None, shares: int) -> Instrument:
    """An instrument of which only the name is known, or not even that."""
    market = row["market"] if row else "KOSPI"
    sector = sectors()["101" if market == "KOSDAQ" else "001"]
    return Instrument(
        code=code,
        name=row["name"] if row else code,
        name_en="",
        market=market,
        kind="보통주" if code.endswith("0") else "우선주",
        listed=date(1990, 1, 3),
        par=USUAL_PAR,
        shares=shares,
        sector=sector.code,
        sector_name=sector.name,
    )
