"""Alerts are everybody's own: a stranger finds none, a colleague sees nobody else's, nonsense gets words."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account, Membership
from market.models import AccountEvent, Alert, AlertRing, Instrument
from market.selectors.alerts import watched_alerts
from market.services import alerts
from market.services.alerts import Wish
from tests.people import Person

pytestmark = pytest.mark.django_db

NOON = timezone.now()
TYPED = {"symbol": "005930", "kind": "price_over", "threshold": "72,000", "again": "once", "sound": "bell"}


@pytest.fixture(autouse=True)
def samsung() -> Instrument:
    return Instrument.objects.create(symbol="005930", name="삼성전자", initials="ㅅㅅㅈㅈ", market="코스피")


def made(person: Person, account: Account, **typed: str) -> int:
    return person.post(f"/a/{account.code}/alerts/make/", {**TYPED, **typed}).status_code


def wish(**changed: object) -> Wish:
    return Wish(
        **{
            "kind": "price_over",
            "symbol": "005930",
            "threshold": Decimal(72_000),
            "again": "once",
            "sound": "bell",
            **changed,
        }
    )


def test_a_stranger_finds_no_alerts_and_makes_none(stranger: Person, account: Account) -> None:
    assert stranger.get(f"/a/{account.code}/alerts/").status_code == 404
    assert stranger.get(f"/a/{account.code}/alerts/rung/").status_code == 404
    assert made(stranger, account) == 404
    assert not Alert.objects.exists()


def test_an_alert_is_its_persons_alone(viewer: Person, trader: Person, account: Account) -> None:
    assert made(viewer, account, note="돌파") == 302
    mine = Alert.objects.get()
    assert "돌파" in viewer.get(f"/a/{account.code}/alerts/").content.decode()
    assert "돌파" not in trader.get(f"/a/{account.code}/alerts/").content.decode()
    assert trader.post(f"/a/{account.code}/alerts/{mine.pk}/", {"to": "remove"}).status_code == 404

    assert alerts.ring(mine, {"value": "72000"}, NOON)
    assert "72,000원" in viewer.get(f"/a/{account.code}/alerts/rung/").content.decode()
    assert "72,000원" not in trader.get(f"/a/{account.code}/alerts/rung/").content.decode()
    assert AccountEvent.objects.get().body == {}, "the bell of everybody says nothing about whose it is"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"symbol": "없는회사"}, "맞는 종목이 없습니다"),
        ({"symbol": ""}, "어느 종목인지"),
        ({"threshold": "비싸지면"}, "숫자로 적어 주세요"),
        ({"threshold": ""}, "숫자로 적어 주세요"),
        ({"threshold": "-100"}, "0보다 큰 값"),
        ({"threshold": "100.5"}, "소수점 없이"),
        ({"threshold": "9999999999999"}, "너무 큽니다"),
        ({"kind": "rate_over", "threshold": "1e5"}, "숫자로 적어 주세요"),
    ],
)
def test_nonsense_gets_words_and_what_was_typed_stays(
    viewer: Person, account: Account, typed: dict[str, str], words: str
) -> None:
    answer = viewer.post(f"/a/{account.code}/alerts/make/", {**TYPED, "note": "지난 고점", **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "지난 고점" in answer.content.decode()
    assert not Alert.objects.exists()


def test_amounts_may_be_typed_as_people_write_them(viewer: Person, account: Account) -> None:
    made(viewer, account, kind="volume_over", threshold="150만")
    made(viewer, account, kind="rate_under", threshold="-3.5%")
    made(viewer, account, kind="price_over", threshold="71,200원")
    assert list(Alert.objects.values_list("threshold", flat=True)) == [1_500_000, Decimal("-3.5"), 71_200]


def test_the_same_wish_twice_is_one_alert(viewer: Person, account: Account) -> None:
    assert (made(viewer, account), made(viewer, account)) == (302, 302)
    assert Alert.objects.count() == 1


def test_an_alert_rings_once_whoever_notices(viewer: Person, account: Account) -> None:
    mine = alerts.make(viewer.user, account, wish())
    also = Alert.objects.get(pk=mine.pk)
    assert alerts.ring(mine, {"value": "72000"}, NOON)
    assert not alerts.ring(also, {"value": "72100"}, NOON), "the other process had read it before it rang"
    assert AlertRing.objects.count() == 1
    assert watched_alerts(account.pk, NOON) == []


def test_a_daily_alert_rings_again_tomorrow_and_a_woken_one_at_once(viewer: Person, account: Account) -> None:
    daily = alerts.make(viewer.user, account, wish(again="daily"))
    once = alerts.make(viewer.user, account, wish())
    for one in (daily, once):
        assert alerts.ring(one, {"value": "72000"}, NOON)
    assert watched_alerts(account.pk, NOON) == []
    assert watched_alerts(account.pk, NOON + timedelta(days=1)) == [daily]
    viewer.post(f"/a/{account.code}/alerts/{once.pk}/", {"to": "wake"})
    assert watched_alerts(account.pk, NOON) == [once]


def test_who_has_left_the_team_is_told_nothing(viewer: Person, account: Account) -> None:
    mine = alerts.make(viewer.user, account, wish())
    assert watched_alerts(account.pk, NOON) == [mine]
    Membership.objects.filter(user=viewer.user).delete()
    assert watched_alerts(account.pk, NOON) == []


def test_a_removed_alert_can_be_had_back(viewer: Person, account: Account) -> None:
    mine = alerts.make(viewer.user, account, wish(note="아까 그것"))
    viewer.post(f"/a/{account.code}/alerts/{mine.pk}/", {"to": "remove"})
    assert "되살리기" in viewer.get(f"/a/{account.code}/alerts/").content.decode()
    viewer.post(f"/a/{account.code}/alerts/{mine.pk}/", {"to": "restore"})
    assert "아까 그것" in viewer.get(f"/a/{account.code}/alerts/").content.decode()


def test_every_fill_rings_for_whoever_wants_to_hear_of_fills(
    viewer: Person, trader: Person, account: Account
) -> None:
    alerts.make(viewer.user, account, wish(kind="fill", symbol="", threshold=None, again="always"))
    alerts.make(trader.user, account, wish(kind="fill", symbol="000660", threshold=None, again="always"))
    fill = {"name": "삼성전자", "side": "buy", "size": 10, "price": 71_200}
    assert alerts.ring_fills(account.pk, "005930", fill, NOON) == 1
    assert alerts.ring_fills(account.pk, "005930", fill, NOON) == 1, (
        "a second one in the same second is news too"
    )
    bell = viewer.get(f"/a/{account.code}/alerts/rung/").content.decode()
    assert "삼성전자 매수 10주 체결, 71,200원" in bell


def test_looking_at_the_list_makes_the_bell_quiet(viewer: Person, account: Account) -> None:
    mine = alerts.make(viewer.user, account, wish())
    alerts.ring(mine, {"value": "72000"}, NOON)
    ring = AlertRing.objects.get()
    assert 'class="count"' in viewer.get(f"/a/{account.code}/alerts/rung/").content.decode()
    answer = viewer.post(f"/a/{account.code}/alerts/read/", {"up_to": str(ring.pk)})
    assert 'class="count"' not in answer.content.decode()
    assert viewer.post(f"/a/{account.code}/alerts/read/", {"up_to": "²"}).status_code == 200
