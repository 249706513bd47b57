"""The archive of an account: everything in one file. For the owner alone."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.access.roles import Role
from kiwoomweb.access.services.stepping_up import stepped_up
from kiwoomweb.ui.takeaway import attachment, pieces
from portfolio.models import ArchiveErrand
from portfolio.services.archiving.errands import ask, look_after, path_of, progress_of

__all__ = ["archive", "download", "state"]

#: Errands shown.
MOST = 10


@require_http_methods(["GET", "POST"])
@member_required(Role.OWNER, needs=Right.EXPORT)
@stepped_up()
def archive(request: MemberRequest, code: str) -> HttpResponse:
    """What there is to fetch; posting asks for a new one."""
    if request.method == "POST":
        ask(request.account, request.user)
        return redirect("portfolio:archive", code)
    rows = ArchiveErrand.objects.filter(account=request.account).exclude(state=ArchiveErrand.State.GONE)
    errands = list(rows.select_related("account", "asked_by").order_by("-pk")[:MOST])
    shown = [(errand, progress_of(errand)) for errand in errands]
    return render(request, "portfolio/archive.html", {"account": request.account, "errands": shown})


@require_GET
@member_required(Role.OWNER, needs=Right.EXPORT)
def state(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """How far one errand is; the page asks every two seconds while it is under way."""
    errand = _errand_or_404(request, pk)
    look_after(errand)
    words = {"errand": errand, "percent": progress_of(errand), "account": request.account}
    return render(request, "portfolio/parts/archive_errand.html", words)


@require_GET
@member_required(Role.OWNER, needs=Right.EXPORT)
@stepped_up()
def download(request: MemberRequest, code: str, pk: int) -> HttpResponseBase:
    """The file, as long as it is on the disk."""
    errand = _errand_or_404(request, pk)
    path = path_of(errand)
    if errand.state != ArchiveErrand.State.DONE or not path.exists():
        raise Http404
    name = f"kiwoomweb-{request.account.name}-{errand.asked_at:%Y%m%d-%H%M}.zip"
    response = attachment(request, name, "application/zip", pieces(path.open("rb")))
    response["Content-Length"] = str(errand.size)
    return response


def _errand_or_404(request: MemberRequest, pk: int) -> ArchiveErrand:
    rows = ArchiveErrand.objects.filter(account=request.account).select_related("account", "asked_by")
    errand = rows.filter(pk=pk).first()
    if errand is None:
        raise Http404
    return errand
