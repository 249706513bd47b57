"""A prepared query tells what its queryset tells, for whoever asks, from every thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from kiwoomweb.access.models import User
from kiwoomweb.prepared import Prepared, PreparedFor
from tests.people import make_person

pytestmark = pytest.mark.django_db

by_id = Prepared(lambda pk: User.objects.filter(pk=pk), pk=int)
joined_since = Prepared(
    lambda pk, since: User.objects.filter(pk=pk, joined_at__gte=since).values_list("email", flat=True),
    pk=int,
    since=datetime,
)


def test_each_value_finds_its_own_row():
    minji, jun = make_person("minji").user, make_person("jun").user
    assert by_id.rows(pk=minji.pk) == [minji]
    assert by_id.rows(pk=jun.pk) == [jun]
    assert by_id.rows(pk=0) == []
    assert by_id.rows(pk=jun.pk)[0].email == "jun@example.com"


by_address = PreparedFor(
    lambda addresses, since: User.objects.filter(email__in=addresses, joined_at__gte=since).order_by("email"),
    since=datetime,
)


def test_however_many_texts_are_asked_for_each_finds_its_own():
    people = {name: make_person(name).user for name in ("jun", "minji", "vera")}
    long_ago = timezone.now() - timedelta(hours=1)
    addresses = [person.email for person in people.values()]
    for count in (0, 1, 2, 3):
        found = by_address.rows(addresses[:count], since=long_ago)
        assert found == list(people.values())[:count]
    assert by_address.rows([*addresses, "nobody@example.com"], since=long_ago) == list(people.values())
    assert by_id.first(pk=people["jun"].pk) == people["jun"]
    assert by_id.first(pk=0) is None


@pytest.mark.database
def test_postgresql_plans_it_once_a_connection_and_goes_on_answering_each() -> None:
    people = [make_person(name).user for name in ("minji", "jun")] * 5
    assert [by_id.first(pk=one.pk) for one in people] == people
    assert planned_at_the_server() == (connection.vendor == "postgresql")


def planned_at_the_server() -> int:
    """How many of our questions for people PostgreSQL has a plan for."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%access_user%'")
        return cursor.fetchone()[0]


def test_a_moment_is_asked_for_as_the_database_keeps_it():
    minji = make_person("minji").user
    now = timezone.now()
    assert joined_since.rows(pk=minji.pk, since=now - timedelta(hours=1)) == ["minji@example.com"]
    assert joined_since.rows(pk=minji.pk, since=now + timedelta(hours=1)) == []


def test_a_value_that_is_no_parameter_is_refused():
    branching = Prepared(lambda pk: User.objects.filter(pk__in=range(pk % 5 + 1)), pk=int)
    with pytest.raises(TypeError, match="another one"):
        branching.rows(pk=1)
    unused = Prepared(lambda pk, day: User.objects.filter(pk=pk), pk=int, day=date)
    with pytest.raises(TypeError, match="day is no plain parameter"):
        unused.rows(pk=1, day=date(2026, 1, 2))
    computed = Prepared(lambda pk: User.objects.filter(pk=pk + 1), pk=int)
    with pytest.raises(TypeError, match="pk is no plain parameter"):
        computed.rows(pk=1)
    with pytest.raises(TypeError, match="wanted"):
        by_id.rows(id=1)


@pytest.mark.django_db(transaction=True)
def test_another_thread_asks_over_its_own_connection():
    minji = make_person("minji").user
    assert by_id.rows(pk=minji.pk) == [minji]

    def elsewhere() -> tuple[list[User], int]:
        try:
            return by_id.rows(pk=minji.pk), id(connections["default"])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as one:
        found, other = one.submit(elsewhere).result()
    assert found == [minji]
    assert other != id(connections["default"])
