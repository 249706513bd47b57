"""``{% live_since account %}``: the number of the last event the page being drawn already shows."""

from django import template

from kiwoomweb.access.models import Account
from market.selectors.events import last_event

__all__ = ["live_since"]

register = template.Library()


@register.simple_tag
def live_since(account: Account) -> int:
    """The page's socket asks for everything after it, so nothing is lost while the page travels."""
    return last_event(account.pk)
