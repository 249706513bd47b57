"""Connecting an account: only managers may, the broker is asked first, and nothing typed is ever leaked."""

import json
import logging

import httpx
import pytest
from django.core.cache import cache
from django.db import connection

from kiwoomweb.access import connecting, gateway
from kiwoomweb.access.connecting import disconnect
from kiwoomweb.access.models import Account, BrokerReply, Credential
from kiwoomweb.access.services import keys
from kiwoomweb.broker.credentials import Credentials
from tests import queue
from tests.access.broker_double import TOKEN, refused
from tests.access.conftest import APP_KEY, APP_SECRET
from tests.people import Person, make_person

TYPED = {"environment": "paper", "name": "스윙", "app_key": APP_KEY, "app_secret": APP_SECRET}


@pytest.fixture
def demo_keys(settings, tmp_path) -> Credentials:
    settings.DEMO, settings.DEMO_KEYS_FILE = True, tmp_path / "demo.json"
    settings.DEMO_KEYS_FILE.write_text(json.dumps({"app_key": "demo-key", "app_secret": "demo-secret"}))
    return Credentials("demo-key", "demo-secret")


def connect(person: Person, **other: str):
    return person.post("/connect/", {"team": person.user.teams.first().pk} | TYPED | other)


def words(page) -> str:
    return page.content.decode()


# --- who may ---


def test_a_visitor_is_sent_to_sign_in(visitor, broker):
    for page in (visitor.get("/connect/"), visitor.post("/connect/", TYPED), visitor.post("/connect/demo/")):
        assert page.status_code == 302
        assert page["Location"].startswith("/accounts/login/")
    assert broker.asked == []


@pytest.mark.parametrize("who", ["viewer", "trader"])
def test_viewers_and_traders_are_told_whom_to_ask(who, request, broker, demo_keys):
    person = request.getfixturevalue(who)
    for page in (person.get("/connect/"), connect(person), person.post("/connect/demo/")):
        assert page.status_code == 403
        assert "관리 권한" in words(page)
    assert broker.asked == []
    assert not Account.objects.exists()


def test_a_person_without_a_team_connects_nothing(db, broker):
    assert make_person("Nobody").get("/connect/").status_code == 403


def test_a_stranger_cannot_put_an_account_into_somebody_elses_team(stranger, team, broker):
    page = connect(stranger, team=str(team.pk))
    assert page.status_code == 422
    assert not Account.objects.exists()
    assert broker.asked == []


# --- what happens ---


@pytest.mark.parametrize("who", ["owner", "manager"])
def test_good_keys_become_an_account_and_its_history_is_asked_for(
    who, request, broker, django_capture_on_commit_callbacks
):
    person = request.getfixturevalue(who)
    with django_capture_on_commit_callbacks(execute=True):
        answer = connect(person)
    account = Account.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/a/{account.code}/")
    assert (account.number, account.environment, account.name) == ("8100000111", "paper", "스윙")
    assert account.connected_at
    assert keys.opened(account) == Credentials(APP_KEY, APP_SECRET)
    assert queue.Asked("portfolio.begin_backfill", {"account_id": account.pk}) in queue.asked


def test_one_click_connects_the_practice_account(owner, broker, demo_keys):
    assert "연습 계좌로 시작" in words(owner.get("/connect/"))
    answer = owner.post("/connect/demo/")
    account = Account.objects.get()
    assert answer["Location"] == f"/a/{account.code}/"
    assert (account.environment, account.name) == ("simulator", "연습 계좌")
    assert keys.opened(account) == demo_keys


def test_without_a_simulator_no_practice_account_is_offered(owner, broker):
    assert "연습 계좌로 시작" not in words(owner.get("/connect/"))
    assert owner.post("/connect/demo/").status_code == 400


def test_after_connecting_the_front_door_opens_on_the_account(owner, account):
    assert owner.get("/")["Location"] == f"/a/{account.code}/"


def test_with_no_account_the_front_door_leads_to_connecting(owner):
    assert owner.get("/")["Location"] == "/connect/"


def test_the_same_account_twice_is_politely_refused(owner, broker):
    connect(owner)
    page = connect(owner)
    assert page.status_code == 422
    assert "이미 연결된 계좌" in words(page)
    assert Account.objects.count() == 1


def test_two_teams_may_each_have_the_same_account(owner, stranger, broker):
    connect(owner)
    assert connect(stranger).status_code == 302
    assert Account.objects.count() == 2


def test_an_account_that_lost_its_keys_gets_its_journal_back(owner, broker):
    connect(owner)
    before = Account.objects.get()
    disconnect(before)
    assert not Credential.objects.exists()
    connect(owner)
    assert Account.objects.get().pk == before.pk
    assert Account.objects.get().connected_at


# --- what goes wrong ---

