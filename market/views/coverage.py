"""요청 목록: the 102 rows that were asked for, and where each of them lives."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from market.explorer.coverage import Coverage
from market.selectors.explorer import answered_at

__all__ = ["coverage"]


@require_GET
@member_required(covers=False)
def coverage(request: MemberRequest, code: str) -> HttpResponse:
    """Every row with its section, asked id, real TRs, place and last success in this account."""
    return render(request, "market/coverage.html", {"coverage": Coverage(code, answered_at(request.account))})
