"""With wrong keys nobody is asked until the keys change; a broker that is down gets its rest."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account, Credential
from portfolio.models import AccountSync, SyncTask
from portfolio.selectors.sync import Health, sync_state
from portfolio.services import syncing
from portfolio.services.ringing import due_accounts
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.steps import poll, work

WRONG_KEYS = {"code": 3, "said": "[8001:App Key와 Secret Key 검증에 실패했습니다]"}
WRONG_PLACE = {"code": 3, "said": "[8030:투자구분(실전/모의)이 달라서 Appkey를 사용할수가 없습니다]"}
WRONG_ADDRESS = {"code": 3, "said": "[8010:Token을 발급받은 IP와 서비스를 요청한 IP가 동일하지 않습니다]"}


def new_keys(account: Account) -> None:
    Credential.objects.filter(account=account).update(made_at=timezone.now() + timedelta(seconds=1))


@pytest.mark.parametrize("refusal", [WRONG_KEYS, WRONG_PLACE])
def test_with_wrong_keys_the_broker_is_asked_once_and_then_left_alone(
    connected: Account, kiwoom: Kiwoom, clock, refusal: dict
) -> None:
    kiwoom.breaks("*", **refusal)
    syncing.work_through(connected.pk)
    asked = len(kiwoom.asked)
    for _hour in range(3):
        clock.shift(timedelta(hours=1))
        assert list(due_accounts()) == []
        syncing.work_through(connected.pk)
    assert len(kiwoom.asked) == asked == 1


def test_the_page_says_what_since_when_and_what_to_do(connected: Account, kiwoom: Kiwoom, clock) -> None:
    kiwoom.breaks("*", **WRONG_KEYS)
    began = timezone.now()
    syncing.work_through(connected.pk)
    clock.shift(timedelta(hours=1))
    state = sync_state(connected)
    assert (state.health, state.since) == (Health.STOPPED, began)
    assert "키를 확인해 다시 등록하세요" in state.sentence


def test_new_keys_wake_the_account_and_everything_is_asked_again(
    connected: Account, kiwoom: Kiwoom, clock
) -> None:
    kiwoom.breaks("*", **WRONG_KEYS)
    syncing.work_through(connected.pk)
    kiwoom.mends()
    new_keys(connected)
    assert list(due_accounts()) == [connected.pk]
    work(connected)
    assert not SyncTask.objects.filter(account=connected).exclude(trouble_kind="").exists()
    assert sync_state(connected).health is Health.GOOD


def test_an_unregistered_address_is_tried_again_after_half_an_hour(
    connected: Account, kiwoom: Kiwoom, clock
) -> None:
    kiwoom.breaks("*", **WRONG_ADDRESS)
    syncing.work_through(connected.pk)
    assert list(due_accounts()) == []
    clock.shift(timedelta(minutes=31))
    assert list(due_accounts()) == [connected.pk]


def test_while_the_broker_is_down_it_is_not_asked_for_every_window(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.breaks("*", 503, text="<html>점검 중</html>")
    syncing.work_through(connected.pk)
    assert list(due_accounts()) == []
    assert SyncTask.objects.filter(account=connected).exclude(trouble_kind="").count() == 1


def test_the_first_answer_after_an_outage_brings_everything_back_at_once(
    connected: Account, kiwoom: Kiwoom, clock
) -> None:
    kiwoom.breaks("*", 503, text="<html>점검 중</html>")
    for _try in range(5):
        poll(connected, "ka10074")
        poll(connected, "kt00018")
    kiwoom.mends()
    clock.shift(timedelta(seconds=1))
    poll(connected, "kt00018")
    assert SyncTask.objects.get(account=connected, tr="ka10074", first=None).due_at == timezone.now()


def test_a_fault_of_ours_is_told_and_stops_nobody_else(
    connected: Account, kiwoom: Kiwoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbles(broker: object, question: object) -> list:
        raise ZeroDivisionError

    monkeypatch.setitem(syncing.READERS, "ka10074", stumbles)
    task = poll(connected, "ka10074")
    assert (task.trouble_kind, task.claim) == ("Unexpected", None)
    assert "다시 시도합니다" in sync_state(connected).sentence
    assert not poll(connected, "kt00018").trouble_kind
    assert "ZeroDivisionError" in caplog.text


def test_the_last_good_values_keep_their_age_while_the_broker_is_down(
    connected: Account, kiwoom: Kiwoom, clock
) -> None:
    good = poll(connected, "kt00018").last_good_at
    kiwoom.breaks("*", 503, text="<html>점검 중</html>")
    clock.shift(timedelta(minutes=20))
    poll(connected, "kt00018")
    source = next(s for s in sync_state(connected).sources if s.tr == "kt00018")
    assert (source.health, source.last_good_at) == (Health.TROUBLE, good)
    assert source.trouble_since == good + timedelta(minutes=20)
    assert "점검" in source.sentence


def test_taking_the_keys_away_stops_the_polling_and_keeps_the_journal(
    connected: Account, kiwoom: Kiwoom
) -> None:
    work(connected)
    asked, rows = len(kiwoom.asked), SyncTask.objects.count()
    Credential.objects.all().delete()
    assert list(due_accounts()) == []
    syncing.work_through(connected.pk)
    assert (len(kiwoom.asked), SyncTask.objects.count()) == (asked, rows)
    assert AccountSync.objects.filter(account=connected).exists()
