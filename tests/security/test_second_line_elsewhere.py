"""The second line where there is no page of a member: on sockets, and at doors that are open to anybody."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from kiwoomweb.access.hardening.tenancy import (
    TenantLeak,
    keep_sockets_to_own_accounts,
    keep_to,
    keep_to_own_accounts,
)
from kiwoomweb.access.models import Account
from market import guests, hub
from market.guests import Guest, missed, newest
from market.models import AccountEvent
from portfolio.models import Note, ReportPlan, ReportReader
from portfolio.services.reporting.planning import SALT
from tests.market.conftest import quiet_end
from tests.market.live import Page
from tests.people import Person

__all__ = ["quiet_end"]

pytestmark = pytest.mark.security("S-05", asvs=["8.4.1", "13.2.2"])


def event(account: Account, seq: int) -> AccountEvent:
    return AccountEvent.objects.create(account=account, seq=seq, kind="order", body={"order_no": str(seq)})


def a_guest(person: Person, account: Account) -> Guest:
    return Guest(person.user.pk, account.pk, account.code, "", 0, 0)


@pytest.mark.django_db
def test_what_a_page_has_missed_is_asked_for_as_its_person(
    viewer: Person, account: Account, strangers_account: Account
) -> None:
    event(account, 1), event(strangers_account, 7)
    assert [seq for seq, _text in missed(a_guest(viewer, account), 0)] == [1]
    with pytest.raises(TenantLeak, match="not this person's"):
        missed(a_guest(viewer, strangers_account), 0)
    both = [a_guest(viewer, account), a_guest(viewer, strangers_account)]
    assert newest(both) == {account.pk: 1, strangers_account.pk: 7}


@pytest.mark.django_db
def test_who_comes_in_is_looked_for_among_their_own(
    viewer: Person, account: Account, strangers_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A door that has forgotten whose account it is: nobody comes in through it."""
    event(strangers_account, 7)
    assert guests.admit(viewer.user, account.code, None, None).account_id == account.pk
    monkeypatch.setattr(guests, "_account_as", lambda *_: Account.objects.get(pk=strangers_account.pk))
    with pytest.raises(TenantLeak):
        guests.admit(viewer.user, account.code, None, None)
    monkeypatch.setattr(guests, "last_event", lambda _pk: AccountEvent.objects.count())
    with pytest.raises(TenantLeak, match="nothing narrows"):
        guests.admit(viewer.user, account.code, None, None)


@pytest.mark.django_db(transaction=True)
async def test_work_of_a_socket_that_names_nobody_is_done_for_nobody(account: Account) -> None:
    """In the socket itself, in a thread of it, and in what it begins for all sockets of the process."""
    import asyncio

    told: list[str] = []

    def ask() -> None:
        list(Note.objects.filter(account=account))

    async def tried(how: str, work: Any) -> None:
        try:
            await work()
        except TenantLeak:
            told.append(how)

    async def socket(*_: Any) -> None:
        await tried("in a thread", sync_to_async(ask))
        await tried("begun for all", lambda: asyncio.create_task(sync_to_async(ask)()))

    await keep_sockets_to_own_accounts(socket)({}, None, None)
    assert told == ["in a thread", "begun for all"]
    await sync_to_async(ask)()  # outside of it, tasks and commands work for everybody


@pytest.mark.security("S-77", asvs=["16.5.4"])
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("valkey", "quiet_end")
async def test_an_open_page_is_told_its_own_events_and_a_broken_door_lets_nobody_stay(
    viewer: Person, account: Account, strangers_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    await sync_to_async(event)(account, 1)
    page = Page(viewer.browser, account.code, since=0)
    assert await page.opens()
    assert [one["order_no"] for one in await page.hears_of("events")] == ["1"]

    def broken(_guests: Any) -> Any:
        raise RuntimeError("nobody can say")

    monkeypatch.setattr(hub, "unwelcome", broken)
    assert await page.is_closed_with() == hub.GONE, "fails closed"
    await page.leaves()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/accounts/login/", "/join/x/", "/u/x/", "/reports/question/x/"])
def test_at_an_open_door_a_visitor_has_no_accounts_and_a_member_their_own(
    path: str, viewer: Person, visitor: Person, account: Account, strangers_account: Account
) -> None:
    def at(user: Any, asked: Account) -> int:
        request = RequestFactory().get(path)
        request.user, request.resolver_match = user, resolve(request.path)
        found: list[int] = []

        def view(_request: Any) -> HttpResponse:
            found.append(Note.objects.filter(account=asked).count())
            return HttpResponse()

        keep_to_own_accounts(view)(request)
        return found[0]

    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(TenantLeak):
        at(AnonymousUser(), account)
    with pytest.raises(TenantLeak):
        at(viewer.user, strangers_account)
    assert at(viewer.user, account) == 0


@pytest.mark.django_db
def test_a_signed_link_opens_the_account_it_names_and_no_other(
    visitor: Person, account: Account, strangers_account: Account, owner: Person, monkeypatch: Any
) -> None:
    def asked(plans: Account) -> ReportReader:
        plan = ReportPlan.objects.create(account=plans, owner=owner.user, kind="week", every="week")
        return ReportReader.objects.create(plan=plan, address="reader@example.com")

    mine, theirs = asked(account), asked(strangers_account)
    path = f"/reports/question/{signing.dumps(mine.pk, salt=SALT)}/"
    assert visitor.get(path).status_code == 200
    assert visitor.post(path).status_code == 200
    mine.refresh_from_db()
    assert mine.agreed_at is not None
    view = "portfolio.views.report_readers"
    monkeypatch.setattr(
        f"{view}.agree", lambda _reader: ReportReader.objects.filter(pk=theirs.pk).update(address="")
    )
    with pytest.raises(TenantLeak, match="not this person's"):
        visitor.post(path)


@pytest.mark.django_db
def test_keeping_to_a_person_ends_with_the_block(viewer: Person, strangers_account: Account) -> None:
    with keep_to(viewer.user), pytest.raises(TenantLeak):
        Note.objects.filter(account=strangers_account).count()
    assert Note.objects.filter(account=strangers_account).count() == 0
