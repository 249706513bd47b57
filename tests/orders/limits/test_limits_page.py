"""The page of limits: who reads it, who sets, what a wrong field does, and the switch."""

import pytest

from kiwoomweb.access.models import User
from orders.limits import FIGURES
from orders.models import AccountLimits, LimitChange
from orders.presenting.limits import LimitsPage, figure_in, shown, symbols_in
from orders.services.limiting import set_limit


def path(account, more: str = "") -> str:
    return f"/a/{account.code}/limits/{more}"


def form(account, **changed: str) -> dict[str, str]:
    """The form as the page shows it, with fields changed."""
    page = LimitsPage(account, User.objects.filter(memberships__team=account.team).earliest("pk"))
    return {box.figure.name: box.said for box in page.boxes if not box.is_switch} | changed


def test_a_stranger_finds_nothing(stranger, account):
    assert stranger.get(path(account)).status_code == 404
    assert stranger.post(path(account, "switch/"), {"trading": "on"}).status_code == 404


def test_everybody_reads_that_nothing_but_reading_is_possible(viewer, trader, account):
    for person in (viewer, trader):
        page = person.get(path(account)).content.decode()
        assert "지금은 조회만 가능합니다" in page
        assert "disabled" in page
        person.post(path(account), form(account, max_order="5"))
    assert not LimitChange.objects.exists()


def test_the_owner_saves_and_switches_on(owner, account):
    assert "켜려면 먼저" in owner.get(path(account)).content.decode()
    owner.post(path(account), form(account, max_order="1,500,000", loss_bp="2.5"))
    figures = AccountLimits.objects.get(account=account).figures
    assert (figures["max_order"], figures["loss_bp"], figures["max_day"]) == (1_500_000, 250, 50_000_000)
    owner.post(path(account, "switch/"), {"trading": "on"})
    assert "거래가 켜져 있습니다" in owner.get(path(account)).content.decode()
    owner.post(path(account, "switch/"), {"trading": "off"})
    assert not AccountLimits.objects.get(account=account).trading


def test_one_wrong_field_changes_nothing_and_is_shown(owner, account):
    answer = owner.post(path(account), form(account, max_order="1,000,000", max_open="51"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "1부터 50까지의 숫자로" in page
    assert 'value="51"' in page
    assert not LimitChange.objects.exists()


def test_a_real_account_is_switched_on_only_after_the_question_who_is_there(owner, live_account):
    for name in ("max_order", "max_day", "loss_won"):
        set_limit(live_account, owner.user, name, 100_000)
    assert "실전에서 아직 확인되지 않았습니다" in owner.get(path(live_account)).content.decode()
    owner.post(path(live_account, "switch/"), {"trading": "on", "understood": "1"})
    assert not AccountLimits.objects.get(account=live_account).trading


def test_a_raise_waits_on_the_page_for_the_other_one(owner, manager, live_account):
    owner.post(path(live_account), form(live_account, max_order="20,000,000"))
    change = LimitChange.objects.get(state="asked")
    assert f"{change.pk}/agree/" not in owner.get(path(live_account)).content.decode()
    assert f"{change.pk}/agree/" in manager.get(path(live_account)).content.decode()
    manager.post(path(live_account, f"changes/{change.pk}/agree/"))
    change.refresh_from_db()
    assert change.state == "agreed"
    owner.post(path(live_account, f"changes/{change.pk}/withdraw/"))
    change.refresh_from_db()
    assert change.state == "withdrawn"


def test_a_change_of_another_account_is_none_of_this_one(owner, account, live_account):
    change = set_limit(live_account, owner.user, "max_order", 20_000_000)
    assert owner.post(path(account, f"changes/{change.pk}/withdraw/")).status_code == 404


def test_a_member_gets_a_narrower_room(owner, trader, stranger, account):
    there = path(account, f"members/{trader.user.pk}/")
    owner.post(there, {"max_order": "300,000", "symbols": "005930 000660", "closes": "15:00"})
    page = owner.get(path(account)).content.decode()
    assert "000660, 005930" in page
    assert 'value="300,000"' in page
    owner.post(there, {"symbols": "삼성"})
    assert LimitChange.objects.filter(member=trader.user, name="symbols").count() == 1
    assert owner.post(path(account, f"members/{stranger.user.pk}/"), {}).status_code == 404


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("max_order", "10,000,000원", 10_000_000),
        ("loss_bp", "2.5%", 250),
        ("loss_bp", "3", 300),
        ("approve_from", "", None),
    ],
)
def test_boxes_take_what_people_write(name, text, value):
    assert figure_in(FIGURES[name], text) == value
    assert figure_in(FIGURES[name], shown(FIGURES[name], value)) == value


@pytest.mark.parametrize("text", ["", "-1", "0", "1.5", "NaN", "Infinity", "1e99", "천만", "0x10", "9" * 40])
def test_boxes_say_what_they_do_not_take(text):
    with pytest.raises(ValueError, match="부터"):
        figure_in(FIGURES["max_open"], text)


def test_symbols_are_taken_however_they_are_set_apart():
    assert symbols_in(" 005930,000660 0156t0,005930") == ["000660", "005930", "0156T0"]
    with pytest.raises(ValueError, match="종목코드"):
        symbols_in("005930;DROP")
