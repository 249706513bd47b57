"""The gateway: the only door to the broker, with a memory for what it heard and an eye on the account."""

import json
import logging
from datetime import timedelta

import httpx
import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from kiwoomweb.access import gateway
from kiwoomweb.access.errors import KeysUnreadable, NotConnected
from kiwoomweb.access.models import Account, BrokerReply
from kiwoomweb.access.services import keys
from kiwoomweb.access.services.keeping import heard
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import AuthFailed, BrokerDown, RateLimited, Unreadable, WrongKeys
from tests.access.broker_double import TOKEN, refused, token_reply
from tests.access.conftest import APP_KEY, APP_SECRET

DEPOSIT = {"entr": "000000000017534", "return_code": 0, "return_msg": "조회가 완료되었습니다."}
CANARIES = (APP_KEY, APP_SECRET, TOKEN)


def trouble_of(account: Account) -> tuple[str, bool]:
    account.refresh_from_db()
    return account.trouble_kind, account.trouble_since is not None


def test_an_account_without_keys_cannot_be_asked_for(account):
    with pytest.raises(NotConnected):
        gateway.broker_for(account)


def test_the_same_account_speaks_through_the_same_client_until_its_keys_change(connected, broker):
    first = gateway.broker_for(connected)
    assert gateway.broker_for(connected) is first
    keys.keep(connected, Credentials("other-key", "other-secret"))
    assert gateway.broker_for(connected) is not first


def test_every_reply_is_kept_byte_for_byte_and_its_id_is_heard(connected, broker):
    broker.answers["kt00001"] = DEPOSIT
    with heard() as replies:
        gateway.broker_for(connected).call("kt00001", {"qry_tp": "3"})
    kept = BrokerReply.objects.get()
    assert replies == [kept.pk]
    assert (kept.account, kept.tr, kept.page, kept.status) == (connected, "kt00001", 1, 200)
    assert kept.raw == json.dumps(DEPOSIT).encode()
    assert len(kept.sha256) == 64


def test_the_same_answer_again_is_counted_not_copied_and_a_new_one_is_a_new_row(connected, broker):
    client = gateway.broker_for(connected)
    for entr in ("1", "1", "1", "2", "1"):
        broker.answers["kt00001"] = DEPOSIT | {"entr": entr}
        client.call("kt00001", {"qry_tp": "3"})
    assert list(BrokerReply.objects.order_by("pk").values_list("times", flat=True)) == [3, 1, 1]


def test_what_cannot_be_read_is_kept_too(connected, broker):
    broker.answers["kt00001"] = httpx.Response(200, content=b'{"entr": "0000')
    with heard() as replies, pytest.raises(Unreadable):
        gateway.broker_for(connected).call("kt00001", {"qry_tp": "3"})
    assert BrokerReply.objects.get(pk=replies[-1]).raw == b'{"entr": "0000'


def test_no_token_reply_is_ever_kept(connected, broker):
    gateway.broker_for(connected).call("ka00001")
    assert set(BrokerReply.objects.values_list("tr", flat=True)) == {"ka00001"}


@pytest.mark.parametrize(
    ("code", "kind"), [("8001", "WrongKeys"), ("8030", "WrongEnvironment"), ("8050", "DeviceRefused")]
)
def test_keys_the_broker_refuses_are_the_accounts_trouble(connected, broker, code, kind):
    broker.answers["au10001"] = refused(code)
    with pytest.raises(AuthFailed):
        gateway.broker_for(connected).call("ka00001")
    assert trouble_of(connected) == (kind, True)


def test_trouble_keeps_the_moment_it_began_and_ends_with_the_next_answer(connected, broker):
    broker.answers["kt00001"] = httpx.Response(503, content=b"<html>maintenance</html>")
    client = gateway.broker_for(connected)
    for _ in range(2):
        with pytest.raises(BrokerDown):
            client.call("kt00001", {"qry_tp": "3"})
    connected.refresh_from_db()
    began = connected.trouble_since
    with pytest.raises(BrokerDown):
        client.call("kt00001", {"qry_tp": "3"})
    connected.refresh_from_db()
    assert (connected.trouble_kind, connected.trouble_since) == ("BrokerDown", began)
    assert connected.trouble_sentence == BrokerDown.notice

    broker.answers["kt00001"] = DEPOSIT
    client.call("kt00001", {"qry_tp": "3"})
    assert trouble_of(connected) == ("", False)


