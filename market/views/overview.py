"""The market's front page and its sectors: a frame at once, its parts by themselves."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.broker.errors import UnknownSymbol
from kiwoomweb.ui.fragments import show
from market.boards.shelves import SHELVES
from market.overview.parts import LISTS, IndexPart, ListPart, MapPart, NetPart
from market.overview.sectors import SectorsPage

__all__ = ["home", "part", "sectors"]

INDICES = {"kospi": ("001", _("코스피")), "kosdaq": ("101", _("코스닥"))}
NETS = {"kospi": "0", "kosdaq": "1"}


@require_GET
@member_required(covers=False)
def home(request: MemberRequest, code: str) -> HttpResponse:
    """Indices, who rises and falls, what trades, what is halted, who buys."""
    context = {"account": request.account, "shelves": SHELVES, "lists": LISTS, "at": "home"}
    return render(request, "market/home.html", context)


@require_GET
@member_required(covers=False)
def part(request: MemberRequest, code: str, name: str) -> HttpResponse:
    """One card of the front page."""
    kind, _dash, which = name.partition("-")
    if name in LISTS:
        return render(request, "market/part_list.html", {"part": ListPart(request.account, name)})
    if kind == "index" and which in INDICES:
        return render(
            request, "market/part_index.html", {"part": IndexPart(request.account, *INDICES[which], key=name)}
        )
    if kind == "map" and which in INDICES:
        return render(
            request, "market/part_map.html", {"part": MapPart(request.account, INDICES[which][0], name)}
        )
    if kind == "net" and which in NETS:
        context = {"part": NetPart(request.account, NETS[which], name), "name": INDICES[which][1]}
        return render(request, "market/part_net.html", context)
    raise Http404


@require_GET
@member_required(covers=False)
def sectors(request: MemberRequest, code: str) -> HttpResponse:
    """``?sector=013``: the map of its market, its chart, its members, who buys it."""
    page = SectorsPage(request.account, request.GET.dict())
    context = {"page": page, "shelves": SHELVES, "shelf": page.shelf, "query": urlencode(page.query)}
    try:
        return show(request, "market/sectors.html", context, "map", "members")
    except UnknownSymbol:
        raise Http404 from None
