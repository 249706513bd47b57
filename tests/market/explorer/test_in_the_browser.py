"""One whole way through the explorer in a real browser: find a TR, fill in its form, read, sort, save."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from kiwoomweb.access import sealing
from kiwoomweb.access.services import keys
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.simulator.serve import Running, running
from market.initials import initials
from market.models import Instrument
from tests.access.conftest import forget_everything

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("valkey")]


@pytest.fixture
def bench(account, settings: Any, tmp_path: Path) -> Iterator[Running]:
    """A practice exchange, the account's keys to it, and one share everybody knows."""
    with running(trader=False) as simulator:
        settings.SEALING_KEYS_FILE = tmp_path / "sealing.keys"
        settings.SIMULATOR_PORT = int(simulator.address.rest.rpartition(":")[2])
        sealing.make_ring()
        keys.keep(account, Credentials(simulator.keys.app_key, simulator.keys.app_secret))
        name = "삼성전자"
        Instrument.objects.create(symbol="005930", name=name, initials=initials(name), market="거래소")
        forget_everything()
        yield simulator
        forget_everything()


@pytest.fixture
def seat(page: Any, trader: Any, account: Any, live_server: Any) -> Iterator[Any]:
    """The page, signed in as one who may take files; ``seat.open("tr/")`` goes to an address of the account."""
    site = live_server.url.replace("localhost", "127.0.0.1")
    [cookie] = [morsel for name, morsel in trader.browser.cookies.items() if name == "sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])
    page.open = lambda path: page.goto(f"{site}/a/{account.code}/{path}")
    yield page
    page.goto("about:blank")  # no request may be on its way when the database is emptied


def test_from_a_name_to_a_file(seat: Any, bench: Running) -> None:
    seat.open("tr/")
    seat.locator("#shelf-text").press_sequentially("주식일봉")
    expect(seat.locator(".trs a")).to_have_count(1)
    seat.locator(".trs a", has_text="ka10081").click()
    expect(seat).to_have_url(re.compile(r"/tr/ka10081/$"))
    expect(seat.locator(".trs [aria-current]")).to_contain_text("ka10081")

    symbol = seat.locator("#ask-stk_cd")
    symbol.fill("")
    symbol.press_sequentially("ㅅㅅㅈㅈ")
    expect(seat.locator("symbol-field .found button")).to_contain_text("삼성전자")
    symbol.press("Enter")
    expect(symbol).to_have_value("005930")
    seat.locator(".ask .main").click()

    rows = seat.locator(".answer tbody tr")
    expect(rows).to_have_count(600)
    expect(seat.locator("#raw-answer .json")).to_contain_text("행 접음")
    _sorts(seat)
    seat.get_by_role("button", name="다음 600행 이어 받기").click()
    expect(seat.locator(".pager-row")).to_contain_text("2쪽 받음")
    assert rows.count() > 600
    with seat.expect_download() as saved:
        seat.get_by_role("button", name="XLSX").click()
    assert saved.value.suggested_filename.startswith("ka10081")
    seat.get_by_role("tab", name="요청").click()
    expect(seat.locator("#raw-request")).to_contain_text("Bearer ••••")


def test_a_slip_is_told_at_its_field_and_mended_there(seat: Any, bench: Running) -> None:
    seat.open("tr/ka10081/")
    seat.locator("#ask-stk_cd").fill("A005930")
    seat.locator(".ask .main").click()
    expect(seat.locator("#ask-stk_cd-wrong")).to_contain_text("005930")
    expect(seat.locator("#ask-stk_cd")).to_have_value("A005930")
    seat.locator("#ask-stk_cd").fill("005930")
    seat.locator(".ask .main").click()
    expect(seat.locator(".answer tbody tr").first).to_be_visible()


def test_sectors_are_chosen_by_name(seat: Any, bench: Running) -> None:
    seat.open("tr/ka20001/")
    sectors = seat.locator("select[name=inds_cd]")
    expect(sectors).to_be_visible()
    expect(sectors).to_have_value("001")
    seat.locator(".ask .main").click()
    expect(seat.locator(".answer")).to_be_visible()


def test_on_a_phone_the_list_makes_room_for_the_bench(seat: Any, bench: Running) -> None:
    seat.set_viewport_size({"width": 390, "height": 844})
    seat.open("tr/")
    seat.locator(".trs a", has_text="kt00018").click()
    expect(seat.locator(".shelf")).to_be_hidden()
    expect(seat.locator(".ask")).to_be_visible()
    assert seat.evaluate("document.documentElement.scrollWidth") <= 390
    seat.locator(".find").click()
    expect(seat.locator(".shelf")).to_be_visible()


def _sorts(seat: Any) -> None:
    """By volume, upwards at the second press; the figures are in order then."""
    header = seat.locator(".answer th", has_text="trde_qty")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    place = header.evaluate("cell => cell.cellIndex")
    texts = seat.locator(f".answer tbody td:nth-child({place + 1})").all_inner_texts()
    volumes = [int(text.replace(",", "")) for text in texts if text != "—"]
    assert volumes == sorted(volumes)
