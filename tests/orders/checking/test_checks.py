"""Each check: what it refuses, what it lets by just before that, and that a fact nobody told is a refusal."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from kiwoomweb.broker.domain import CreditKind, OrderKind, Side, Venue
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import sessions
from orders.checking import CHECKS, check
from orders.situations import Held, MemberLimits, Permission, Promise, Target, Traded
from tests.orders.checking.scene import BUY, CALM, CHANGE, NOW, QUOTE, SECOND, SELL, STANDING, TAKE_BACK, but

MARKET = replace(BUY, order_kind=OrderKind.MARKET, price=None)
EXIT = Permission(is_person=False, same_environment=True)
NIGHT = NOW.replace(hour=21)


def codes(ticket=BUY, scene=CALM) -> list[str]:
    """Everything said, in the order it is said; a question with ``?``, a second person with ``!``."""
    told = check(ticket, scene)
    refused = [one.code for one in told.refusals]
    return [*refused, *(f"{one.code}?" for one in told.questions), *(f"{one.code}!" for one in told.seconds)]


def test_on_a_calm_day_nobody_minds():
    assert len(CHECKS) == 25
    assert [one.__name__ for one in CHECKS] == [f"c{n:02}" for n in range(1, 26)]
    assert [codes(ticket) for ticket in (BUY, SELL, CHANGE, TAKE_BACK, MARKET)] == [[]] * 5
    assert check(BUY, CALM).cash == 700_110
    assert check(MARKET, CALM).value == 910_000, "a market order may trade up to the upper limit"


@pytest.mark.parametrize(
    ("minds", "ticket", "scene"),
    [
        ("C01", BUY, but(limits__trading=False)),
        ("C01", BUY, but(level="halted")),
        ("C01", BUY, but(level="reducing")),
        ("C01", BUY, but(lane_open=False)),
        ("C01", BUY, but(barred="005930: 정지 3번")),
        ("C02", BUY, but(permission__may_order=False)),
        ("C02", BUY, but(member=MemberLimits(symbols=frozenset({"000660"})))),
        ("C02", BUY, but(member=MemberLimits(opens=time(10, 31)))),
        ("C02", BUY, but(member=MemberLimits(closes=time(10, 30)))),
        ("C02", BUY, but(permission=EXIT)),
        ("C16", SELL, but(permission=EXIT, open_orders=50)),
        ("C18", replace(SELL, quantity=21), but(permission=EXIT)),
        ("C03", BUY, but(permission__proved=False)),
        ("C04", BUY, but(permission__same_environment=False)),
        ("C05", BUY, but(traded__state="증거금100%|거래정지")),
        ("C05", BUY, but(traded__state="정리매매")),
        ("C05", BUY, but(traded__kind="warrant")),
        ("C05?", BUY, but(traded__state="관리종목|증거금100%")),
        ("C05?", BUY, but(traded__state="투자경고")),
        ("C06", BUY, but(now=NIGHT)),
        ("C06", MARKET, but(now=NOW.replace(hour=16, minute=30))),
        ("C06", BUY, but(hours=None)),
        ("C07", replace(BUY, price=None), CALM),
        ("C07", replace(BUY, order_kind=OrderKind.MARKET), CALM),
        ("C07", replace(BUY, order_kind=OrderKind.STOP_LIMIT), CALM),
        ("C07", replace(BUY, stop_price=71_000), CALM),
        ("C07", replace(BUY, venue=Venue.ALL), CALM),
        ("C07", replace(BUY, venue=Venue.NXT), but(environment=Environment.PAPER)),
        ("C07", replace(BUY, venue=Venue.NXT, order_kind=OrderKind.CONDITIONAL), CALM),
        ("C07", replace(BUY, symbol="M04020000", venue=Venue.NXT), CALM),
        ("C07", replace(BUY, credit=CreditKind.LOAN), CALM),
        ("C07", replace(SELL, credit=CreditKind.LOAN), but(limits__credit=True)),
        ("C07", CHANGE, but(target=None)),
        ("C07", CHANGE, but(target__remaining=0)),
        ("C07", replace(CHANGE, quantity=11), CALM),
        ("C07", replace(CHANGE, side=Side.SELL), CALM),
        ("C07", CHANGE, but(target__kind=OrderKind.MIDPOINT)),
        ("C08", replace(BUY, quantity=0), CALM),
        ("C08", replace(BUY, quantity=-3), CALM),
        ("C08", replace(BUY, quantity=True), CALM),
        ("C08", replace(BUY, quantity=1.5), CALM),
        ("C08", BUY, but(limits__max_quantity=9)),
        ("C09", replace(BUY, price=70_050), CALM),
        ("C09", replace(BUY, order_kind=OrderKind.STOP_LIMIT, stop_price=70_050), CALM),
        ("C10", replace(BUY, price=91_100), CALM),
        ("C10", replace(SELL, price=48_950), CALM),
        ("C11", replace(BUY, price=77_100), CALM),
        ("C11", replace(SELL, price=62_900), CALM),
        ("C11?", replace(BUY, price=72_200), CALM),
        ("C11?", replace(SELL, price=67_800), CALM),
        ("C12", BUY, but(quote__at=NOW - timedelta(seconds=5, microseconds=1))),
        ("C12", BUY, but(quote__at=NOW + SECOND)),
        ("C12", BUY, but(quote__bid=70_000)),
        ("C13", BUY, but(quote=replace(QUOTE, price=70_400, bid=70_300, ask=70_400))),
        ("C13", replace(BUY, quote=None), CALM),
        ("C13", MARKET, but(quote__bid=69_200)),
        ("C13", MARKET, but(quote__ask=None)),
        ("C14", BUY, but(limits__max_order=699_999)),
        ("C14", MARKET, but(limits__max_order=909_999)),
        ("C14", BUY, but(member=MemberLimits(max_order=699_999))),
        ("C15", BUY, but(gross=49_300_001)),
        ("C15", BUY, but(member=MemberLimits(max_day=1_000_000), member_gross=300_001)),
        ("C15", CHANGE, but(gross=50_001_001)),
        ("C16", BUY, but(open_orders=20)),
        ("C16", BUY, but(limits__max_open=500, open_orders=50)),
        ("C17", BUY, but(made=(NOW - timedelta(milliseconds=999),))),
        ("C17", BUY, but(made=tuple(NOW - n * SECOND for n in range(1, 31)))),
        ("C18", replace(SELL, quantity=21), CALM),
        ("C18", SELL, but(promises=(Promise("005930", Side.SELL, 11, 0, 0),))),
        ("C18", SELL, but(standing__holdings={})),
        ("C18", replace(SELL, quantity=6, credit=CreditKind.LOANS), but(limits__credit=True)),
        ("C19", BUY, but(standing__power=700_109)),
        ("C19", BUY, but(promises=(Promise("000660", Side.BUY, 1, 4_299_891, 0),))),
        ("C19", CHANGE, but(standing__power=0, target__price=60_000)),
        ("C20", BUY, but(standing__assets=8_166_600)),
        ("C20", BUY, but(promises=(Promise("005930", Side.BUY, 1, 0, 3_550_001),))),
        ("C20", CHANGE, but(promises=(Promise("005930", Side.BUY, 10, 0, 4_300_000),))),
        ("C20", CHANGE, but(promises=(Promise("005930", Side.BUY, 10, 0, 4_200_000),), target__is_ours=False)),
        ("C21", BUY, but(lost_lock=True)),
        ("C21", BUY, but(sent_today=50)),
        ("C21", BUY, but(trades_lock=True)),
        ("C07?", TAKE_BACK, but(target__is_ours=False)),
        ("C07?", CHANGE, but(target__is_ours=False)),
        ("C22?", BUY, but(twins=("abc",))),
        ("C23", replace(BUY, shown_at=NOW - timedelta(milliseconds=999)), CALM),
        ("C23", replace(BUY, shown_at=None), CALM),
        ("C24!", BUY, but(limits__approve_from=700_000)),
        ("C24!", BUY, but(permission__is_first_real=True)),
        ("C24!", replace(BUY, price=72_200, answers=("C11",)), CALM),
        ("C25", BUY, but(machine__skew=timedelta(seconds=-2.1))),
        ("C25", BUY, but(machine__free_mb=499)),
        ("C25", BUY, but(machine__audit_ok=False)),
        ("C25?", BUY, but(machine__backup_at=NOW - timedelta(hours=24, seconds=1))),
    ],
)
def test_one_thing_wrong_and_the_right_check_minds(minds, ticket, scene):
    assert minds in codes(ticket, scene)
    told = check(ticket, scene)
    said = [*told.refusals, *told.questions, *told.seconds]
    assert all(len(one.sentence) > 10 for one in said)


@pytest.mark.parametrize(
    ("ticket", "scene"),
    [
        (SELL, but(level="reducing")),
        (SELL, but(lost_lock=True)),
        (SELL, but(sent_today=999)),
        (BUY, but(sent_today=999, trades_opened=True)),
        (BUY, but(member=MemberLimits(symbols=frozenset({"005930"}), opens=time(10, 30), closes=time(10, 31)))),
        (replace(BUY, price=72_100), CALM),
        (replace(BUY, price=60_000), CALM),
        (BUY, but(quote__at=NOW - timedelta(seconds=5))),
        (BUY, but(quote=replace(QUOTE, price=70_300, bid=70_200, ask=70_300))),
        (BUY, but(limits__max_order=700_000, gross=49_300_000)),
        (BUY, but(open_orders=19, made=(NOW - SECOND,))),
        (replace(SELL, quantity=20), CALM),
        (replace(SELL, quantity=5, credit=CreditKind.LOANS), but(limits__credit=True)),
        (BUY, but(standing__power=700_110)),
        (CHANGE, but(standing__power=0)),
        (CHANGE, but(gross=50_001_000, promises=(Promise("005930", Side.BUY, 10, 0, 4_200_000),))),
        (replace(BUY, answers=("C05",)), but(traded__state="관리종목")),
        (replace(BUY, answers=("C22:abc",)), but(twins=("abc",))),
        (BUY, but(machine__skew=timedelta(seconds=2), machine__free_mb=500)),
        (replace(BUY, shown_at=NOW - SECOND), CALM),
        (BUY, but(environment=Environment.SIMULATOR, permission__proved=None, machine__skew=None)),
        (TAKE_BACK, but(level="halted", now=NIGHT, quote=None, standing=None, limits=None, promises=None)),
        (TAKE_BACK, but(target=None)),
        (replace(TAKE_BACK, answers=("C07:elsewhere",)), but(target__is_ours=False)),
        (replace(SELL, shown_at=None, quote=None), but(permission=EXIT, made=(NOW,), twins=("x",))),
        (
            SELL,
            but(
                permission=EXIT, limits__max_order=1, limits__max_day=1, limits__max_quantity=1, open_orders=49
            ),
        ),
    ],
)
def test_what_is_allowed_passes(ticket, scene):
    assert codes(ticket, scene) == []


def test_a_question_is_passed_by_its_own_answer_only():
    twice = but(twins=("abc",))
    assert codes(replace(BUY, answers=("C22:other",)), twice) == ["C22?"]
    assert codes(replace(BUY, answers=("C22:abc",)), twice) == []


def test_a_second_look_asks_again_what_may_have_changed_and_nothing_the_person_said():
    seen = but(is_again=True, permission__proved=False, twins=("abc",), made=(NOW,), limits__approve_from=1)
    assert codes(replace(BUY, shown_at=NOW), seen) == []
    assert "C19" in codes(BUY, replace(seen, standing=replace(STANDING, power=0)))


MISSING = {
    "level": "C01",
    "lane_open": "C01",
    "limits": "C01 C14 C15 C16 C17 C20 C21",
    "traded": "C05",
    "hours": "C06",
    "quote": "C10 C12",
    "standing": "C19 C20 C21",
    "promises": "C19 C20",
    "gross": "C15",
    "open_orders": "C16",
    "made": "C17",
    "sent_today": "C21",
    "twins": "C22",
    "permission__may_order": "C02",
    "permission__proved": "C03",
    "permission__same_environment": "C04",
    "permission__is_first_real": "C24!",
    "machine__skew": "C25",
    "machine__free_mb": "C25",
    "machine__audit_ok": "C25",
    "machine__backup_at": "C25?",
    "quote__price": "C12",
    "quote__upper": "C10",
    "quote__lower": "C10",
}


@pytest.mark.parametrize(("fact", "minds"), MISSING.items())
def test_a_fact_nobody_told_is_a_refusal(fact, minds):
    assert set(minds.split()) <= set(codes(BUY, but(**{fact: None})))


def test_the_hours_of_a_member_are_those_of_the_broker():
    scene = but(wall=NOW + timedelta(hours=9), quote__at=NOW + timedelta(hours=9), member=None)
    assert "C06" not in codes(BUY, scene)


def test_an_auction_may_cross_and_its_market_orders_need_no_spread():
    early = but(now=NOW.replace(hour=8, minute=50), quote=replace(QUOTE, bid=70_100, ask=69_900))
    assert codes(BUY, early) == []
    assert codes(MARKET, early) == []


def test_a_gold_order_knows_its_own_step():
    gold = replace(BUY, symbol="M04020000", price=198_570)
    scene = but(
        traded=Traded("gold", "금 99.99_1kg"),
        quote=replace(QUOTE, price=198_570, bid=198_560, ask=198_570, upper=218_000, lower=179_000),
    )
    gold = replace(gold, quote=replace(gold.quote, price=198_570))
    assert codes(gold, scene) == []
    assert "C09" in codes(replace(gold, price=198_575), scene)


def test_a_holiday_is_closed():
    christmas = NOW.replace(month=12, day=25)
    assert "C06" in codes(BUY, but(now=christmas, hours=sessions(christmas.date())))


def test_a_change_of_a_sale_needs_no_shares_twice():
    change = replace(CHANGE, side=Side.SELL)
    scene = but(target=Target("005930", Side.SELL, 70_000, 10), standing__holdings={"005930": Held(10, 0, 0)})
    assert codes(change, scene) == []
