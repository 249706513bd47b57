"""Reviews: what is saved, what is refused, what two people do to each other, and what R is."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.analytics.risk import multiple, planned_risk
from portfolio.analytics.trades.costs import Rates
from portfolio.models import Review, Rollup, Rule, RuleCheck, TagGroup, Trade, TradeChange, TradeTag
from portfolio.selectors.reviews.reading import review_of
from portfolio.services.reviews.merging import follow
from portfolio.services.reviews.saving import Saved, save
from tests.people import Person
from tests.portfolio.labels.trading import carry, day, label, trade

FREE = Rates(Fraction(0), Fraction(0))


def said(by: Person, of: Trade, based_on: int = 0, **fields: str) -> Saved:
    """``tag_3="1"`` is the field ``tag:3``."""
    assert by.user
    texts = {name.replace("tag_", "tag:").replace("rule_", "rule:"): text for name, text in fields.items()}
    return save(of.account, of, texts, based_on=based_on, author=by.user)


def test_risk_by_hand() -> None:
    """20 shares bought for 22,000 average 1,100; stop 1,000: (1,100 - 1,000) * 20 = 2,000. Costs at 0.15 % a
    leg cut to ten won and 0.2 % tax: int(30/10)*10 + int(33/10)*10 = 30 + 30, tax int(40) = 40: 2,100."""
    assert planned_risk(22_000, 20, 20, Decimal(1_000), FREE) == 2_000
    assert (
        planned_risk(22_000, 20, 20, Decimal(1_000), Rates(Fraction(15, 10_000), Fraction(2, 1_000))) == 2_100
    )


def test_risk_counts_the_largest_quantity() -> None:
    """30 bought at 1,000, never more than 20 held: 100 * 20."""
    assert planned_risk(30_000, 30, 20, Decimal(900), FREE) == 2_000


def test_no_stop_below_no_risk_and_no_r() -> None:
    assert planned_risk(10_000, 10, 10, Decimal(1_000), FREE) is None
    assert planned_risk(0, 0, 10, Decimal(1_000), FREE) is None
    assert (multiple(100, None), multiple(None, 100), multiple(150, 100)) == (None, None, Decimal("1.50"))


def test_a_review_is_saved_field_by_field_with_its_history(trader: Person, account: Account) -> None:
    one, setup, tag = trade(account), label(account, "돌파", "setup"), label(account, "뉴스")
    saved = said(
        trader, one, setup=str(setup.pk), rating="4", verdict="early", reviewed="1", **{f"tag_{tag.pk}": "1"}
    )
    assert (saved.version, saved.wrong, saved.conflicts) == (1, {}, {})
    review = Review.objects.get(trade=one)
    assert (review.setup, review.rating, review.verdict, review.reviewed_by) == (setup, 4, "early", trader.user)
    assert TradeTag.objects.get().tag == tag
    assert TradeChange.objects.filter(trade=one, author=trader.user).count() == 5
    assert said(trader, one, based_on=1, rating="4").changed == {}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("rating", "9"),
        ("rating", "0"),
        ("rating", "٤"),
        ("confidence", "-1"),
        ("verdict", "lucky"),
        ("planned_stop", "싸게"),
        ("planned_stop", "-5"),
        ("planned_stop", "NaN"),
        ("planned_stop", "1e99"),
        ("planned_stop", "1000"),
        ("planned_stop", "1,200"),
        ("planned_target", "0.001"),
        ("setup", "999999"),
        ("setup", "<b>"),
        ("tag:77", "1"),
        ("rule:5", "met"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_the_rest_is_saved(
    trader: Person, account: Account, field: str, text: str
) -> None:
    """The trade was bought at 1,000: a first stop of 1,000 or 1,200 is no stop."""
    one = trade(account)
    assert trader.user
    saved = save(
        account,
        one,
        {field: text, "emotion": "", "confidence" if field != "confidence" else "rating": "3"},
        based_on=0,
        author=trader.user,
    )
    assert list(saved.wrong) == [field]
    assert len(saved.wrong[field]) > 10
    assert len(saved.changed) == 1


def test_a_strangers_tag_cannot_be_put_on(trader: Person, account: Account, strangers_account: Account) -> None:
    theirs = label(strangers_account, "비밀")
    saved = said(trader, trade(account), **{f"tag_{theirs.pk}": "1"})
    assert list(saved.wrong) == [f"tag:{theirs.pk}"]
    assert not TradeTag.objects.exists()


def test_the_first_stop_fixes_the_risk_and_a_later_one_does_not(trader: Person, account: Account) -> None:
    """10 shares at 1,000, stop 900: 1,000 won and costs. Moved up to 1,100 half an hour later: R stays."""
    one = trade(account, 0, 3_000)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        said(trader, one, planned_stop="900")
        first = Review.objects.get(trade=one)
        clock.shift(timedelta(minutes=30))
        saved = said(trader, one, based_on=1, planned_stop="1,100")
    review = Review.objects.get(trade=one)
    assert saved.wrong == {}
    assert first.risk is not None
    assert first.risk >= 1_000
    assert (review.risk, review.first_stop, review.planned_stop) == (first.risk, Decimal(900), Decimal(1_100))
    assert review.first_stop_by == trader.user
    view = review_of(account, one)
    assert view.r == multiple(3_000, first.risk)
    assert [(c.before, c.after) for c in view.changes] == [("900", "1100"), ("", "900")]


def test_a_slip_of_the_keyboard_is_no_plan(trader: Person, account: Account) -> None:
    """90 for 900, typed right within minutes: the risk is that of 900."""
    one, other = trade(account), trade(account)
    said(trader, one, planned_stop="90")
    said(trader, one, based_on=1, planned_stop="900")
    said(trader, other, planned_stop="900")
    assert Review.objects.get(trade=one).risk == Review.objects.get(trade=other).risk


def test_an_unsettled_trade_keeps_its_stop_and_gets_its_risk_when_it_is_known(
    trader: Person, account: Account
) -> None:
    one = trade(account, 0, None, adopted_quantity=10, bought_quantity=0, bought=0)
    said(trader, one, planned_stop="900")
    assert Review.objects.get(trade=one).risk is None
    Trade.objects.filter(pk=one.pk).update(
        adopted_quantity=0, bought_quantity=10, bought=10_000, state="closed"
    )
    follow(account.pk, [one.pk], [day(0)])
    assert (Review.objects.get(trade=one).risk or 0) >= 1_000


def test_two_people_at_one_review_keep_both_their_words(
    trader: Person, manager: Person, account: Account
) -> None:
    """Jun and Mira open version 0. Jun rates 4; Mira, who still sees version 0, rates 2 and says "late"."""
    one = trade(account)
    said(trader, one, rating="4", verdict="")
    saved = said(manager, one, rating="2", verdict="late")
    assert saved.conflicts == {"rating": "2"}
    review = Review.objects.get(trade=one)
    assert (review.rating, review.verdict) == (4, "late")
    kept = TradeChange.objects.get(is_conflict=True)
    assert (kept.before, kept.after, kept.author) == ("4", "2", manager.user)


def test_a_stale_form_takes_nothing_back(trader: Person, manager: Person, account: Account) -> None:
    """Mira's page is older than Jun's tag; her form sends every field it shows, unticked too."""
    one, tag = trade(account), label(account, "뉴스")
    said(trader, one, rating="4", **{f"tag_{tag.pk}": "1"})
    saved = said(manager, one, confidence="5", rating="", **{f"tag_{tag.pk}": ""})
    assert saved.changed == {"confidence": "5"}
    assert TradeTag.objects.filter(trade=one, tag=tag).exists()
    assert Review.objects.get(trade=one).rating == 4


def test_one_tag_of_an_exclusive_group(trader: Person, account: Account) -> None:
    one = trade(account)
    up, down = (label(account, name, group="시장", is_exclusive=True) for name in ("상승장", "하락장"))
    said(trader, one, **{f"tag_{up.pk}": "1"})
    said(trader, one, based_on=1, **{f"tag_{down.pk}": "1"})
    assert [row.tag for row in TradeTag.objects.all()] == [down]
    said(trader, one, based_on=2, **{f"tag_{up.pk}": "1", f"tag_{down.pk}": "1"})
    assert TradeTag.objects.count() == 1
    assert TagGroup.objects.count() == 1


def test_a_checked_rule(trader: Person, account: Account) -> None:
    rule = Rule.objects.create(team=account.team, text="계획대로 진입", created_at=timezone.now())
    one = trade(account)
    said(trader, one, **{f"rule_{rule.pk}": "broken"})
    assert RuleCheck.objects.get().result == "broken"
    said(trader, one, based_on=1, **{f"rule_{rule.pk}": ""})
    assert not RuleCheck.objects.exists()


def test_a_merged_trade_brings_its_review_along(trader: Person, account: Account) -> None:
    host, guest, tag = trade(account), trade(account), label(account, "뉴스")
    said(trader, guest, rating="4", **{f"tag_{tag.pk}": "1"})
    Trade.objects.filter(pk=guest.pk).update(merged_into=host)
    for _time in range(2):
        follow(account.pk, [guest.pk, host.pk], [day(0)])
    view = review_of(account, host)
    assert (view.texts["rating"], view.texts[f"tag:{tag.pk}"], view.others) == ("4", "1", [])


def test_two_reviews_of_merged_trades_both_stay_visible(trader: Person, account: Account) -> None:
    host, guest = trade(account), trade(account)
    said(trader, host, rating="2")
    said(trader, guest, rating="4")
    Trade.objects.filter(pk=guest.pk).update(merged_into=host)
    follow(account.pk, [guest.pk, host.pk], [day(0)])
    view = review_of(account, host)
    assert view.texts["rating"] == "2"
    assert [other.rating for other in view.others] == [4]


def rolled(account: Account) -> dict[str, tuple[int, int, int]]:
    rows = Rollup.objects.filter(account=account, kind="tag", span="month")
    return {row.key: (row.trades, row.wins, row.net) for row in rows}


def slices(*trades: Trade) -> None:
    for one in trades:
        one.slices.create(
            account=one.account,
            symbol=one.symbol,
            day=one.closed_day,
            sold_quantity=10,
            sold=one.sold,
            cost=one.cost,
            gross=one.gross,
            commission=0,
            tax=0,
            net=one.net,
        )


def test_rollups_of_labels_are_the_sums_of_their_trades(trader: Person, account: Account) -> None:
    """Two trades of one month carry the tag: +5,000 and -2,000. One has the setup."""
    won, lost = trade(account, 0, 5_000), trade(account, 1, -2_000)
    slices(won, lost)
    tag, setup = label(account, "뉴스"), label(account, "돌파", "setup")
    said(trader, won, setup=str(setup.pk), **{f"tag_{tag.pk}": "1"})
    said(trader, lost, **{f"tag_{tag.pk}": "1"})
    assert rolled(account) == {str(tag.pk): (2, 1, 3_000), str(setup.pk): (1, 1, 5_000)}
    said(trader, won, based_on=1, setup="", **{f"tag_{tag.pk}": ""})
    assert rolled(account) == {str(tag.pk): (1, 0, -2_000)}


def test_rollups_follow_a_trade_whose_result_changed(account: Account) -> None:
    one, tag = trade(account, 0, 5_000), label(account, "뉴스")
    slices(one)
    carry(one, tag)
    follow(account.pk, [one.pk], [day(0)])
    one.slices.update(net=-1)
    Trade.objects.filter(pk=one.pk).update(net=-1)
    follow(account.pk, [one.pk], [day(0)])
    assert rolled(account) == {str(tag.pk): (1, 0, -1)}