def test_one_refused_tr_is_not_the_accounts_trouble(connected, broker):
    broker.answers["kt00001"] = httpx.Response(
        429, json={"return_code": 5, "return_msg": "허용된 요청 개수를 초과하였습니다[1700:유량]"}
    )
    with pytest.raises(RateLimited):
        gateway.broker_for(connected).call("kt00001", {"qry_tp": "3"})
    assert trouble_of(connected) == ("", False)


def test_a_lost_key_file_is_the_accounts_trouble_and_says_what_to_do(connected, settings):
    settings.DESK_KEYS_FILE.unlink()
    with pytest.raises(KeysUnreadable):
        gateway.broker_for(connected)
    assert trouble_of(connected) == ("KeysUnreadable", True)
    assert "봉인 키 파일" in connected.trouble_sentence


def test_the_simulators_clock_is_heard_with_any_answer(connected, broker):
    broker.clock = lambda: timezone.now() - timedelta(days=300)
    gateway.broker_for(connected).call("ka00001")
    behind = timezone.now() - gateway.broker_now(connected)
    assert abs(behind - timedelta(days=300)) < timedelta(seconds=5)


def test_a_process_that_never_asked_knows_the_time_others_heard(connected, broker):
    broker.clock = lambda: timezone.now() - timedelta(days=300)
    gateway.broker_for(connected).call("ka00001")
    gateway._client.cache_clear()  # as another process starts out
    assert timezone.now() - gateway.broker_for(connected).now() > timedelta(days=299)


def test_a_forgotten_virtual_clock_is_asked_for_once(connected, broker):
    broker.clock = lambda: timezone.now() - timedelta(days=300)
    for _ in range(3):
        assert timezone.now() - gateway.broker_now(connected) > timedelta(days=299)
    assert broker.times("ka00001") == 1


def test_a_silent_simulator_is_not_asked_for_its_time_by_every_page(connected, broker):
    broker.answers["au10001"] = httpx.Response(503)
    for _ in range(5):
        assert abs(gateway.broker_now(connected) - timezone.now()) < timedelta(seconds=5)
    assert broker.times("au10001") <= 2 * 3


def test_kiwoom_lives_in_our_time_whatever_its_clock_says(live_account, broker):
    keys.keep(live_account, Credentials(APP_KEY, APP_SECRET))
    broker.clock = lambda: timezone.now() - timedelta(days=300)
    gateway.broker_for(live_account).call("ka00001")
    assert abs(gateway.broker_now(live_account) - timezone.now()) < timedelta(seconds=5)


def test_the_simulator_is_only_ever_on_this_machine(settings):
    settings.SIMULATOR_HOST = "203.0.113.9"
    with pytest.raises(ImproperlyConfigured, match="loopback"):
        gateway.address_of(Environment.SIMULATOR)


def test_real_and_mock_keys_go_to_kiwooms_own_hosts():
    assert gateway.address_of(Environment.LIVE).rest == "https://api.kiwoom.com"
    assert gateway.address_of(Environment.PAPER).rest == "https://mockapi.kiwoom.com"


def test_no_secret_is_kept_logged_shown_or_raised(connected, broker, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    client = gateway.broker_for(connected)
    broker.answers["kt00001"] = DEPOSIT
    client.call("kt00001", {"qry_tp": "3"})
    broker.answers["kt00001"] = refused("8005")
    broker.answers["au10001"] = refused("8001")
    with pytest.raises(WrongKeys) as failure:
        client.call("kt00001", {"qry_tp": "3"})

    error: BaseException | None = failure.value
    seen = [caplog.text, *capfd.readouterr(), repr(client), repr(keys.opened(connected)), repr(cache._cache)]
    while error:
        seen += [repr(error), str(error), repr(error.__dict__)]
        error = error.__cause__ or error.__context__
    seen += [kept.raw.decode() for kept in BrokerReply.objects.all()]
    for canary in CANARIES:
        assert not [text for text in seen if canary in text]


def test_eight_threads_without_a_token_ask_for_one(connected, broker):
    from concurrent.futures import ThreadPoolExecutor

    broker.answers["au10001"] = lambda _request: token_reply()
    client = gateway.broker_for(connected)
    with ThreadPoolExecutor(8) as threads:
        tokens = {token.text for token in threads.map(lambda _n: client.token(), range(8))}
    assert tokens == {TOKEN}
    assert broker.times("au10001") == 1
