"""Do the broker's figures for one day agree? Lists (ka10073, ka10170) against the day's total (ka10074)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from kiwoomweb.access.models import Account
from portfolio.analytics.reconciling import Comparison, Verdict, compare
from portfolio.models import DiaryDay, DiaryLine, RealisedDay, Sale
from portfolio.selectors.sales import told_best

__all__ = ["Check", "Reconciliation", "reconciliation"]


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison: what is compared, the two figures (won), and the reason in a plain sentence."""

    title: str
    comparison: Comparison
    reason: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All comparisons of one day; the worst of them decides. UNKNOWN only when nothing can be compared."""

    day: date
    verdict: Verdict
    checks: tuple[Check, ...]


def reconciliation(account: Account, day: date) -> Reconciliation:
    """Compare what the TRs said about the day. Four queries."""
    total = RealisedDay.objects.current().filter(account=account, day=day).first()
    diary = DiaryDay.objects.current().filter(account=account, day=day).first()
    sales = told_best(list(Sale.objects.current().filter(account=account, day=day)))
    lines = DiaryLine.objects.current().filter(account=account, day=day)
    sums = lines.aggregate(bought=Sum("bought"), sold=Sum("sold"), stocks=Count("pk"))
    summed = sum(sale.realised for sale in sales) if sales else None
    no_sale = total is None and diary is not None and diary.sold == 0
    checks = (
        # Two truncations a sale (its two legs) against two for the whole day.
        _check(
            _("실현손익: 종목별 합계와 일자 합계"),
            summed,
            total and total.realised,
            2 * len(sales) + 2,
            no_sale=no_sale,
        ),
        _check(
            _("실현손익: 매매일지와 일자 합계"),
            diary and diary.realised,
            total and total.realised,
            2 * sums["stocks"] + 2,
            no_sale=no_sale,
        ),
        _check(
            _("매도금액: 매매일지와 일자 합계"), diary and diary.sold, total and total.sold, 0, no_sale=no_sale
        ),
        _check(_("매도금액: 매매일지 종목 합계"), sums["sold"], diary and diary.sold, 0),
        _check(_("매수금액: 매매일지 종목 합계"), sums["bought"], diary and diary.bought, 0),
    )
    return Reconciliation(day, _worst(checks), checks)


def _check(
    title: str, ours: int | None, theirs: int | None, truncations: int, *, no_sale: bool = False
) -> Check:
    comparison = compare(ours, theirs, truncations)
    return Check(title, comparison, _reason(comparison, no_sale=no_sale))


def _reason(comparison: Comparison, *, no_sale: bool) -> str:
    if comparison.verdict is Verdict.SAME:
        return _("원 단위까지 일치합니다.")
    if comparison.verdict is Verdict.UNKNOWN and no_sale:
        # ka10074 has a row only for days on which something was sold.
        return _("판 것이 없는 날이라 키움이 일자 합계를 주지 않습니다.")
    if comparison.verdict is Verdict.UNKNOWN:
        return _("한쪽 값을 아직 받지 못해 비교할 수 없습니다.")
    won = {"won": f"{abs(comparison.difference or 0):,}"}
    if comparison.verdict is Verdict.ROUNDING:
        return _("수수료를 매도 건마다 10원 단위로 절사해 %(won)s원 다릅니다. 오류가 아닙니다.") % won
    return _("%(won)s원 다르며 절사로 설명되지 않습니다. 다음 조회에서 다시 비교합니다.") % won


def _worst(checks: Sequence[Check]) -> Verdict:
    verdicts = {check.comparison.verdict for check in checks} - {Verdict.UNKNOWN}
    order = (Verdict.DIFFERENT, Verdict.ROUNDING, Verdict.SAME)
    return next((verdict for verdict in order if verdict in verdicts), Verdict.UNKNOWN)
