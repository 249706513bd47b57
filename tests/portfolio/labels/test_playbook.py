"""Rules that a trade answers itself, and how often rules were kept: each worked out by hand."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.playbook.adherence import Checked, adherence, overall
from portfolio.analytics.playbook.conditions import CONDITIONS, TradeFacts, answer, limit_of
from portfolio.models import Review, Rule, RuleCheck, Trade
from portfolio.presenting.rule_words import CONDITION_WORDS
from portfolio.selectors.filtering import TradeFilter
from portfolio.selectors.reviews.rules import adherence_of, results_of, rules_by_trade
from portfolio.services.labelling.naming import Refused
from portfolio.services.labelling.rules import edit_rule, make_rule, retire_rule
from portfolio.services.reviews.saving import save
from tests.people import Person
from tests.portfolio.labels.trading import MONDAY, day, label, trade


def clock(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-16T{text}").replace(tzinfo=SEOUL)


FACTS = TradeFacts(
    is_closed=True,
    opened_at=clock("09:30"),
    first_stop_at=clock("09:35"),
    risk=100_000,
    worth=10_000_000,
    bought=5_000_000,
    entries=2,
    adds_below=1,
    is_day_trade=True,
    held_minutes=45,
)


@pytest.mark.parametrize(
    ("key", "limit", "is_met"),
    [
        ("stop_in_time", "5", True),
        ("stop_in_time", "4", False),
        ("stop_in_time", "0", False),
        ("risk_share", "1", True),
        ("risk_share", "0.99", False),
        ("risk_won", "100,000", True),
        ("risk_won", "99,999", False),
        ("not_before", "09:30", True),
        ("not_before", "09:31", False),
        ("not_after", "09:30", True),
        ("not_after", "09:29", False),
        ("no_adding_below", "", False),
        ("day_only", "", True),
        ("bought_at_most", "5000000", True),
        ("bought_at_most", "4999999", False),
        ("held_at_most", "45", True),
        ("held_at_most", "44", False),
    ],
)
def test_a_condition_is_met_up_to_its_limit(key: str, limit: str, is_met: bool) -> None:
    """100,000 of 10,000,000 is 1 %; the stop came 5 minutes after the entry."""
    assert answer(key, limit, FACTS) is is_met


def test_what_is_unknown_applies_to_nothing() -> None:
    """One order has nothing to add to; an open trade is no day trade yet; without a stop the risk is unknown,
    but that no stop was recorded is known."""
    unknown = replace(FACTS, risk=None, worth=None, first_stop_at=None, entries=1, is_closed=False, bought=0)
    asked = [(key, {"time": "10:00", "": ""}.get(one.kind, "10")) for key, one in CONDITIONS.items()]
    found = {key: answer(key, limit, unknown) for key, limit in asked}
    assert {key for key, is_met in found.items() if is_met is None} == {
        *("risk_share", "risk_won", "no_adding_below", "day_only", "bought_at_most", "held_at_most")
    }
    assert found["stop_in_time"] is False
    assert answer("no_longer_known", "1", FACTS) is None


def test_every_condition_has_words() -> None:
    assert CONDITION_WORDS.keys() == CONDITIONS.keys()


@pytest.mark.parametrize(
    ("kind", "text"), [("won", "NaN"), ("won", "-1"), ("percent", "101"), ("time", "25:00"), ("minutes", "x")]
)
def test_a_limit_that_cannot_be_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        limit_of(kind, text)


def test_adherence_by_hand() -> None:
    """Met 3 of 4: 75 %. Followed +600, -100 and one still open: mean 250. Broken -300."""
    checks = [Checked(1, True, 600), Checked(2, True, -100), Checked(3, True, None), Checked(4, False, -300)]
    found = adherence(checks)
    assert (found.share, found.expectancy_followed, found.expectancy_broken) == (75, 250, -300)
    assert found.trades_broken == [4]
    assert adherence([]).share is None


def test_a_trade_that_broke_one_rule_is_broken() -> None:
    """A: 1 and 2 met. B: 1 broken. Rules met 2 of 3; trade 1 (+100) broken, trade 2 (-50) followed."""
    found = overall([[Checked(1, True, 100), Checked(2, True, -50)], [Checked(1, False, 100)]])
    assert (found.met, found.broken) == (2, 1)
    assert (found.expectancy_broken, found.expectancy_followed) == (100, -50)
    assert round(found.share or 0, 2) == Decimal("66.67")


def test_rules_over_the_trades_of_a_filter(account: Account) -> None:
    """Entered 09:30, so "not after 09:00" is broken by both; the person's rule was kept once. The third rule is
    for a setup that only the first trade has."""
    one, two, setup = trade(account, 0, 900), trade(account, 1, -300), label(account, "돌파", "setup")
    Review.objects.create(trade=one, setup=setup)
    now = {"team": account.team, "created_at": timezone.now()}
    Rule.objects.create(condition="not_after", limit="09:00", **now)
    person = Rule.objects.create(text="계획대로", **now)
    Rule.objects.create(condition="day_only", setup=setup, **now)
    Rule.objects.create(text="옛 원칙", retired_at=timezone.now(), **now)
    RuleCheck.objects.create(rule=person, trade=one, result="met", checked_at=timezone.now())
    standings, whole = adherence_of(account, TradeFilter())
    assert [(s.adherence.met, s.adherence.broken) for s in standings] == [(0, 2), (1, 0), (1, 0)]
    assert (whole.met, whole.broken, whole.expectancy_broken) == (2, 2, 300)
    assert adherence_of(account, TradeFilter.parse("setup=0", MONDAY))[0][2].adherence.met == 0
    assert [result.is_met for result in results_of(account, two)] == [False, None]


# --- versions ----------------------------------------------------------------------------------------------


def test_an_edited_rule_judges_from_today_and_leaves_what_was_judged(trader: Person, account: Account) -> None:
    """Not after 10:00 became not after 09:15: Monday's trade of 09:30 stays kept, Thursday's is broken."""
    assert trader.user
    rule = make_rule(account.team_id, "", trader.user, condition="not_after", limit="10:00")
    monday, thursday = trade(account, 0), trade(account, 3)
    made = edit_rule(rule, "", trader.user, day(2), condition="not_after", limit="09:15")
    assert [result.is_met for result in results_of(account, monday)] == [True]
    assert [result.is_met for result in results_of(account, thursday)] == [False]
    standings, whole = adherence_of(account, TradeFilter())
    kept = {standing.rule.pk: (standing.adherence.met, standing.adherence.broken) for standing in standings}
    assert kept == {rule.pk: (1, 0), made.pk: (0, 1)}
    assert (whole.met, whole.broken) == (1, 1)
    assert rules_by_trade(account, Trade.objects.all()) == {monday.pk: (1, 1), thursday.pk: (1, 0)}


def test_what_a_person_checked_stays_checked_by_those_words(trader: Person, account: Account) -> None:
    assert trader.user
    rule = make_rule(account.team_id, "나갈 자리를 정했다", trader.user)
    checked, open_ = trade(account, 4), trade(account, 4)
    save(account, checked, {f"rule:{rule.pk}": "met"}, based_on=0, author=trader.user)
    made = edit_rule(rule, "나갈 자리를 적었다", trader.user, day(4))
    assert [result.rule.text for result in results_of(account, checked)] == ["나갈 자리를 정했다"]
    assert [result.rule.text for result in results_of(account, open_)] == ["나갈 자리를 적었다"]
    retire_rule(made, trader.user, is_over=True)
    assert results_of(account, open_) == []
    assert [result.is_met for result in results_of(account, checked)] == [True]


def test_other_words_and_a_slip_of_today_make_no_version(trader: Person, account: Account) -> None:
    assert trader.user
    rule = make_rule(account.team_id, "", trader.user, condition="not_after", limit="10:00")
    edit_rule(rule, "늦게 들어가지 않는다", trader.user, day(2), condition="not_after", limit="10:00")
    assert Rule.objects.count() == 1
    made = edit_rule(rule, "늦게 들어가지 않는다", trader.user, day(2), condition="not_after", limit="09:15")
    edit_rule(made, "늦게 들어가지 않는다", trader.user, day(2), condition="not_after", limit="09:20")
    assert list(Rule.objects.order_by("pk").values_list("limit", flat=True)) == ["10:00", "09:20"]
    with pytest.raises(Refused, match="그 사이"):
        edit_rule(rule, "옛것", trader.user, day(3))
