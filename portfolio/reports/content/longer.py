"""The monthly and the yearly report: where it stands, how it got there, what it cost, what settles; and the tax
sheet of a year alone, for whoever reckons taxes and need not see the rest."""

from django.utils.translation import gettext as _

from portfolio.reports.content.asked import Asked, bound
from portfolio.reports.content.calendars import calendar_section, year_section
from portfolio.reports.content.costs import cost_section
from portfolio.reports.content.pieces import Content
from portfolio.reports.content.proved import proofs_section
from portfolio.reports.content.results import Results, best_section, curve_section, result_section
from portfolio.reports.content.tax import tax_section, year_in_figures

__all__ = ["monthly", "tax", "yearly"]


def monthly(asked: Asked) -> Content:
    """The month of ``period.last``, as far as the period reaches."""
    results = Results(asked)
    sections = [
        result_section(results),
        curve_section(results),
        calendar_section(results),
        best_section(results),
        cost_section(results),
        proofs_section(asked),
    ]
    return bound(asked, "monthly", _("한 달 보고"), sections, _preview(results))


def yearly(asked: Asked) -> Content:
    """The year of ``period.last``, with its tax sheet."""
    results = Results(asked)
    sections = [
        result_section(results),
        curve_section(results),
        year_section(results),
        best_section(results),
        cost_section(results),
        tax_section(asked),
        proofs_section(asked),
    ]
    return bound(asked, "yearly", _("한 해 보고"), sections, _preview(results))


def tax(asked: Asked) -> Content:
    """The tax sheet of the year of ``period.last``, its costs and whether its days agree with the broker."""
    results = Results(asked)
    sections = [year_in_figures(results), tax_section(asked), cost_section(results), proofs_section(asked)]
    return bound(asked, "tax", _("세금 자료"), sections, _preview(results))


def _preview(results: Results) -> str:
    return _("결과가 있는 날 %(n)s일") % {"n": len(results.days)}
