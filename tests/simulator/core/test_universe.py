"""Who is listed in the simulated market."""

from datetime import date

from kiwoomweb.simulator.prices import ETFS, SHARES
from kiwoomweb.simulator.universe import from_names, our_universe, sectors


def test_about_two_hundred_well_known_names():
    universe = our_universe()
    assert 200 <= len(universe.instruments) <= 260
    for code, name in (
        ("005930", "삼성전자"),
        ("000660", "SK하이닉스"),
        ("247540", "에코프로비엠"),
        ("196170", "알테오젠"),
    ):
        assert universe.instruments[code].name == name
    assert {one.market for one in universe.instruments.values()} == {"KOSPI", "KOSDAQ", "ETF"}


def test_there_are_letters_in_codes_preferred_shares_and_funds():
    universe = our_universe()
    assert {"00104K", "0009K0", "005935", "069500"} <= set(universe.instruments)
    assert universe.instruments["00104K"].kind != "보통주"
    assert universe.grid("069500") is ETFS
    assert universe.grid("005930") is SHARES


def test_everybody_has_a_price_that_exists_and_a_sector_that_exists():
    universe = our_universe()
    for code, character in universe.characters.items():
        assert universe.grid(code).fits(universe.grid(code).snap(character.price))
        sector = sectors().get(universe.instruments[code].sector)
        assert sector is None or sector.market == universe.instruments[code].market
        assert (sector is None) == universe.instruments[code].is_etf
        assert character.volume > 0
        assert universe.instruments[code].listed < date(2026, 11, 1)


def test_every_listed_name_in_seoul_is_known():
    listed = from_names(["000020", "900110", "123456"]).instruments
    assert listed["000020"].name == "동화약품"
    assert listed["123456"].name == "123456"


def test_the_two_markets_lead_the_sectors():
    assert list(sectors())[:2] == ["001", "101"]
    assert len(sectors()) > 20
