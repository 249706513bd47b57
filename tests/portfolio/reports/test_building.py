"""What a report says of an account: as it was known then, for the reader's eyes, and no more than is known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio import reports
from portfolio.models import DayWorth
from portfolio.reports.content.asked import Asked
from portfolio.reports.content.saying import Saying
from portfolio.reports.content.tax import settled_months
from portfolio.selectors.performance import DayResult
from portfolio.services.noting import save
from portfolio.spans import Period
from tests.people import Person
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import day_row, diary_row, filled_row, sale_row
from tests.portfolio.steps import poll

TODAY = date(2026, 11, 20)
DAY = Period("", TODAY, TODAY)


def text(account: Account, kind: str = "daily", *, masked: bool = False, **more: object) -> str:
    as_of = more.get("as_of") or timezone.now()
    content = reports.build(kind, account, more.get("period", DAY), as_of, masked=masked, language="ko")
    return reports.render_text(content)


def test_a_report_says_what_was_known_then_and_not_what_was_corrected_since(
    connected: Account, kiwoom: Kiwoom, trader: Person, clock
) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 4_210))
    poll(connected, "ka10074")
    save(connected, TODAY, "잘 기다렸다", based_on=0, author=trader.user)
    then = timezone.now()
    clock.shift(timedelta(hours=1))
    kiwoom.lists("ka10074", day_row(TODAY, -9_900))
    poll(connected, "ka10074")
    save(connected, TODAY, "고쳐 씀", based_on=1, author=trader.user)

    told = text(connected, as_of=then)
    assert "▲ 4,210" in told
    assert "잘 기다렸다" in told
    assert "고쳐 씀" not in told
    assert "▼ 9,900" in text(connected)
    assert "고쳐 씀" in text(connected)


def test_nothing_read_is_said_to_be_unknown_in_every_kind(connected: Account) -> None:
    for kind in reports.KINDS:
        told = text(connected, kind)
        assert "—" in told or kind == "team"
        assert "▲ 0" not in told


def test_masked_a_day_is_percent_of_the_account_and_notes_lose_their_amounts(
    connected: Account, kiwoom: Kiwoom, trader: Person
) -> None:
    worth = {"account": connected, "recorded_at": timezone.now(), "deposit": 0}
    DayWorth.objects.create(day=TODAY - timedelta(days=1), estimated_assets=10_000_000, **worth)
    kiwoom.lists("ka10074", day_row(TODAY, 42_100, sold=1_960_000))
    kiwoom.lists("ka10073", sale_row(42_100, day=TODAY))
    kiwoom.lists("ka10170", diary_row("005930", "삼성전자", sold=1_960_000, realised=42_100))
    kiwoom.lists("ka10076", filled_row("0000001", 20, 20, 98_000, "매도"))
    for tr in ("ka10074", "ka10073", "ka10170", "ka10076"):
        poll(connected, tr)
    save(connected, TODAY, "42,100원 벌고 20주 남김, 09:12에 3% 오름", based_on=0, author=trader.user)

    told = text(connected, masked=True)
    assert "+0.42%" in told
    assert "••• 벌고 ••• 남김, 09:12에 3% 오름" in told
    for amount in ("42,100", "1,960,000", "196만", "20주"):
        assert amount not in told
    assert "42,100" in text(connected)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("오늘 +412,300원", "오늘 +•••"),
        ("150만 넣고 1.5억 목표", "••• 넣고 ••• 목표"),
        ("3주 매수, 이번 주는 5거래일, 2주간 쉼", "••• 매수, 이번 주는 5거래일, 2주간 쉼"),
        ("1R에 +2.5%, 2026-11-20 09:30, 5일선", "1R에 +2.5%, 2026-11-20 09:30, 5일선"),
        ("₩71000, 71000에 팜", "•••, •••에 팜"),
        ("made 412K won on 12 shares", "made ••• on •••"),
    ],
)
def test_amounts_in_free_text_are_veiled(written: str, shown: str) -> None:
    assert Saying(True, 1).free(written).replace("••• won", "•••") == shown
    assert Saying(False, 1).free(written) == written


def test_a_note_does_not_carry_the_accounts_number_into_a_mail(connected: Account) -> None:
    connected.number = "8100004471"
    for masked in (False, True):
        asked = Asked(connected, DAY, timezone.now(), masked, "ko")
        for written in ("8100004471", "8100-0044-71", "8100 0044 71"):
            assert asked.free(f"계좌 {written}에서 삼") == "계좌 ****-4471에서 삼"


def test_an_account_nobody_knows_the_worth_of_has_no_percent() -> None:
    say = Saying(True, None)

    assert say.result(412_300).text == "—"
    assert say.value(412_300) is None
    assert Saying(True, 10_000_000).result(-412_300).text == "\u22124.12%"


@pytest.mark.django_db
def test_sales_of_the_last_days_of_a_year_are_taxed_at_the_next_years_rate() -> None:
    days = [
        DayResult(date(2025, 12, 26), 0, 1_000_000, 10, 0, 1_500),
        DayResult(date(2025, 12, 29), 0, 1_000_000, 20, 0, 2_000),
        DayResult(date(2026, 1, 5), 0, 3_000_000, 30, 0, 6_000),
    ]
    (january,) = settled_months(days, date(2026, 1, 1), date(2026, 12, 31))

    assert (january.month, january.rate * 100) == (date(2026, 1, 1), Decimal("0.2"))
    assert (january.sold, january.taken, january.reckoned) == (4_000_000, 8_000, 8_000)
