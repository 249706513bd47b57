"""Shares and labels whose names hold a word that is looked for: the way from a name to its trades."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count

from kiwoomweb.access.models import Account
from market.models import Instrument
from portfolio.analytics.grams import needles, squeezed
from portfolio.models import Rollup, Tag, TagGroup, Trade, TradeTag
from portfolio.selectors.filtering import TradeFilter

__all__ = ["Named", "labels_named", "shares_named"]

#: Hits of each kind.
MANY = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A share or a label, how many closed trades it has (``None``: not counted), and their filter's query."""

    name: str
    about: str
    trades: int | None
    query: str


def shares_named(account: Account, text: str) -> tuple[Named, ...]:
    """Shares the account has traded whose name or code holds one of the words, most traded first."""
    words = needles(text)
    ever = Rollup.objects.filter(account=account, kind=Rollup.Kind.SYMBOL, span=Rollup.Span.EVER)
    traded = dict(ever.values_list("key", "trades")) if words else {}
    names = _names(account, set(traded))
    found = [code for code in traded if _holds(f"{names.get(code, '')} {code}", words)]
    ranked = sorted(found, key=lambda code: (-traded[code], code))[:MANY]
    return tuple(
        Named(names.get(code) or code, code, traded[code], TradeFilter(symbols=(code,)).query())
        for code in ranked
    )


def labels_named(account: Account, text: str) -> tuple[Named, ...]:
    """Labels of the team whose name holds one of the words. Tags and mistakes count their trades."""
    words = needles(text)
    rows = Tag.objects.filter(group__team=account.team_id, retired_at=None).select_related("group")
    found = [tag for tag in rows.order_by("name", "pk") if _holds(tag.name, words)][:MANY]
    carried = TradeTag.objects.filter(tag__in=found, trade__account=account).values_list("tag")
    counts = dict(carried.annotate(n=Count("pk")).values_list("tag", "n"))
    return tuple(_label(tag, counts) for tag in found)


def _label(tag: Tag, counts: dict[int, int]) -> Named:
    kind = TagGroup.Kind(tag.group.kind)
    is_carried = kind in (TagGroup.Kind.TAG, TagGroup.Kind.MISTAKE)
    # The filter calls each kind by its own name.
    query = urlencode({kind.value: tag.pk})
    return Named(tag.name, tag.group.name, counts.get(tag.pk, 0) if is_carried else None, query)


def _names(account: Account, symbols: set[str]) -> dict[str, str]:
    """What the shares are called: by the listing, or as the trades tell of what is no longer listed."""
    names = dict(Instrument.objects.filter(symbol__in=symbols).values_list("symbol", "name"))
    gone = symbols - names.keys()
    if not gone:
        return names
    told = Trade.objects.filter(account=account, symbol__in=gone).exclude(name="")
    return names | dict(told.values_list("symbol", "name").distinct())


def _holds(name: str, words: tuple[str, ...]) -> bool:
    whole = squeezed(name).text
    return any(word in whole for word in words)
