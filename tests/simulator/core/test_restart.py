"""Killed and started again the simulator tells the same history."""

import json
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest

from kiwoomweb.broker.domain import Side, Venue
from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.journal import Command, Journal
from tests.simulator.core.conftest import FRIDAY, at


def whole_account(exchange: Exchange) -> tuple[object, ...]:
    days = [exchange.opened_on + timedelta(days=n) for n in range((FRIDAY - exchange.opened_on).days + 1)]
    return (
        [exchange.orders_on(day) for day in days],
        [exchange.executions_on(day) for day in days],
        exchange.realised_rows(days[0], days[-1]),
        exchange.cash_ledger(days[0], days[-1]),
        exchange.positions(),
        exchange.deposit(),
        exchange.open_orders(),
    )


def test_the_same_seed_and_instant_give_the_same_account(demo):
    assert whole_account(Exchange.opened(now=at("10:30:00"))) == whole_account(demo)


def test_how_often_one_looks_changes_nothing(demo):
    often = Exchange.opened(now=at("09:10:00"))
    while often.now() < at("10:30:00"):
        often.jump(often.now() + timedelta(minutes=7) if often.now() < at("10:20:00") else at("10:30:00"))
        often.deposit()
        often.events(0)
    assert whole_account(often) == whole_account(demo)


def test_orders_from_outside_survive_a_kill(tmp_path):
    before = Exchange.opened(tmp_path, now=at("10:30:00"))
    filled = before.place(Side.BUY, "005930", 2, kind="3")
    waiting = before.place(Side.BUY, "005930", 1, before.quote("005930").lower_limit)
    before.jump(at("10:31:00"))
    moved = before.modify(waiting.number, "005930", 0, waiting.price + 100, venue=Venue.KRX)
    before.jump(at("10:33:00"))
    before.cancel(moved.number, "005930", 0, venue=Venue.KRX)
    before.jump(at("11:00:00"))
    after = Exchange.opened(tmp_path, now=at("10:30:00"))
    assert after.now() == at("11:00:00")
    assert after.order(FRIDAY, filled.number).filled == 2
    assert whole_account(after) == whole_account(before)
    assert after.events(0) == ()


def test_an_order_cut_short_on_disk_was_never_taken(tmp_path):
    before = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    kept = before.place(Side.BUY, "005930", 1, before.quote("005930").lower_limit)
    file = tmp_path / "orders.jsonl"
    file.write_text(file.read_text() + '{"at": "2026-11-20T10:3')
    after = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    assert [order.number for order in after.orders_on(FRIDAY)] == [kept.number]
    after.place(Side.BUY, "005930", 1, after.quote("005930").lower_limit)
    assert len(list(Journal(tmp_path).commands())) == 2


def test_a_refused_order_is_not_kept(tmp_path):
    exchange = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    with pytest.raises(Exception, match="800033"):
        exchange.place(Side.SELL, "005930", 1, kind="3")
    assert list(Journal(tmp_path).commands()) == []


def test_a_command_reads_as_it_was_written(tmp_path):
    exchange = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    exchange.place(Side.BUY, "005930", 1, exchange.quote("005930").lower_limit, venue=Venue.SOR)
    (command,) = Journal(tmp_path).commands()
    assert Command.of_line(command.as_line()) == command
    assert (command.ticket.venue, command.at) == (Venue.SOR, at("10:30:00"))


def test_another_world_never_mixes_with_the_one_in_the_folder(tmp_path: Path):
    first = Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    first.place(Side.BUY, "005930", 1, first.quote("005930").lower_limit)
    second = Exchange.opened(tmp_path, seed=7, trader=False, now=at("10:00:00"))
    assert second.now() == at("10:00:00")
    assert second.orders_on(FRIDAY) == []
    assert (tmp_path / "orders.jsonl.of-another-world").exists()


def test_the_demo_was_first_shown_when_it_was_first_shown(tmp_path):
    Exchange.opened(tmp_path, trader=False, now=at("10:30:00"))
    later = Exchange.opened(tmp_path, trader=False, now=at("10:30:00", FRIDAY + timedelta(days=3)))
    assert later.opened_on == FRIDAY


KEPT = Path(__file__).with_name("kept")
MONDAY = FRIDAY - timedelta(days=4)


ORDER = "number code side action kind quantity price remaining state commission tax"
CASH = "day kind traded amount code quantity commission tax settled balance number"
SALE = "order_no code quantity buy_price sell_price realised commission tax"
POSITION = "code quantity sellable settled cost average_cost price value profit realised_today"
DEPOSIT = "cash d1 d2 d1_bought d1_sold d2_bought d2_sold reserved buying_power withdrawable estimated_assets"


def plain(thing: object, names: str) -> list[object]:
    values = (getattr(thing, name) for name in names.split())
    return [value if type(value) is int else str(value) for value in values]


def in_plain_facts(exchange: Exchange) -> dict[str, list[object]]:
    """The account of the kept week as its journal's file tells it."""
    orders = [o for n in range(5) for o in exchange.orders_on(MONDAY + timedelta(days=n))]
    fills = [[[f.number, f.at.isoformat(), f.price, f.quantity] for f in order.fills] for order in orders]
    return {
        "orders": [[*plain(one, ORDER), of_it] for one, of_it in zip(orders, fills, strict=True)],
        "cash": [plain(row, CASH) for row in exchange.cash_ledger(MONDAY, FRIDAY)],
        "sales": [plain(row, SALE) for row in exchange.realised_rows(MONDAY, FRIDAY)],
        "positions": [plain(one, POSITION) for one in exchange.positions()],
        "deposit": plain(exchange.deposit(), DEPOSIT),
    }


def test_a_journal_from_before_there_was_credit_tells_the_same_week(tmp_path):
    """Kept by the make of the simulator that knew cash only. Raise ``opening.MAKE`` before changing these."""
    copyfile(KEPT / "orders.jsonl", tmp_path / "orders.jsonl")
    exchange = Exchange.opened(tmp_path, trader=False, now=at("08:45:00", MONDAY))
    exchange.jump(at("10:30:00"))
    assert in_plain_facts(exchange) == json.loads((KEPT / "account.json").read_text(encoding="utf-8"))
    assert [command.as_line() for command in Journal(tmp_path).commands()] == (
        (KEPT / "orders.jsonl").read_text(encoding="utf-8").splitlines()
    )
