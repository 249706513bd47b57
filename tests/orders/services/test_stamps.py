"""Entries of the trail say which code made them, and under which rules."""

import json
from datetime import time

import pytest

from kiwoomweb.access.models import Account, AuditEntry
from orders import versions
from orders.models import AccountLimits, Intent
from orders.services.halting import halt
from orders.situations import Limits, MemberLimits
from orders.versions import code_version, config_digest
from tests.people import Person

TICKET = {"kind": "place", "symbol": "005930", "side": "buy", "quantity": "10", "price": "71200"}


def entries(action: str) -> list[dict]:
    told = AuditEntry.objects.filter(action=action).order_by("pk").values_list("detail", flat=True)
    return [json.loads(one) for one in told]


@pytest.mark.django_db
def test_an_order_is_told_with_the_code_and_the_rules_it_was_checked_by(
    trader: Person, account: Account
) -> None:
    def order(key: str) -> None:
        trader.post(f"/a/{account.code}/orders/decide/", {**TICKET, "key": key * 36})

    order("a")
    AccountLimits.objects.create(account=account, figures={"max_order": 1_000_000}, version=4)
    made = halt(account, trader.user, "그사이")
    order("b")
    first, second = entries("order.denied")
    assert first["code"] == second["code"] == code_version() and len(code_version()) == 16
    assert first["config"] != second["config"] and (first["limits"], second["limits"]) == (0, 4)
    assert (first["epoch"], second["epoch"]) == (0, made.pk)
    assert [one["config"] for one in entries("order.decided")] == [first["config"], second["config"]]
    assert entries("halt.set")[0]["code"] == code_version()
    assert Intent.objects.count() == 2


def test_the_digest_follows_every_rule_and_nothing_else(settings) -> None:
    plain = config_digest(Limits())
    assert config_digest(Limits()) == plain
    others = {
        config_digest(),
        config_digest(Limits(trading=True)),
        config_digest(Limits(max_day=1)),
        config_digest(Limits(), MemberLimits(symbols=frozenset({"005930"}))),
        config_digest(Limits(), MemberLimits(opens=time(9))),
    }
    settings.LIVE_ALLOWED = not settings.LIVE_ALLOWED
    assert len(others | {plain, config_digest(Limits())}) == 7
    symbols = [frozenset({"005930", "000660"}), frozenset({"000660", "005930"})]
    assert len({config_digest(Limits(), MemberLimits(symbols=one)) for one in symbols}) == 1


def test_the_code_is_another_when_a_line_of_it_is(settings, tmp_path) -> None:
    code_version.cache_clear()
    settings.BASE_DIR = tmp_path
    try:
        file = tmp_path / versions.SOURCES[-1] / "states.py"
        file.parent.mkdir()
        found = []
        for text in ("A = 1\n", "A = 2\n", "A = 1\n"):
            file.write_text(text)
            code_version.cache_clear()
            found.append(code_version())
    finally:
        code_version.cache_clear()
    assert found[0] == found[2] != found[1]
