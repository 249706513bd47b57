"""A quiet Friday morning on which everything is allowed: tests change one thing and see who minds."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from kiwoomweb.broker.domain import SEOUL, Side
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.market_calendar import sessions
from orders.situations import (
    Held,
    Limits,
    Machine,
    Permission,
    Quotation,
    Situation,
    Standing,
    Target,
    Traded,
)
from orders.tickets import Kind, SeenQuote, Ticket

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=SEOUL)
SECOND = timedelta(seconds=1)

BUY = Ticket(
    kind=Kind.PLACE,
    symbol="005930",
    side=Side.BUY,
    quantity=10,
    price=70_000,
    quote=SeenQuote(70_000, 69_900, 70_000, NOW),
    shown_at=NOW - 2 * SECOND,
)
SELL = replace(BUY, side=Side.SELL)
CHANGE = replace(BUY, kind=Kind.MODIFY, target_no="0000139", price=69_900)
TAKE_BACK = replace(BUY, kind=Kind.CANCEL, target_no="0000139", price=None, quantity=0)

QUOTE = Quotation(price=70_000, bid=69_900, ask=70_000, upper=91_000, lower=49_000, at=NOW - SECOND)
STANDING = Standing(
    at=NOW - SECOND,
    power=5_000_000,
    assets=20_000_000,
    result=0,
    holdings={"005930": Held(20, 20, 1_400_000), "005930/2026-11-02": Held(5, 5, 350_000)},
)
CALM = Situation(
    now=NOW,
    wall=NOW,
    environment=Environment.LIVE,
    permission=Permission(may_order=True, proved=True, same_environment=True, is_first_real=False),
    level="active",
    lane_open=True,
    limits=Limits(trading=True),
    traded=Traded("share", "삼성전자", "거래소", "증거금20%|담보대출|신용가능"),
    hours=sessions(NOW.date()),
    quote=QUOTE,
    standing=STANDING,
    promises=(),
    gross=0,
    member_gross=0,
    open_orders=0,
    made=(),
    sent_today=0,
    twins=(),
    target=Target("005930", Side.BUY, 70_000, 10),
    machine=Machine(skew=timedelta(0), free_mb=10_000, audit_ok=True, backup_at=NOW - timedelta(hours=3)),
    rate=Fraction(15, 100_000),
)


def but(**changes: Any) -> Situation:
    """The calm scene with fields changed; ``limits__max_order=1`` reaches into a part."""
    scene = CALM
    for name, value in changes.items():
        part, _, field = name.partition("__")
        new = replace(getattr(scene, part), **{field: value}) if field else value
        scene = replace(scene, **{part: new})
    return scene
