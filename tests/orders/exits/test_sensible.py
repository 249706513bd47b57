"""Levels of an exit beside the market: slips of the pen are refused, what today cannot reach is asked about."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from kiwoomweb.access.models import Account
from market.models import Instrument
from orders.exits.sensible import Levels, Market, question, wrongs
from orders.models import Exit
from orders.selectors.possession import Possession
from tests.people import Person

NOW = Market(71_200, 49_900, 92_500, "share", date(2026, 11, 26))


@pytest.mark.parametrize(
    ("levels", "field", "words"),
    [
        (Levels(stop=1), "stop", "30%"),
        (Levels(stop=7_100), "stop", "자릿수"),
        (Levels(stop=70_050), "stop", "70,000원이나 70,100원"),
        (Levels(target=712_000), "target", "세 배"),
        (Levels(target=80_001), "target", "호가단위 100원"),
        (Levels(trail_won=1), "trail", "한 호가(100원)"),
        (Levels(trail_won=71_000), "trail", "70%"),
        (Levels(trail_rate=Decimal("0.01")), "trail", "한 호가"),
        (Levels(trail_rate=Decimal(99)), "trail", "70%"),
    ],
)
def test_what_nobody_can_mean_is_refused_with_what_to_do(levels: Levels, field: str, words: str) -> None:
    ((where, sentence),) = wrongs(levels, NOW)
    assert where == field and words in sentence


def test_what_can_be_meant_is_taken() -> None:
    usual = Levels(stop=65_000, target=80_000, trail_rate=Decimal(3))
    assert (list(wrongs(usual, NOW)), question(usual, NOW)) == ([], "")
    assert list(wrongs(Levels(trail_won=100), NOW)) == []


@pytest.mark.parametrize(
    ("levels", "words"),
    [(Levels(stop=40_000), "하한가 49,900원"), (Levels(target=120_000), "상한가 92,500원")],
)
def test_what_todays_limits_keep_out_of_reach_is_asked_about(levels: Levels, words: str) -> None:
    assert list(wrongs(levels, NOW)) == []
    assert words in question(levels, NOW)
    unknown = Market(NOW.price, None, None, NOW.kind, NOW.day)
    assert question(levels, unknown) == ""


@pytest.mark.django_db
def test_the_form_refuses_asks_and_takes(
    trader: Person, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    Instrument.objects.get_or_create(symbol="005930", defaults={"name": "삼성전자", "market": "거래소"})
    told = [None, *[SimpleNamespace(price=71_200, lower_limit=49_900, upper_limit=92_500)] * 4]
    quotes = iter(told)
    monkeypatch.setattr("orders.views.exits.quote_of", lambda *_: SimpleNamespace(value=next(quotes)))
    for place in ("orders.views.exits", "orders.presenting.exits"):
        monkeypatch.setattr(f"{place}.possession_of", lambda *_: Possession(held=10, sellable=10))
    address = f"/a/{account.code}/orders/exits/set/"

    def asked(**said: str) -> tuple[int, str]:
        reply = trader.post(address, {"symbol": "005930"} | said)
        return reply.status_code, reply.content.decode()

    assert "시세를 알 수 없어" in asked(stop="65000")[1]
    assert asked(stop="1")[0] == 422
    status, page = asked(stop="40000")
    assert (status, "하한가 49,900원" in page, 'name="sure"' in page) == (422, True, True)
    assert not Exit.objects.exists()
    assert asked(stop="40000", sure="1")[0] == 200
    assert asked(stop="65000")[0] == 200
    assert sorted(Exit.objects.values_list("stop", flat=True)) == [40_000, 65_000]
