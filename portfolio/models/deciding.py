"""Won, lost or even: one rule wherever trades are counted or looked for (``analytics.outcomes.result_of``).

Even (본전) is a closed trade whose |net| lies within its own costs; metrics 3.0, Breakeven.
"""

from django.db.models import F, Q
from django.db.models.functions import Coalesce

__all__ = ["EVEN", "LOST", "WON"]

COSTS = Coalesce(F("commission"), 0) + Coalesce(F("tax"), 0) + Coalesce(F("interest"), 0)
CLOSED = Q(state="closed")

WON = CLOSED & Q(net__gt=COSTS)
LOST = CLOSED & Q(net__lt=COSTS * -1)
EVEN = CLOSED & Q(net__gte=COSTS * -1, net__lte=COSTS)
