"""Words: what a fired condition is called."""

from django.utils.translation import gettext as _

from orders.exits.triggers import Fired

__all__ = ["called"]


def called(fired: str) -> str:
    """``"손절"`` for ``stop``; blank for what never fired."""
    words = {str(Fired.STOP): _("손절"), str(Fired.TARGET): _("목표"), str(Fired.TRAIL): _("추적")}
    return words.get(str(fired), "")
