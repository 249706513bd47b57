"""PROTOCOL 11, 12-17: tokens."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiwoomweb.simulator.exchange import Exchange
from kiwoomweb.simulator.serve import OPENING, running
from kiwoomweb.simulator.tokens import KeyPair
from tests.simulator.wire.caller import ACCOUNT, Caller
from tests.simulator.wire.conftest import Start


def told_by(caller: Caller, **body: str) -> tuple[int, str]:
    said = caller.post("/oauth2/token", body).json()
    assert "token" not in said
    return said["return_code"], said["return_msg"]


@pytest.mark.behaviour(12)
def test_headers_of_other_calls_are_ignored(caller: Caller) -> None:
    bare = caller.post("/oauth2/token", caller.token_request()).json()
    odd = caller.post("/oauth2/token", caller.token_request(), api_id="", cont_yn="N", next_key="").json()
    named = caller.post("/oauth2/token", caller.token_request(), api_id="ka10001").json()
    assert bare["return_code"] == odd["return_code"] == named["return_code"] == 0


@pytest.mark.behaviour(12)
def test_the_secret_is_called_secretkey(caller: Caller) -> None:
    pair = caller.keys
    family, words = told_by(
        caller, grant_type="client_credentials", appkey=pair.app_key, appsecret=pair.app_secret
    )
    assert family == 2
    assert "[8020:" in words


@pytest.mark.behaviour(12)
def test_the_grant_type_is_checked(caller: Caller) -> None:
    pair = caller.keys
    keys = {"appkey": pair.app_key, "secretkey": pair.app_secret}
    assert "[8011:" in told_by(caller, **keys)[1]
    assert "[8012:" in told_by(caller, grant_type="password", **keys)[1]


@pytest.mark.behaviour(12)
@pytest.mark.parametrize("wrong", [{"appkey": "nobody"}, {"secretkey": "guess"}])
def test_a_wrong_pair_is_8001_without_a_token(caller: Caller, wrong: dict[str, str]) -> None:
    family, words = told_by(caller, **caller.token_request(**wrong))
    assert (family, words) == (3, "인증에 실패했습니다[8001:App Key와 Secret Key 검증에 실패했습니다]")


@pytest.mark.behaviour(13)
def test_success_has_exactly_these_fields(caller: Caller) -> None:
    said = caller.post("/oauth2/token", caller.token_request()).json()
    assert set(said) == {"expires_dt", "token_type", "token", "return_code", "return_msg"}
    assert said["token_type"] == "bearer"
    assert said["return_msg"] == "정상적으로 처리되었습니다"
    assert datetime.strptime(said["expires_dt"], "%Y%m%d%H%M%S")  # noqa: DTZ007  (Korean time without an offset)


@pytest.mark.behaviour(13)
def test_it_expires_a_virtual_day_later_in_korean_time(fresh: Start) -> None:
    said = fresh().post("/oauth2/token", fresh().token_request()).json()
    assert said["expires_dt"] == f"{OPENING + timedelta(hours=24):%Y%m%d%H%M%S}"


@pytest.mark.behaviour(14)
def test_asking_again_gives_the_same_token(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    first = caller.post("/oauth2/token", caller.token_request()).json()
    caller.broker.clock.jump(OPENING + timedelta(hours=3))
    second = caller.post("/oauth2/token", caller.token_request()).json()
    assert (first["token"], first["expires_dt"]) == (second["token"], second["expires_dt"])


@pytest.mark.behaviour(14)
def test_a_rotating_host_makes_the_old_token_useless(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(reissue="rotate", **generous)
    old = caller.log_in()
    assert caller.log_in() != old
    told = caller.post(ACCOUNT, {}, api_id="ka00001", authorization=f"Bearer {old}").json()
    assert "[8005:" in told["return_msg"]


@pytest.mark.behaviour(15)
def test_a_token_ends_by_the_virtual_clock(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    old = caller.log_in()
    caller.broker.clock.jump(OPENING + timedelta(hours=23, minutes=59))
    assert caller.ask("ka00001").json()["return_code"] == 0
    caller.broker.clock.jump(OPENING + timedelta(hours=24))
    assert "[8005:" in caller.ask("ka00001").json()["return_msg"]
    assert caller.log_in() != old
    assert caller.ask("ka00001").json()["return_code"] == 0


@pytest.mark.behaviour(15)
def test_revoking_ends_a_token_and_the_next_one_differs(fresh: Start, generous: dict[str, Any]) -> None:
    caller = fresh(**generous)
    old = caller.log_in()
    keys = {name: value for name, value in caller.token_request().items() if name != "grant_type"}
    assert "[8016:" in caller.post("/oauth2/revoke", keys).json()["return_msg"]
    assert "[8015:" in caller.post("/oauth2/revoke", keys | {"token": "unknown"}).json()["return_msg"]
    done = caller.post("/oauth2/revoke", keys | {"token": old}).json()
    assert done == {"return_code": 0, "return_msg": "정상적으로 처리되었습니다"}
    assert "[8005:" in caller.ask("ka00001").json()["return_msg"]
    assert caller.log_in() != old


@pytest.mark.behaviour(16)
def test_a_real_key_on_the_mock_host_is_8030() -> None:
    with running("mock", trader=False, keys=[KeyPair("a-real-key", "its-secret", "real")]) as broker:
        caller = Caller(broker)
        family, words = told_by(caller, **caller.token_request())
        caller.close()
    assert (family, "[8030:" in words) == (3, True)


@pytest.mark.behaviour(16)
def test_a_real_token_on_the_mock_host_is_8031(caller: Caller, mock_caller: Caller) -> None:
    real_token = caller.log_in()
    told = mock_caller.post(ACCOUNT, {}, api_id="ka00001", authorization=f"Bearer {real_token}").json()
    assert (told["return_code"], "[8031:" in told["return_msg"]) == (3, True)


@pytest.mark.behaviour(16)
def test_an_unregistered_address_is_8050(fresh: Start) -> None:
    caller = fresh()
    caller.broker.faults.add("refuse", code="8050", count=None)
    assert "[8050:" in told_by(caller, **caller.token_request())[1]


@pytest.mark.behaviour(17)
def test_a_second_request_inside_a_second_is_too_many(fresh: Start) -> None:
    caller = fresh()
    caller.log_in()
    second = caller.post("/oauth2/token", caller.token_request())
    assert second.status_code == 429
    assert second.json()["return_code"] == 5
    assert "[1700:" in second.json()["return_msg"]


def test_a_restarted_host_still_knows_its_token(tmp_path: Path, generous: dict[str, Any]) -> None:
    with running("real", trader=False, state=tmp_path, **generous) as broker:
        before = Caller(broker)
        token = before.log_in()
        before.close()
    with running("real", trader=False, state=tmp_path, **generous) as broker:
        after = Caller(broker)
        after.token = token
        assert after.ask("ka00001").json()["return_code"] == 0
        assert after.log_in() == token
        after.close()
    assert (tmp_path / "tokens.json").stat().st_mode & 0o077 == 0


def test_no_secret_shows_in_a_repr() -> None:
    pair = KeyPair("my-app-key", "my-app-secret")
    assert "my-app" not in repr(pair)


def test_two_keys_do_not_share_a_token(generous: dict[str, Any]) -> None:
    pairs = [KeyPair("one", "secret-1"), KeyPair("two", "secret-2")]
    with running("real", exchange=Exchange.opened(trader=False, now=OPENING), keys=pairs, **generous) as broker:
        one, two = Caller(broker, pairs[0]), Caller(broker, pairs[1])
        assert one.log_in() != two.log_in()
        one.close()
        two.close()
