"""데이터 신뢰도: strangers see nothing, members see why, traders may fix."""

import json
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import BrokerReply
from portfolio.models import Correction, DayProof, Explanation, Purpose, SyncTask
from portfolio.presenting.trust import TrustPage
from tests.portfolio.proofs import DAY, EVENING, MONDAY, close, sealed, tell, total
from tests.portfolio.services.test_proving import bought, held
from tests.portfolio.stats.making import trades
from tests.portfolio.steps import do, give_keys


def opened(person, path: str) -> str:
    answer = person.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def journal(account, kiwoom, monkeypatch):
    """An account whose plan is made and whose past is a few days."""
    from portfolio.services import backfilling

    monkeypatch.setattr(backfilling, "MARGIN", 5)
    monkeypatch.setattr(backfilling, "DIARY", timedelta(days=10))
    give_keys(account)
    account.connected_at = timezone.now()
    account.save()
    backfilling.begin(account.pk)
    return account


@pytest.fixture
def wrong(journal, kiwoom):
    """A day whose fee the broker tells twice as high in one of its lists."""
    tell(kiwoom)
    kiwoom.lists("ka10074", total(fee=280))
    close(journal, kiwoom, EVENING)
    return journal


def test_while_the_past_is_read_the_pages_say_how_far_it_is_and_blame_nobody(viewer, journal, kiwoom):
    trades(journal, "0 09:05 005930 10@-11000")
    for path in ("trust/", "stats/"):
        assert "과거 기록을 0% 읽었습니다" in opened(viewer, f"/a/{journal.code}/{path}")
    assert "미확정 거래뿐입니다" not in opened(viewer, f"/a/{journal.code}/stats/")

    for task in SyncTask.objects.filter(purpose=Purpose.BACKFILL, tr__in=("kt00007", "ka01690")):
        do(journal, task)
    words = TrustPage(journal, {}).reading
    assert "(2026-11-" in words
    assert "까지)" in words
    SyncTask.objects.filter(purpose=Purpose.BACKFILL).update(state="done")
    assert TrustPage(journal, {}).reading == ""
    assert "미확정 거래뿐입니다" in opened(viewer, f"/a/{journal.code}/stats/")


PAGES = ("trust/", f"trust/{DAY}/", f"trust/{DAY}/?eq=E2")


