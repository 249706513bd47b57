"""``/t/<team>/desk/``: limits used, open risk, and what waits, in every account of a team one sees."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import TeamRequest, team_required
from portfolio.presenting.together.desk import DeskPage

__all__ = ["desk"]


@never_cache
@require_GET
@team_required()
def desk(request: TeamRequest, team: str) -> HttpResponse:
    """The page refreshes its table while somebody looks."""
    return render(request, "portfolio/together/desk.html", {"page": DeskPage(request.team, request.user)})
