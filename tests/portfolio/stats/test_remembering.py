"""Statistics are remembered until anything they are made of changes; the database itself notes what does."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from market.models import Instrument, Kept
from orders.models import Fill
from portfolio.models import EntryContext, Excursion, Review, Rule, RuleCheck, Trade, TradeTag
from portfolio.presenting.stats import measured
from portfolio.presenting.stats.asked import Asked
from portfolio.presenting.stats.remembering import remembered
from portfolio.selectors.versions import version_of
from portfolio.services.trades.catching_up import catch_up, derive_anew
from portfolio.services.versioning.triggers import compact, install, take_down
from tests.portfolio.labels.trading import label
from tests.portfolio.stats.making import MONDAY, trades
from tests.portfolio.stats.test_pages import opened


@pytest.fixture
def traded(account):
    trades(account, "0 09:05-09:35 005930 10@10000-11000", "1 09:05-09:35 000660 10@20000-19000")
    return account


def tagged(account):
    TradeTag.objects.create(trade=Trade.objects.first(), tag=label(account, "돌파"), added_at=timezone.now())


def renamed(account):
    tag = label(account, "돌파")
    before = version_of(account)
    type(tag).objects.filter(pk=tag.pk).update(name="눌림")
    assert version_of(account) != before


def measured_inside(account):
    now, zero = timezone.now(), Decimal(0)
    moments = dict.fromkeys(("mfe_at", "mae_at", "highest_at", "lowest_at", "measured_at"), now)
    prices = dict.fromkeys(("highest", "lowest", "price_mfe", "price_mae"), zero)
    told = {"resolution": "day", "bars": 1, "mfe": 0, "mae": 0} | moments | prices
    Excursion.objects.create(trade=Trade.objects.first(), **told)


def ruled(account):
    rule = Rule.objects.create(team=account.team, text="손절", created_at=timezone.now())
    told = {"result": "met", "checked_at": timezone.now()}
    RuleCheck.objects.create(rule=rule, trade=Trade.objects.first(), **told)


def corrected(account):
    Fill.objects.filter(symbol="000660", side="sell").update(price=Decimal(19_500), amount=195_000)
    derive_anew(account.pk)


def proven(account):
    """What the proof of a day writes: the broker's own costs in the place of our estimate."""
    Trade.objects.filter(symbol="000660").update(commission=999, net=-10_999, costs_from="broker")


def bought_again(account):
    fill = Fill.objects.filter(side="buy").first()
    fill.pk, fill.order_no, fill.recorded_at = None, "B999999", timezone.now()
    fill.save()
    catch_up(account.pk)


CHANGES: list[Callable] = [
    bought_again,
    corrected,
    proven,
    tagged,
    renamed,
    ruled,
    measured_inside,
    lambda account: Review.objects.create(trade=Trade.objects.first(), risk=5_000),
    lambda account: Trade.objects.all().update(is_void=True),
    lambda account: EntryContext.objects.create(
        trade=Trade.objects.first(), values={"change": {"value": "1"}}, asked_at=timezone.now()
    ),
    lambda account: Instrument.objects.create(symbol="005930", name="삼성전자", sector="전기전자"),
    lambda account: Kept.objects.create(
        environment=account.environment,
        what="themes:005930",
        body=msgspec.json.encode(["AI"]),
        at=timezone.now(),
    ),
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_statistics_are_made_of_makes_another_version_when_it_changes(traded, change):
    before = version_of(traded)
    change(traded)
    assert version_of(traded) != before


def test_what_says_nothing_leaves_the_version_alone(traded, strangers_account):
    Instrument.objects.create(symbol="005930", name="삼성전자")
    before = version_of(traded)

    Instrument.objects.filter(symbol="005930").update(updated=timezone.now())
    Kept.objects.create(environment="simulator", what="quote:005930", body=b"{}", at=timezone.now())
    trades(strangers_account, "0 09:05-09:35 005930 10@10000-11000")

    assert version_of(traded) == before
    assert version_of(strangers_account) != before


def test_a_page_is_computed_once_and_anew_after_a_fill_a_tag_a_correction_and_a_proof(
    viewer, traded, monkeypatch
):
    """Net of both: +10,000 − 10,000 less costs. Every change shows at once, whatever was remembered."""
    computed = []
    real = measured.edge_measures
    monkeypatch.setattr(measured, "edge_measures", lambda *args: computed.append(1) or real(*args))

    opened(viewer, traded)
    opened(viewer, traded)
    assert len(computed) == 1
    for times, change in enumerate((bought_again, tagged, corrected, proven), 2):
        change(traded)
        opened(viewer, traded)
        assert len(computed) == times, change.__name__


def test_every_question_has_its_own_answer(traded):
    def told(query, what="x"):
        return remembered(Asked(traded, QueryDict(query)), what, lambda: (query, what))

    questions = ["", "basis=gross", "unit=r", "even=1000", "style=day", f"last={MONDAY - timedelta(days=1)}"]
    for _again in range(2):
        assert [told(query) for query in questions] == [(query, "x") for query in questions]
    assert told("", "y") == ("", "y")


def test_triggers_that_were_lost_come_back_and_what_was_written_meanwhile_counts(traded):
    before = version_of(traded)
    if connection.vendor == "sqlite":
        take_down(connection)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER figures_portfolio_trade_update ON portfolio_trade")
    Trade.objects.all().update(net=1)
    assert version_of(traded) == before

    install(connection)
    again = version_of(traded)
    assert again != before
    install(connection)
    assert version_of(traded) == again, "nothing was missing"


def test_fewer_rows_are_the_same_version(traded):
    before = version_of(traded)
    compact(connection)
    assert version_of(traded) == before
    tagged(traded)
    assert version_of(traded) != before