@pytest.mark.parametrize("path", PAGES)
def test_another_team_s_account_is_not_there(stranger, wrong, path):
    assert stranger.get(f"/a/{wrong.code}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["again/", "say/", "confirm/", "unsay/1/"])
def test_a_viewer_may_see_and_not_fix(viewer, stranger, wrong, path):
    assert viewer.get(f"/a/{wrong.code}/trust/{DAY}/").status_code == 200
    assert viewer.post(f"/a/{wrong.code}/trust/{DAY}/{path}").status_code == 404
    assert stranger.post(f"/a/{wrong.code}/trust/{DAY}/{path}").status_code == 404


def test_a_viewer_is_told_why_there_are_no_buttons(viewer, trader, wrong):
    path = f"/a/{wrong.code}/trust/{DAY}/"
    assert "고치려면 매매 권한이 필요합니다" in opened(viewer, path)
    assert "키움 값 받아들이기" not in opened(viewer, path)
    assert "키움 값 받아들이기" in opened(trader, path)
    assert "다시 읽기" in opened(trader, path)


def test_before_the_first_day_is_over_the_score_says_so(viewer, journal):
    page = opened(viewer, f"/a/{journal.code}/trust/")
    assert "아직 끝난 거래일이 없습니다" in page


def test_the_score_explains_itself_and_the_day_its_difference(viewer, wrong):
    page = opened(viewer, f"/a/{wrong.code}/trust/")
    assert "거래일 1일 가운데 0일을 증명했습니다" in page
    assert "불일치" in page
    assert f"/trust/{DAY}/" in page
    day = opened(viewer, f"/a/{wrong.code}/trust/{DAY}/")
    assert "2,100" in day
    assert "2,240" in day
    assert "−140" in day


def test_a_sealed_day_says_when(viewer, journal, kiwoom):
    sealed(journal, kiwoom)
    assert "거래일 1일을 모두 두 번 읽어 원 단위까지 증명했습니다" in opened(
        viewer, f"/a/{journal.code}/trust/"
    )
    assert "11-23 08:11" in opened(viewer, f"/a/{journal.code}/trust/{DAY}/")


def test_filters_and_pages_of_nonsense_show_the_default(viewer, wrong):
    for query in ("?state=all", "?state=sealed", "?state=nonsense&page=99999", "?page=-1", "?page=٣"):
        assert viewer.get(f"/a/{wrong.code}/trust/{query}").status_code == 200
    assert TrustPage(wrong, {"state": "nonsense"}).key == "trouble"


def test_an_equation_opens_the_rows_it_summed(viewer, wrong):
    page = opened(viewer, f"/a/{wrong.code}/trust/{DAY}/?eq=E1")
    assert "0000001" in page
    assert "삼성전자" in page
    assert "980,000" in page


def test_the_raw_reply_is_shown_masked(viewer, wrong):
    told = {"acctNo": wrong.number, "dt_rlzt_pl": [{"dt": "20261120"}]}
    kept = BrokerReply.objects.filter(account=wrong, tr="ka10074").order_by("pk").last()
    kept.content = zlib.compress(json.dumps(told).encode())
    kept.save()
    page = opened(viewer, f"/a/{wrong.code}/trust/{DAY}/replies/{kept.pk}/")
    assert "20261120" in page
    assert wrong.number not in page
    assert f"/replies/{kept.pk}/" in opened(viewer, f"/a/{wrong.code}/trust/{DAY}/")


def test_another_account_s_reply_is_not_there(stranger, viewer, wrong, strangers_account):
    kept = BrokerReply.objects.filter(account=wrong).first()
    assert stranger.get(f"/a/{strangers_account.code}/trust/{DAY}/replies/{kept.pk}/").status_code == 404


def test_a_trader_explains_and_takes_it_back(trader, wrong):
    path = f"/a/{wrong.code}/trust/{DAY}/"
    line = {"equation": "E2", "key": "costs.diary", "symbol": "", "kind": "told"}
    trader.post(f"{path}say/", {**line, "reason": "  "})
    assert not Explanation.objects.exists()
    trader.post(f"{path}say/", {**line, "reason": "<script>이벤트</script>"})
    page = opened(trader, path)
    assert "&lt;script&gt;이벤트" in page
    assert "<script>이벤트" not in page
    assert "설명됨" in page
    trader.post(f"{path}unsay/{Explanation.objects.get().pk}/")
    assert "<s>" in opened(trader, path)
    trader.post(f"{path}say/", {"equation": "E9", "key": "", "reason": "?"})
    assert Explanation.objects.count() == 1


def test_a_trader_asks_the_broker_again(trader, wrong):
    trader.post(f"/a/{wrong.code}/trust/{DAY}/again/")
    assert SyncTask.objects.filter(account=wrong, purpose=Purpose.AGAIN, first=DAY).count() == 5


def test_a_trader_confirms_a_split(trader, journal, kiwoom):
    before = DAY - timedelta(days=1)
    bought(journal, before, 13)
    held(journal, before, 13)
    held(journal, DAY, 65)
    close(journal, kiwoom, EVENING)
    path = f"/a/{journal.code}/trust/{DAY}/"
    assert "권리 확인" in opened(trader, path)
    trader.post(f"{path}confirm/", {"symbol": "005930", "reason": "공시"})
    assert "권리 확인" not in opened(trader, path)
    assert DayProof.objects.get(day=DAY, superseded_at=None).state == "closing"
    trader.post(f"{path}confirm/", {"symbol": "000660"})


def test_a_correction_is_told_on_the_list_on_the_day_and_in_the_journal(viewer, journal, kiwoom):
    sealed(journal, kiwoom)
    tell(kiwoom, fee=130)
    close(journal, kiwoom, MONDAY + timedelta(days=1))
    words = f"정정: {DAY} 005930 수수료 140→130"
    for path in ("trust/", f"trust/{DAY}/", f"journal/{DAY}/"):
        assert opened(viewer, f"/a/{journal.code}/{path}").count(words) == 1
    assert Correction.objects.count() == 1


def test_the_calendar_marks_what_does_not_hold_and_names_holidays(viewer, wrong, kiwoom):
    page = opened(viewer, f"/a/{wrong.code}/journal/")
    assert "키움과 불일치" in page
    assert "unsettled" in page
    page = opened(viewer, f"/a/{wrong.code}/journal/?month=2026-09")
    assert "추석" in page
    assert "이전은 키움이 더는 주지 않는 기록" in page


def test_the_future_and_nonsense_have_no_proof(viewer, journal):
    assert viewer.get(f"/a/{journal.code}/trust/2999-01-04/").status_code == 404
    assert viewer.get(f"/a/{journal.code}/trust/yesterday/").status_code == 404
    assert "대조할 날이 아닙니다" in opened(viewer, f"/a/{journal.code}/trust/2026-11-15/")
