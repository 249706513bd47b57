"""The board: columns and view as the person left them, tiles page by page, the line of the day."""

import pytest

from kiwoomweb.access.models import Account
from market.models import BoardLook, Watchlist
from market.services import watching
from tests.market.pages.conftest import AnyBroker
from tests.people import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


@pytest.fixture
def ten(team) -> Watchlist:
    made = Watchlist.objects.create(team=team, name="팀")
    for symbol in ("005930", *(f"00{n:04}" for n in range(1, 10))):
        watching.add(made, symbol)
    return made


def shown(person: Person, account: Account, query: str = "") -> str:
    return person.get(f"/a/{account.code}/board/{query}").content.decode()


def test_columns_order_and_view_are_remembered_for_each_person(
    trader: Person, viewer: Person, account: Account, ten: Watchlist
) -> None:
    look = f"/a/{account.code}/board/look/"
    chosen = {"columns": "1", "column": ["bid", "x<b>"], "list": str(ten.pk)}
    assert trader.post(look, chosen).status_code == 302
    told = {"sort": "rate", "descending": "0", "quietly": "1"}
    assert trader.post(look, told).status_code == 204

    page = shown(trader, account)

    keys = [key for key in ("price", "bid", "volume") if f'data-key="{key}"' in page]
    assert keys == ["price", "bid"]
    assert 'data-sort="rate" data-descending="0"' in page
    assert 'data-key="volume"' in shown(viewer, account), "nobody else's board has changed"
    trader.post(look, {"view": "4"})
    kept = BoardLook.objects.get()
    assert (kept.user, kept.columns, kept.sort, kept.view) == (trader.user, "bid", "rate", "4")
    trader.post(look, {"view": "1000000"})
    assert BoardLook.objects.get().view == "4"


def test_tiles_come_by_the_page_and_nonsense_is_the_first(
    trader: Person, account: Account, ten: Watchlist
) -> None:
    trader.post(f"/a/{account.code}/board/look/", {"view": "9"})

    assert shown(trader, account).count("<article") == 9
    assert shown(trader, account, "?page=2").count("<article") == 1
    for nonsense in ("3", "-1", "x", "²", "9" * 30):
        assert shown(trader, account, f"?page={nonsense}").count("<article") == 9


def test_who_only_looks_on_finds_nothing_to_change(viewer: Person, account: Account, ten: Watchlist) -> None:
    page = shown(viewer, account)

    assert "data-symbol" in page
    assert not any(tool in page for tool in ("data-handle", "data-edit", "종목 더하기"))


def test_the_line_of_the_day_holds_one_day_and_is_asked_once(
    viewer: Person, account: Account, broker: AnyBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("market.services.sparks.broker_for", lambda *_: broker)
    bar = {"trde_qty": "10", "open_pric": "1", "high_pric": "1", "low_pric": "1"}
    times = ("20261120090500", "20261120090000", "20261119152500")
    lines = [{**bar, "cntr_tm": at, "cur_prc": str(-70_000 - n)} for n, at in enumerate(times)]
    broker.told["ka10080"] = {"stk_cd": "005930", "stk_min_pole_chart_qry": lines}

    answers = [viewer.get(f"/a/{account.code}/symbols/005930/course/").json() for _ in range(2)]

    assert answers == [{"day": "2026-11-20", "closes": [70_001, 70_000], "trouble": ""}] * 2
    assert len(broker.bodies_of("ka10080")) == 1
