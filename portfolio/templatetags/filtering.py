"""Filters in the address of a page that shows no trades: what to say, and where the question is answered."""

from typing import Any

from django import template
from django.template import Context

from kiwoomweb.access.models import Account
from portfolio.selectors.days import today_of
from portfolio.selectors.filtering import TradeFilter, names_of
from portfolio.selectors.filtering.asking import PARAMETERS

register = template.Library()


@register.inclusion_tag("portfolio/parts/filter_note.html", takes_context=True)
def filter_note(context: Context, account: Account, *own: str) -> dict[str, Any]:
    """``own`` are parameters the page reads itself; nothing is said while the address asks nothing else."""
    query = context["request"].GET
    if not (query.keys() & set(PARAMETERS.values()) - set(own)):
        return {}
    asked = TradeFilter.parse(query, today_of(account)).without(*own)
    if asked.is_empty:
        return {}
    return {"code": account.code, "words": asked.describe(names_of(account, asked)), "query": asked.query()}
