"""Rating: learn what an account is charged, month by month, from its own rows."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.analytics.proof.rates import Rate, learned
from portfolio.models import CommissionRate
from portfolio.selectors.proof.rates import charges

__all__ = ["rates_for"]

#: A month's rate is learnt anew until so many charges have proved it.
PROVED = 60
#: A month's first days are judged by the two months before.
REACH = timedelta(days=62)


def rates_for(account: Account) -> Callable[[date], tuple[Fraction, ...]]:
    """Answers the proven rates of a day; each month is looked up or learnt once."""
    known: dict[date, tuple[Fraction, ...]] = {}

    def rates(day: date) -> tuple[Fraction, ...]:
        month = day.replace(day=1)
        if month not in known:
            known[month] = _rates(account, month)
        return known[month]

    return rates


def _rates(account: Account, month: date) -> tuple[Fraction, ...]:
    kept = CommissionRate.objects.filter(account=account, month=month).first()
    if kept is None or kept.rows < PROVED:
        last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        found = learned(charges(account, month - REACH, last))
        kept = _keep(account, month, found) if found else kept
    return _told(kept) if kept else ()


def _keep(account: Account, month: date, found: tuple[Rate, ...]) -> CommissionRate:
    first, second = found[0].rate, found[1].rate if len(found) > 1 else None
    figures = {
        "numerator": first.numerator,
        "denominator": first.denominator,
        "other_numerator": second.numerator if second is not None else None,
        "other_denominator": second.denominator if second is not None else None,
        "rows": found[0].rows,
        "fitting": sum(rate.fitting for rate in found),
        "learned_at": timezone.now(),
    }
    kept, _made = CommissionRate.objects.update_or_create(account=account, month=month, defaults=figures)
    return kept


def _told(kept: CommissionRate) -> tuple[Fraction, ...]:
    first = Fraction(kept.numerator, kept.denominator)
    if kept.other_numerator is None or kept.other_denominator is None:
        return (first,)
    return (first, Fraction(kept.other_numerator, kept.other_denominator))
