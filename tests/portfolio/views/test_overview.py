"""자산: the numbers of the account, how old they are, and what is said when they are missing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from kiwoomweb.broker import errors
from kiwoomweb.broker.market_calendar import trading_days
from kiwoomweb.ui.templatetags.money import won
from portfolio.models import Balance, DayProof, Holding, RealisedDay, SyncTask
from tests.portfolio.views import believable


def opened(person, account, query: str = "", **headers) -> str:
    answer = person.get(f"/a/{account.code}/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_owner_sees_holdings_to_the_won(owner, full_account):
    page = opened(owner, full_account)

    balance = Balance.objects.order_by("-day").first()
    assert won(balance.value) in page
    for line in Holding.objects.all():
        assert line.name in page
        assert won(line.value) in page
        assert won(abs(line.profit)) in page


def test_a_live_price_carries_its_symbol_and_the_last_known_value(owner, full_account):
    page = opened(owner, full_account)

    assert '<live-price symbol="005930" field="price"' in page
    assert ">72,400</live-price>" in page


def test_the_month_and_the_drawdown_are_summed_from_the_days(owner, full_account, today):
    page = opened(owner, full_account)

    month = RealisedDay.objects.filter(day__year=today.year, day__month=today.month)
    total = sum(month.values_list("realised", flat=True))
    assert won(abs(total)) in page


def test_the_frame_says_where_the_account_lives(owner, full_account, live_account):
    assert 'class="frame env-simulator"' in opened(owner, full_account)
    page = opened(owner, live_account)
    assert 'class="frame env-live"' in page
    assert "실전" in page
    assert "****-4471" in page


def test_before_the_first_answer_numbers_are_awaited_and_never_zero(owner, connected):
    page = opened(owner, connected)

    figures = page[page.index('id="figures"') : page.index('id="curve"')]
    assert 'aria-busy="true"' in figures
    assert ">0<" not in figures
    assert "잔고를 기다리는 중입니다." in page


def test_without_keys_the_page_says_so_and_where_to_put_them(owner, account):
    page = opened(owner, account)

    assert "이 계좌에는 키가 없어 새 값을 받지 못합니다." in page
    assert f"/a/{account.code}/keys/" in page


@pytest.mark.parametrize(
    "kind",
    ["WrongKeys", "WrongEnvironment", "RateLimited", "BrokerDown", "Unreadable", "Incomplete", "NotOffered"],
)
def test_a_broker_in_trouble_costs_no_number(owner, full_account, kind):
    before = Balance.objects.order_by("-day").first()
    believable.in_trouble(full_account, kind)

    page = opened(owner, full_account)

    assert 'role="alert"' in page
    assert escape(getattr(errors, kind).notice) in page
    assert "2026-11-20 14:30부터입니다." in page
    assert "마지막으로 받은 값입니다" in page
    assert won(before.value) in page


def test_an_unknown_kind_of_trouble_still_gets_a_sentence(owner, full_account):
    believable.in_trouble(full_account, "SomethingNew")

    assert "키움증권과 통신하는 중에 문제가 생겼습니다." in opened(owner, full_account)


def test_a_fill_of_an_unknown_symbol_is_shown_by_its_code(owner, full_account, today):
    believable.fills(full_account, today - timedelta(days=400), 1)
    Holding.objects.filter(symbol="005930").update(name="", symbol="0099Z0")

    assert "0099Z0" in opened(owner, full_account)


@pytest.mark.parametrize("part", ["figures", "curve", "calendar", "holdings", "fills"])
def test_a_region_refreshes_alone(owner, full_account, part):
    region = opened(owner, full_account, **{"HX-Request": "true", "HX-Target": part})

    assert f'id="{part}"' in region
    assert "<html" not in region


def test_a_region_nobody_knows_is_the_whole_page(owner, full_account):
    assert "<html" in opened(owner, full_account, **{"HX-Request": "true", "HX-Target": "anything"})


def test_going_back_in_the_browser_gives_the_whole_page(owner, full_account):
    headers = {"HX-Request": "true", "HX-Target": "curve", "HX-History-Restore-Request": "true"}

    assert "<html" in opened(owner, full_account, **headers)


def test_caches_keep_page_and_region_apart(owner, full_account):
    assert "HX-Target" in owner.get(f"/a/{full_account.code}/").headers["Vary"]


def test_the_calendar_turns_back_but_not_into_the_future(owner, full_account, today):
    before = (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")

    now, then = opened(owner, full_account), opened(owner, full_account, f"?month={before}")

    assert f"?month={before}" in now
    assert 'aria-label="다음 달"' not in now
    assert 'aria-label="다음 달"' in then


@pytest.mark.parametrize("nonsense", ["?month=2026-13", "?month=%01", "?range=x", "?month=9999-01", "?month="])
def test_nonsense_in_the_address_is_the_present(owner, full_account, nonsense):
    assert 'aria-label="다음 달"' not in opened(owner, full_account, nonsense)


def test_the_page_costs_a_bounded_number_of_queries(owner, full_account, today, django_assert_max_num_queries):
    opened(owner, full_account)
    believable.fills(full_account, today - timedelta(days=1), 60)

    with django_assert_max_num_queries(62):
        opened(owner, full_account)


def test_the_last_days_say_whether_they_are_proved(owner, full_account, today):
    days = list(trading_days(today - timedelta(days=60), today - timedelta(days=1)))[-20:]
    told = {"version": 1, "lines": [], "figures": {}, "replies": [], "digest": "", "state": "sealed"}
    moments = dict.fromkeys(("made_at", "checked_at", "alarm_at", "held_since", "sealed_at"), timezone.now())
    proofs = [DayProof.objects.create(account=full_account, day=day, **told, **moments) for day in days]
    assert "20일 봉인" in opened(owner, full_account)

    proofs[-1].state = "mismatch"
    proofs[-1].save()

    assert "1일 차이 확인 중" in opened(owner, full_account)


def test_sources_that_were_read_say_when(owner, full_account):
    assert SyncTask.objects.filter(account=full_account).exists()
    assert "키움 응답 정상" in opened(owner, full_account)