TROUBLES = [
    ({"au10001": refused("8001")}, {}, "앱키와 시크릿키가 맞지 않습니다"),
    ({"au10001": refused("8030")}, {"environment": "live"}, "모의투자 키입니다"),
    ({"ka00001": refused("8031")}, {"environment": "paper"}, "실전 키입니다"),
    ({"au10001": refused("8050")}, {}, "IP 주소가 키에 등록되어 있지 않습니다"),
    ({"au10001": httpx.Response(503, content=b"<html>")}, {}, "점검 중이거나 장애"),
    ({"au10001": httpx.Response(200, content=b"<html>maintenance</html>")}, {}, "점검 중이거나 장애"),
    ({"ka00001": httpx.Response(200, content=b'{"acctNo": "81')}, {}, "응답을 읽을 수 없습니다"),
    (
        {"au10001": httpx.Response(429, json={"return_code": 5, "return_msg": "초과[1700:유량]"})},
        {},
        "요청이 너무 많습니다",
    ),
    ({"au10001": "silence"}, {}, "연결할 수 없습니다"),
]


def silence(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody there")


@pytest.mark.parametrize(("answers", "other", "sentence"), TROUBLES, ids=lambda value: str(value)[:24])
def test_each_trouble_has_its_sentence_and_keeps_what_was_typed_but_the_secret(
    owner, broker, answers, other, sentence
):
    broker.answers |= {tr: silence if answer == "silence" else answer for tr, answer in answers.items()}
    page = connect(owner, **other)
    assert page.status_code == 422
    assert sentence in words(page)
    assert APP_KEY in words(page)
    assert "스윙" in words(page)
    assert APP_SECRET not in words(page)
    assert not Account.objects.exists()
    assert not Credential.objects.exists()


def test_a_quick_person_waits_for_the_practice_exchange_to_open(owner, broker, demo_keys, monkeypatch):
    monkeypatch.setattr(connecting, "LOOK_EVERY", 0)
    opened = broker.answers["au10001"]

    def opens_late(request):
        return silence(request) if broker.times("au10001") < 6 else opened

    broker.answers["au10001"] = opens_late
    assert owner.post("/connect/demo/").status_code == 302
    assert Account.objects.get().environment == "simulator"


def test_a_stopped_simulator_is_not_called_kiwoom(owner, broker, demo_keys, monkeypatch):
    monkeypatch.setattr(connecting, "PRACTICE_OPENS_WITHIN", 0)
    broker.answers["au10001"] = silence
    page = owner.post("/connect/demo/")
    assert page.status_code == 422
    assert "연습 서버가 응답하지 않습니다" in words(page)


@pytest.mark.parametrize(
    "typed", [{"app_key": ""}, {"app_secret": ""}, {"app_key": "두 줄\n키"}, {"app_key": "k" * 201}]
)
def test_keys_that_cannot_be_keys_never_reach_the_broker(owner, broker, typed):
    assert connect(owner, **typed).status_code == 422
    assert broker.asked == []


@pytest.mark.parametrize("environment", ["simulator", "moon"])
def test_the_form_reaches_only_kiwooms_own_hosts(owner, broker, environment):
    assert connect(owner, environment=environment).status_code == 422
    assert broker.asked == []


def test_a_known_app_key_with_a_wrong_secret_proves_nothing(owner, stranger, broker):
    """A token of the right owner lies on the shelf; the stranger's secret is asked about all the same."""
    connect(owner)
    gateway.broker_for(Account.objects.get()).call("ka00001")
    broker.answers["au10001"] = lambda request: (
        refused("8001") if b"guessed" in request.content else {"return_code": 0}
    )
    assert connect(stranger, app_secret="guessed").status_code == 422
    assert Account.objects.filter(team__members=stranger.user).count() == 0


def test_a_lost_key_ring_is_said_in_plain_words(owner, connected, broker, ring_file):
    ring_file.unlink()
    broker.answers["ka00001"] = {"acctNo": "5000000011", "return_code": 0}
    page = connect(owner)
    assert page.status_code == 422
    assert "봉인 키 파일" in words(page)
    assert Account.objects.count() == 1


# --- secrets ---


def test_no_secret_is_in_a_page_a_log_the_cache_a_task_or_a_reply(owner, broker, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    pages = [connect(owner)]
    broker.answers["au10001"] = refused("8001")
    pages += [connect(owner), connect(owner, app_key="")]
    account = Account.objects.get()
    pages += [owner.get(f"/a/{account.code}/keys/"), owner.get("/connect/"), owner.get("/settings/")]

    seen = [words(page) for page in pages] + [caplog.text, *capfd.readouterr(), repr(cache._cache)]
    seen += [str(queue.asked)] + [reply.raw.decode() for reply in BrokerReply.objects.all()]
    for canary in (APP_SECRET, TOKEN):
        assert not [text for text in seen if canary in text]
    assert APP_KEY not in "".join(seen[len(pages) :])


def test_no_secret_is_in_the_database(connected, broker):
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_key_seal, app_secret_seal FROM access_credential")
        stored = b"".join(bytes(half) for half in cursor.fetchone())
    for canary in (APP_KEY, APP_SECRET):
        assert canary.encode() not in stored
