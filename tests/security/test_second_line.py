"""The second line: a query somebody forgot to narrow reads nothing, nor does one for another's account."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import resolve
from django.utils import timezone

from kiwoomweb.access.hardening.tenancy import (
    TenantLeak,
    across_accounts,
    keep_to_own_accounts,
    tenant_tables,
)
from kiwoomweb.access.models import Account
from orders.models import Fill
from portfolio.models import Note, NoteVersion, Trade
from tests.people import Person

pytestmark = [pytest.mark.django_db, pytest.mark.security("S-05", asvs=["8.4.1", "13.2.2"])]


def within(person: Person, account: Account, ask: Callable[[], Any], path: str = "/a/{}/sync/") -> Any:
    """What ``ask`` answers as the page of the account would, for that person."""
    request = RequestFactory().get(path.format(account.code))
    request.user = person.user or AnonymousUser()
    request.resolver_match = resolve(request.path)
    told = []

    def view(_request: Any) -> HttpResponse:
        told.append(ask())
        return HttpResponse()

    with transaction.atomic():
        keep_to_own_accounts(view)(request)
    return told[0]


@pytest.fixture
def note(account: Account) -> Note:
    return Note.objects.create(account=account, day="2026-11-20")


@pytest.fixture
def their_note(strangers_account: Account, stranger: Person) -> Note:
    note = Note.objects.create(account=strangers_account, day="2026-11-20")
    NoteVersion.objects.create(
        note=note, number=1, text="theirs", author=stranger.user, saved_at=timezone.now()
    )
    return note


def raw(sql: str, *params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


FORGOTTEN: dict[str, Callable[[], Any]] = {
    "everything": lambda: list(Trade.objects.all()),
    "sorted": lambda: list(Fill.objects.order_by("pk")[:5]),
    "by what many rows share": lambda: list(Note.objects.filter(section="review")),
    "counted": Note.objects.count,
    "changed": lambda: Trade.objects.update(name="x"),
    "taken away": lambda: Note.objects.filter(section="review").delete(),
    "by hand": lambda: raw("SELECT name FROM portfolio_trade"),
    "by hand, from a part": lambda: raw("SELECT n FROM (SELECT name AS n FROM portfolio_trade) AS part"),
    "what hangs on them": lambda: list(NoteVersion.objects.filter(text="x")),
}


@pytest.mark.parametrize("how", FORGOTTEN)
def test_a_query_that_nothing_narrows_is_refused_even_where_nobody_elses_rows_are(
    how: str, owner: Person, account: Account
) -> None:
    with pytest.raises(TenantLeak, match="nothing narrows"):
        within(owner, account, FORGOTTEN[how])


def test_a_row_of_anothers_is_refused_by_its_number_however_it_is_asked_for(
    owner: Person, account: Account, their_note: Note
) -> None:
    at = {"pk": their_note.pk}
    for ask in (
        lambda: Note.objects.get(**at),
        lambda: Note.objects.filter(**at).values("day")[0],
        lambda: Note.objects.filter(**at).exists(),
        lambda: Note.objects.filter(**at).update(section="x"),
        lambda: Note.objects.filter(**at).delete(),
        lambda: NoteVersion.objects.get(note_id=their_note.pk),
        lambda: NoteVersion.objects.filter(note=their_note).count(),
        lambda: raw("SELECT section FROM portfolio_note WHERE id = %s", their_note.pk),
        lambda: raw("SELECT v.text FROM portfolio_noteversion v WHERE v.note_id = %s", their_note.pk),
    ):
        with pytest.raises(TenantLeak, match="not this person's"):
            within(owner, account, ask)
    assert Note.objects.get(**at).section == their_note.section


def test_anothers_account_is_refused_alone_in_a_list_of_ours_and_for_a_new_row(
    owner: Person, account: Account, strangers_account: Account
) -> None:
    both = [account.pk, strangers_account.pk]
    for ask in (
        lambda: list(Trade.objects.filter(account=strangers_account)),
        lambda: list(Trade.objects.filter(account__in=both)),
        lambda: list(NoteVersion.objects.filter(note__account=strangers_account)),
        lambda: Note.objects.create(account=strangers_account, day="2026-11-20"),
        lambda: Note.objects.bulk_create([Note(account_id=pk, day="2026-11-20") for pk in both]),
    ):
        with pytest.raises(TenantLeak, match="not this person's"):
            within(owner, account, ask)
    with pytest.raises(TenantLeak):
        within(Person(), account, lambda: list(Trade.objects.filter(account=account)))


def test_or_and_not_do_not_pass_for_narrow(
    owner: Person, account: Account, their_note: Note, note: Note
) -> None:
    mine = Note.objects.filter(account=account)
    with pytest.raises(TenantLeak):
        within(owner, account, lambda: list(mine | Note.objects.filter(section="")))
    with pytest.raises(TenantLeak):
        within(owner, account, lambda: list(Note.objects.exclude(account=account)))
    with pytest.raises(TenantLeak):
        within(owner, account, lambda: list(mine.values_list("pk").union(Note.objects.values_list("pk"))))
    found = within(owner, account, lambda: list(mine | mine.filter(section="")))
    assert found == [note]


def test_ones_own_are_read_and_written_without_another_question(
    owner: Person, account: Account, note: Note, django_assert_num_queries: Any
) -> None:
    def work() -> None:
        found = Note.objects.get(pk=note.pk, account=account)
        found.section = "review"
        found.save()
        list(NoteVersion.objects.filter(note=found))

    with django_assert_num_queries(3 + 1 + 2):  # the accounts, once; and the point the transaction returns to
        within(owner, account, work)
    within(owner, account, lambda: Note.objects.create(account=account, day="2026-11-21"))


def test_what_is_streamed_later_and_what_is_asked_on_purpose(
    owner: Person, account: Account, their_note: Note
) -> None:
    def lazily() -> Any:
        yield b"one"
        yield str(Note.objects.count()).encode()

    request = RequestFactory().get(f"/a/{account.code}/sync/")
    request.user, request.resolver_match = owner.user, resolve(request.path)
    answer = keep_to_own_accounts(lambda _request: StreamingHttpResponse(lazily()))(request)
    with pytest.raises(TenantLeak):
        list(answer)

    def on_purpose() -> int:
        with across_accounts("how many there are"):
            return Note.objects.count()

    assert within(owner, account, on_purpose) == 1
    assert Note.objects.count() == 1, "tasks and commands work for everybody"


def test_every_table_that_hangs_on_an_account_is_watched() -> None:
    ours = {"portfolio_trade", "portfolio_note", "orders_fill", "orders_order", "access_credential"}
    hanging = {"portfolio_noteversion", "portfolio_attachment", "orders_approval", "market_hitreturn"}
    assert ours | hanging <= tenant_tables()
    assert len(tenant_tables()) > 80
