"""Funds, warrants and gold live: what 0G, 0m, 0u and 0I say is what the TRs say at the same instant."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kiwoomweb.broker.domain import Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.replies import LOOKS
from kiwoomweb.simulator.replies.realtime import entry
from tests.simulator.core.conftest import at
from tests.simulator.wire.caller import Caller
from tests.simulator.wire.listener import Listener


@pytest.fixture(scope="module")
def exchange() -> Exchange:
    return Exchange.opened(trader=False, now=at("10:30:00"))


def told(exchange: Exchange, kind: str, item: str) -> dict[str, str]:
    """The values of the REAL entry, every FID of the type."""
    seen = LOOKS[kind](exchange, item)
    assert seen is not None
    values: dict[str, str] = entry(kind, item, seen)["values"]
    return values


def test_a_fund_tells_its_nav_beside_its_price(exchange: Exchange):
    said = told(exchange, "0G", "069500")
    quote = exchange.quote("069500", Venue.KRX)
    assert said["10"].lstrip("+-") == str(quote.price)
    assert said["13"] == str(quote.volume)
    nav = Decimal(said["36"])
    assert Decimal(said["266"]) == ((Decimal(quote.price) / nav - 1) * 100).quantize(Decimal("0.01"))
    assert abs(nav - Decimal(said["37"]) - nav / (1 + Decimal(said["38"]) / 100)) < 3
    assert {fid for fid, value in said.items() if value == ""} == {"667", "668", "669"}
    assert told(exchange, "0G", "069500_NX").keys() == said.keys()


def test_a_warrant_tells_its_theory_and_its_ratios(exchange: Exchange):
    warrants = exchange.products.warrants
    line = min(
        (x for x in warrants.lines() if not x.warrant.is_over(warrants.board_day)),
        key=lambda x: abs(x.valued.parity - 100),
    )
    theory, ratios = (told(exchange, kind, line.warrant.code) for kind in ("0m", "0u"))
    assert theory["10"].lstrip("+-") == str(line.quote.price)
    assert Decimal(theory["670"]) == Decimal(f"{line.valued.theory:.2f}")
    assert Decimal(ratios["666"]) == Decimal(f"{line.valued.parity:.2f}")
    assert "" not in theory.values()
    assert "" not in ratios.values()
    assert Decimal(theory["672"]) > 0 if line.warrant.call else Decimal(theory["672"]) < 0


@pytest.mark.parametrize("item", ["MGD", "MGU"])
def test_the_worlds_gold_is_told_in_won_and_in_dollars(exchange: Exchange, item: str):
    said = told(exchange, "0I", item)
    level, moved = Decimal(said["10"].lstrip("+-")), Decimal(said["11"])
    assert said["25"] == ("2" if moved > 0 else "5" if moved < 0 else "3")
    assert Decimal(said["12"]) == (moved * 100 / (level - moved)).quantize(Decimal("0.01"))
    world = exchange.products.gold.market.world
    now = exchange.now()
    assert level == Decimal(f"{(world.gram(now) if item == 'MGD' else world.ounce(now)):.2f}")


@pytest.mark.parametrize(
    ("kind", "item"), [("0G", "005930"), ("0G", "069500_XX"), ("0m", "005930"), ("0u", "570000"), ("0I", "GLD")]
)
def test_what_does_not_exist_is_silent(exchange: Exchange, kind: str, item: str):
    assert LOOKS[kind](exchange, item) is None


def test_it_looks_different_as_time_goes_on():
    moving = Exchange.opened(trader=False, now=at("10:31:00"))
    before = {kind: LOOKS[kind](moving, item) for kind, item in (("0G", "069500"), ("0I", "MGD"))}
    moving.jump(moving.now() + timedelta(minutes=3))
    assert all(LOOKS[kind](moving, item) != before[kind] for kind, item in (("0G", "069500"), ("0I", "MGD")))


def test_the_socket_tells_all_four(caller: Caller):
    caller.http.timeout = 60
    warrant = caller.said("ka10099", mrkt_tp="3")["list"][0]["code"]
    listener = Listener(caller)
    try:
        listener.log_in()
        for kinds, items in ((["0G"], ["069500"]), (["0I"], ["MGD", "MGU"]), (["0m", "0u"], [warrant])):
            assert listener.register(kinds, items)["return_code"] == 0
        for kind, item in (("0G", "069500"), ("0I", "MGD"), ("0I", "MGU"), ("0m", warrant), ("0u", warrant)):
            heard = [one for one in listener.entries(kind) if one["item"] == item]
            assert (heard or [listener.entry(kind, item)])[0]["values"]
    finally:
        listener.close()
