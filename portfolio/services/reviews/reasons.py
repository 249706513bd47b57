"""Why an order was given becomes what its trade says: setup, stop and target in the review, words in its note.

Only where nobody has written yet: what a person has said of a trade is never touched.
"""

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import QuerySet

from kiwoomweb.access.models import Account, User
from kiwoomweb.prepared import Prepared
from orders.models import Intent
from orders.tickets import Reason
from portfolio.models import Note, Review, Section, Tag, TagGroup, Trade
from portfolio.selectors.reviews.texts import Texts
from portfolio.services.noting import save_trade_note
from portfolio.services.reviews.saving import save

__all__ = ["carry"]

#: From so many days on they are not listed in a query.
MANY = 400


def carry(account_id: int, trades: Collection[int], days: Collection[date]) -> None:
    """Fill in the reviews of trades that were opened by an order with a reason. Runs twice as well as once."""
    given = {(intent.day, intent.order_no): intent for intent in _ours(account_id, days)}
    if not given:
        return
    opened = Trade.objects.present().filter(account_id=account_id, opened_day__in={day for day, _no in given})
    for trade in opened.filter(pk__in=trades) if len(trades) < MANY else opened:
        intent = given.get((trade.opened_day, trade.opening_order.zfill(7)))
        told = _reason(intent) if intent else None
        if told and intent and intent.created_by:
            _say(intent.account, trade, told, intent.created_by)


def _ours(account_id: int, days: Collection[date]) -> Iterator[Intent]:
    if len(days) == 1:
        return iter(_of_day.rows(account=account_id, day=next(iter(days))))
    mine = _numbered(account_id)
    return iter(mine.filter(day__in=days) if len(days) < MANY else mine)


def _numbered(account_id: int) -> QuerySet[Intent]:
    mine = Intent.objects.filter(account_id=account_id, day__isnull=False).exclude(order_no="")
    return mine.select_related("account", "created_by", "target__target")


_of_day = Prepared(lambda account, day: _numbered(account).filter(day=day), account=int, day=date)


def _reason(intent: Intent) -> Reason | None:
    """Of the order, or of the one it changed: a new price is the same thought."""
    at: Intent | None = intent
    while at is not None:
        if told := at.ticket.reason:
            return told
        at = at.target
    return None


def _say(account: Account, trade: Trade, told: Reason, author: User) -> None:
    if said := _texts(account, told):
        review = Review.objects.filter(trade=trade).first()
        if review is None or not review.version:
            save(account, trade, said, based_on=0, author=author)
    noted = Note.objects.filter(account=account, section=Section.TRADE, trade=trade).exists()
    if told.words and not noted:
        save_trade_note(trade, told.words, based_on=0, author=author)


def _texts(account: Account, told: Reason) -> Texts:
    """The reason as a review's form says it. A setup the team does not know any more is left out."""
    kinds = {"group__team": account.team_id, "group__kind": TagGroup.Kind.SETUP}
    setup = Tag.objects.filter(name=told.setup, **kinds).first() if told.setup else None
    found = {"setup": str(setup.pk) if setup else "", "planned_stop": str(told.stop or "")}
    return {name: text for name, text in {**found, "planned_target": str(told.target or "")}.items() if text}
