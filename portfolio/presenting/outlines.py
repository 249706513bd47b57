"""Outlines with their blanks filled for the note they are put into, and the page that keeps them."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from kiwoomweb.ui.templatetags.days import weekday
from kiwoomweb.ui.templatetags.money import percent, signed
from orders.selectors.fills import fills_on
from portfolio.analytics.filling import filled
from portfolio.models import Place, RealisedDay, Section, Trade
from portfolio.selectors.outlines import BLANKS, Outline, offered, outlines_of
from portfolio.selectors.sales import sales_between
from portfolio.services.outlining import LONGEST_NAME, LONGEST_TEXT, SECTIONS, Draft

__all__ = ["OutlinesPage", "choices_for"]

UNKNOWN = "—"
#: Shares named in one blank.
MOST_NAMES = 8


def choices_for(place: Place) -> list[tuple[Outline, str]]:
    """The outlines for the section of a place with their filled texts: own ones, then those to begin with."""
    section = Section.PLAN if place.section is Section.LATER else place.section
    values = _both_languages(_of_trade(place.trade) if place.trade else _of_day(place))
    every = (*outlines_of(place.account), *offered())
    return [(each, filled(each.text, values)) for each in every if each.section is section]


def _both_languages(values: dict[str, str]) -> dict[str, str]:
    """By the English name, the Korean one and what the reader's language calls it."""
    found = dict(values)
    for korean, english in BLANKS:
        found[korean] = found[_(korean).lower()] = values[english]
    return found


def _of_day(place: Place) -> dict[str, str]:
    account, day = place.account, place.on
    told = RealisedDay.objects.current().filter(account=account, day=day).first()
    sales = list(sales_between(account, day, day))
    names = list(dict.fromkeys(fill.name or fill.symbol for fill in reversed(fills_on(account, day))))
    record = {"w": sum(sale.realised > 0 for sale in sales), "l": sum(sale.realised < 0 for sale in sales)}
    return {
        "date": f"{day}",
        "weekday": weekday(day),
        "symbol": _names(names),
        "pnl": _money(told.realised if told else None),
        "rate": UNKNOWN,
        "record": _("%(w)d승 %(l)d패") % record if sales else UNKNOWN,
    }


def _of_trade(trade: Trade) -> dict[str, str]:
    rate = None if trade.net is None or not trade.cost else Decimal(100) * trade.net / trade.cost
    won = None if trade.net is None else trade.net > 0
    return {
        "date": f"{trade.opened_day}",
        "weekday": weekday(trade.opened_day),
        "symbol": trade.name or trade.symbol,
        "pnl": _money(trade.net),
        "rate": percent(rate),
        "record": UNKNOWN if won is None else _("이김") if won else _("짐"),
    }


def _names(names: list[str]) -> str:
    more = "…" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more if names else UNKNOWN


def _money(won: int | None) -> str:
    return UNKNOWN if won is None else _("%(won)s원") % {"won": signed(won)}


@dataclass
class OutlinesPage:
    """``draft`` is what was typed and not kept, ``trouble`` why; ``editing`` the outline it was meant for."""

    account: Account
    may_write: bool
    draft: Draft = field(default_factory=lambda: Draft(Section.REVIEW, "", "", is_shared=False))
    trouble: str = ""
    editing: int | None = None

    #: For the form.
    sections = SECTIONS
    longest_name, longest_text = LONGEST_NAME, LONGEST_TEXT

    @property
    def blanks(self) -> list[str]:
        """What can be left blank, as it is written."""
        return [f"[{_(korean)}]" for korean, _english in BLANKS]

    @cached_property
    def own(self) -> tuple[Outline, ...]:
        """The account's outlines and those shared with it."""
        return outlines_of(self.account)

    @cached_property
    def offered(self) -> tuple[Outline, ...]:
        """Those to begin with that nobody has copied under their name yet."""
        taken = {(each.section, each.name) for each in self.own}
        return tuple(each for each in offered() if (each.section, each.name) not in taken)
