"""The broker's bad days, over real HTTP and up to the page: plain sentences, last good numbers, no lost row."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.html import escape

from kiwoomweb.access.models import Account
from kiwoomweb.simulator.serve import Running, running
from portfolio.models import Holding
from portfolio.services import backfilling
from tests.access.conftest import forget_everything, impatient
from tests.people import Person
from tests.portfolio.steps import dump, poll

GENEROUS = {"quota": 10_000, "total_quota": 10_000, "token_quota": 10_000}
#: What the overview's numbers of today come from.
READ = ("kt00001", "kt00018", "ka10074", "ka10076")

#: What the broker does, and the words the trader reads: what it is and what happens next.
BAD_DAYS = {
    "a maintenance page": ({"kind": "html"}, "점검"),
    "a server error": ({"kind": "status", "status": 503}, "점검"),
    "half a reply": ({"kind": "truncated"}, "읽을 수 없어"),
    "a dead line": ({"kind": "reset_before"}, "연결"),
    "too many requests": ({"kind": "429"}, "요청이 많아"),
    "a key pair that is no more": ({"kind": "refuse", "code": "8001"}, "맞지 않습니다"),
    "a key of the other environment": ({"kind": "refuse", "code": "8031"}, "서로 바뀌었습니다"),
}


@pytest.fixture(scope="module")
def serving() -> Iterator[Running]:
    """A broker whose account has traded for a year; lists come twenty rows a page at most."""
    with running("real", **GENEROUS) as broker:
        yield broker


@pytest.fixture
def broker(serving: Running, settings: Any, tmp_path: Any, monkeypatch: Any) -> Iterator[Running]:
    """That broker as the practice exchange of this installation; nobody waits long for it."""
    settings.SIMULATOR_PORT = int(serving.address.rest.rpartition(":")[2])
    settings.DEMO, settings.DEMO_KEYS_FILE = True, tmp_path / "demo.json"
    pair = {"app_key": serving.keys.app_key, "app_secret": serving.keys.app_secret}
    settings.DEMO_KEYS_FILE.write_text(json.dumps(pair))
    monkeypatch.setattr("kiwoomweb.broker.patience.Patience", impatient)
    forget_everything()
    yield serving
    serving.faults.clear()
    forget_everything()


@pytest.fixture
def account(owner: Person, broker: Running, django_capture_on_commit_callbacks: Any) -> Account:
    """The owner's practice account, read once on a good day."""
    assert owner.post("/connect/demo/").status_code == 302
    account = Account.objects.get()
    backfilling.begin(account.pk)
    for tr in READ:
        poll(account, tr)
    assert Holding.objects.current().filter(account=account).exists()
    return account


def overview(person: Person, account: Account) -> str:
    page = person.get(f"/a/{account.code}/")
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("day", BAD_DAYS)
def test_a_bad_day_is_told_and_costs_no_number(
    owner: Person, account: Account, broker: Running, day: str
) -> None:
    fault, words = BAD_DAYS[day]
    before = dump(account)
    names = set(Holding.objects.current().filter(account=account).values_list("name", flat=True))
    broker.faults.add(**fault, count=None)
    for tr in READ:
        assert poll(account, tr).trouble_kind
    page = overview(owner, account)
    assert words in page
    assert "부터입니다" in page
    assert "아래 값은 마지막으로 받은 값입니다" in page
    assert [name for name in names if escape(name) not in page] == []
    assert dump(account) == before


def test_the_next_good_answer_ends_it(owner: Person, account: Account, broker: Running) -> None:
    broker.faults.add("html", count=None)
    for tr in READ:
        poll(account, tr)
    broker.faults.clear()
    for tr in READ:
        assert poll(account, tr).trouble_kind == ""
    assert "아래 값은 마지막으로 받은 값입니다" not in overview(owner, account)


def test_an_expired_token_is_renewed_without_anybody_noticing(account: Account, broker: Running) -> None:
    broker.faults.add("expire_tokens")
    assert poll(account, "kt00018").trouble_kind == ""


def test_half_a_list_is_never_taken_for_the_whole(account: Account, broker: Running) -> None:
    before = dump(account)
    broker.faults.add("broken_paging", tr="ka10076", count=None)
    broker.faults.add("broken_paging", tr="kt00018", count=None)
    poll(account, "kt00018")
    poll(account, "ka10076")
    assert dump(account) == before


def test_a_fill_of_a_share_nobody_lists_is_kept_and_shown(
    owner: Person, account: Account, broker: Running
) -> None:
    broker.faults.add("unknown_symbol", tr="kt00018", count=None)
    assert poll(account, "kt00018").trouble_kind == ""
    strange = Holding.objects.current().filter(account=account).exclude(symbol__in=_listed(broker))
    assert strange.exists()
    assert all(holding.symbol in overview(owner, account) for holding in strange)


def _listed(broker: Running) -> set[str]:
    return broker.call(lambda exchange: {instrument.code for instrument in exchange.instruments()})
