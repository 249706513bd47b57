"""Finding the trades a filter asks for. What people said is asked in subqueries: none doubles a row."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from kiwoomweb.access.models import Account
from portfolio.models import Review, Trade, TradeTag
from portfolio.models.deciding import EVEN, LOST, WON
from portfolio.selectors.filtering.asking import TradeFilter
from portfolio.selectors.filtering.wording import SIZES
from portfolio.selectors.trades import trades_of

__all__ = ["DAY", "filtered"]

#: The day a trade is listed under; the expression of the index ``trade_by_day``.
DAY = Coalesce("closed_day", "opened_day")


def filtered(account: Account, asked: TradeFilter) -> "QuerySet[Trade]":
    """The account's present trades that meet every condition, in no particular order."""
    found = trades_of(account).filter(_facts(asked), _reviews(asked))
    for tags in (asked.tags, asked.mistakes):
        if tags:
            carrying = TradeTag.objects.filter(tag__in=tags, tag__group__team=account.team_id)
            found = found.filter(pk__in=carrying.values("trade"))
    return found


def _facts(asked: TradeFilter) -> Q:
    """Conditions on what the trade is."""
    wanted = Q()
    if asked.first:
        wanted &= Q(GreaterThanOrEqual(DAY, asked.first))
    if asked.last:
        wanted &= Q(LessThanOrEqual(DAY, asked.last))
    if asked.symbols:
        wanted &= Q(symbol__in=asked.symbols)
    if asked.states:
        wanted &= Q(state__in=asked.states)
    if len(asked.styles) == 1:
        wanted &= Q(is_day_trade=asked.styles == ("day",))
    if len(asked.credit) == 1:
        wanted &= Q(credit="") if asked.credit == ("cash",) else ~Q(credit="")
    if asked.text:
        wanted &= Q(name__icontains=asked.text) | Q(symbol__istartswith=asked.text)
    return wanted & _results(asked) & _sizes(asked) & _books(asked)


def _results(asked: TradeFilter) -> Q:
    """Only closed trades have won or lost, or came out even."""
    wanted = Q()
    for result in asked.results:
        wanted |= {"win": WON, "loss": LOST, "flat": EVEN}[result]
    return wanted


def _sizes(asked: TradeFilter) -> Q:
    wanted = Q()
    for size in asked.sizes:
        least, below = SIZES[size]
        wanted |= Q(bought__gte=least) & (Q() if below is None else Q(bought__lt=below))
    return wanted


def _books(asked: TradeFilter) -> Q:
    if not asked.books:
        return Q()
    default = Q(book=None) if 0 in asked.books else Q(pk__in=())
    return default | Q(book__in=asked.books)


def _reviews(asked: TradeFilter) -> Q:
    """Conditions on the review."""
    wanted = Q()
    if asked.setups:
        chosen = Q(pk__in=Review.objects.filter(setup__in=asked.setups).values("trade"))
        none = ~Q(pk__in=Review.objects.exclude(setup=None).values("trade"))
        wanted &= chosen | none if 0 in asked.setups else chosen
    if asked.emotions:
        wanted &= Q(pk__in=Review.objects.filter(emotion__in=asked.emotions).values("trade"))
    if asked.ratings:
        wanted &= Q(pk__in=Review.objects.filter(rating__in=asked.ratings).values("trade"))
    if asked.verdicts:
        wanted &= Q(pk__in=Review.objects.filter(verdict__in=asked.verdicts).values("trade"))
    if asked.reviewed:
        done = Q(pk__in=Review.objects.exclude(reviewed_at=None).values("trade"))
        wanted &= done if asked.reviewed == "yes" else ~done
    return wanted
