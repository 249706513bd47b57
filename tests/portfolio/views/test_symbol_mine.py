"""What is mine in one symbol: for the marks on its chart, and for the region under it."""

import re
from datetime import timedelta

import pytest

from orders.models import Fill
from portfolio.models import Holding, Trade
from portfolio.services.trades.catching_up import catch_up

pytestmark = pytest.mark.django_db


def marks(person, account, symbol):
    return person.get(f"/a/{account.code}/symbols/{symbol}/marks/").json()


def test_every_fill_becomes_a_mark_with_its_quantity_and_side(viewer, full_account):
    symbol = Fill.objects.current().filter(account=full_account).latest("day").symbol
    known = Fill.objects.current().filter(account=full_account, symbol=symbol)

    told = marks(viewer, full_account, symbol)["fills"]

    assert sum(mark["quantity"] for mark in told) == sum(fill.quantity for fill in known)
    assert {mark["side"] for mark in told} <= {"buy", "sell"}


def test_a_mark_and_a_row_lead_to_the_trade_of_their_fill(viewer, full_account):
    catch_up(full_account.pk)
    fill = Fill.objects.current().filter(account=full_account).latest("day")
    code = full_account.code

    numbers = {mark["trade"] for mark in marks(viewer, full_account, fill.symbol)["fills"]}

    trades = Trade.objects.present().filter(account=full_account, symbol=fill.symbol)
    assert numbers == set(trades.values_list("pk", flat=True))
    page = viewer.get(f"/a/{code}/symbols/{fill.symbol}/mine/").content.decode()
    assert re.findall(rf'<a class="grow" href="/a/{code}/trades/(\d+)/">\s*\d+주', page)


def test_the_average_is_the_brokers(viewer, full_account):
    held = Holding.objects.current().filter(account=full_account).latest("day")

    told = marks(viewer, full_account, held.symbol)

    assert (told["average"], told["quantity"]) == (held.average_cost, held.quantity)


def test_without_shares_the_average_is_unknown(viewer, full_account):
    assert marks(viewer, full_account, "000001") == {"average": None, "quantity": 0, "orders": [], "fills": []}


def test_a_fill_without_a_time_keeps_its_day(viewer, full_account, today):
    symbol = Fill.objects.current().filter(account=full_account).latest("day").symbol
    Fill.objects.filter(account=full_account, symbol=symbol).update(filled_at=None)

    told = marks(viewer, full_account, symbol)["fills"]

    assert {mark["at"] for mark in told} == {None}
    assert all(mark["day"] <= str(today + timedelta(days=1)) for mark in told)


def test_a_symbol_never_traded_says_so_in_words(viewer, full_account):
    page = viewer.get(f"/a/{full_account.code}/symbols/000001/mine/").content.decode()

    assert "아직 이 종목을 매매하지 않았습니다" in page
    assert "—" in page


def test_a_holding_shows_what_selling_it_now_would_bring(viewer, full_account):
    held = Holding.objects.current().filter(account=full_account).latest("day")

    page = viewer.get(f"/a/{full_account.code}/symbols/{held.symbol}/mine/").content.decode()

    assert f"{held.average_cost:,}" in page
    assert "청산하면" in page
