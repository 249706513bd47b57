"""The journal is permanent: nothing that is deleted elsewhere takes a row of it along."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, ProtectedError
from django.utils import timezone

from kiwoomweb.access.models import Account
from orders.models import Fact, LimitChange, MemberLimits
from portfolio.models import EntryLevels, Excursion, MeetingVote, RealisedDay, TradeBars, TradeSlice
from portfolio.selectors.notes import note_of
from portfolio.services.noting import save
from portfolio.services.trades.writing import COMPUTED
from tests.people import Person
from tests.portfolio.kiwoom import Kiwoom
from tests.portfolio.rows import day_row
from tests.portfolio.steps import FACTS, poll

TODAY = date(2026, 11, 20)
JOURNAL = [model for label in ("orders", "portfolio") for model in apps.get_app_config(label).get_models()]


#: Reckoned from facts and reckoned again at any time: they go with the trade they were reckoned for.
RECKONED = {(model, "trade") for model in (TradeSlice, TradeBars, Excursion, EntryLevels)}
#: What holds for one person only, or is one person's voice, goes with the person.
OF_ONE = {(MemberLimits, "user"), (LimitChange, "member"), (MeetingVote, "user")}


@pytest.mark.parametrize("model", JOURNAL)
def test_no_deletion_elsewhere_reaches_the_journal(model: type) -> None:
    links = [field for field in model._meta.get_fields() if field.concrete and field.is_relation]
    cascading = {(model, link.name) for link in links if link.remote_field.on_delete is CASCADE}
    assert cascading - RECKONED - OF_ONE == set()


def test_only_reckoned_rows_let_a_trade_without_fills_go() -> None:
    assert {model for model, _name in RECKONED} == set(COMPUTED)


def test_every_kind_of_fact_is_tested_for_equality() -> None:
    assert {model for model in JOURNAL if issubclass(model, Fact)} == set(FACTS)


def test_an_account_with_a_journal_cannot_be_deleted(connected: Account, kiwoom: Kiwoom) -> None:
    kiwoom.lists("ka10074", day_row(TODAY, 500))
    poll(connected, "ka10074")
    with pytest.raises(ProtectedError):
        connected.delete()


def test_a_note_outlives_its_author(account: Account, trader: Person) -> None:
    save(account, TODAY, "복기", based_on=0, author=trader.user)
    trader.user.delete()
    assert (note_of(account, TODAY).text, note_of(account, TODAY).author) == ("복기", "")


def test_a_fact_has_one_current_version_even_if_the_program_errs(account: Account) -> None:
    figures = {"bought": 0, "sold": 1, "realised": 1, "commission": 0, "tax": 0}
    told = {"account": account, "day": TODAY, "recorded_at": timezone.now(), **figures}
    RealisedDay.objects.create(**told, superseded_at=timezone.now())
    RealisedDay.objects.create(**told, superseded_at=timezone.now())
    RealisedDay.objects.create(**told)
    with pytest.raises(IntegrityError), transaction.atomic():
        RealisedDay.objects.create(**told)
    assert RealisedDay.objects.count() == 3
