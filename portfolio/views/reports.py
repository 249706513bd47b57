"""보고서: plans by timetable, and the permanent page of each issue."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.later import later
from kiwoomweb.notices.models import State
from kiwoomweb.ui.takeaway import attachment
from portfolio import reports as papers
from portfolio.models import ReportIssue, ReportPlan
from portfolio.presenting.reporting.form import PlanForm
from portfolio.presenting.reporting.page import (
    IssuePage,
    ReportsPage,
    content_for,
    issues_for,
    picture_of,
    shown_preview,
)
from portfolio.presenting.reporting.previewing import previewed
from portfolio.reports import Content
from portfolio.selectors.reporting.plans import plans_of
from portfolio.services.reporting import planning
from portfolio.services.reporting.mailing import mail_again

__all__ = ["again", "change", "download", "issue", "picture", "plan", "preview", "reports"]

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@member_required()
def reports(request: MemberRequest, code: str) -> HttpResponse:
    """Plans and issues; ``before``: those older than that issue."""
    page = ReportsPage(request.account, request.user, request.GET.get("before", "")[:10])
    return render(request, "portfolio/reports/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@member_required(needs=Right.REPORTS)
def plan(request: MemberRequest, code: str, number: str = "") -> HttpResponse:
    """A new plan, or one to be changed; with a mistake the form comes back as it was typed."""
    found = _plan_or_404(request, number) if number else None
    typed = request.POST if request.method == "POST" else None
    form = PlanForm(request.account, request.user, typed, plan=found)
    if typed is not None and form.is_valid():
        if saved := _saved(request, form, found):
            messages.success(request, _("보고서 예약을 저장했습니다."))
            return redirect("portfolio:reports", saved.account.code)
        form.add_error(None, _("예약은 계좌마다 %(n)s개까지입니다.") % {"n": planning.MOST})
    status = 422 if typed is not None else 200
    return render(request, "portfolio/reports/plan.html", {"form": form, "plan": found}, status=status)


@require_POST
@member_required(needs=Right.REPORTS)
def change(request: MemberRequest, code: str, number: str) -> HttpResponse:
    """``to``: pause, wake or remove."""
    found = _plan_or_404(request, number)
    to = request.POST.get("to", "")
    if to in ("pause", "wake"):
        planning.pause(found, to == "pause")
    elif to == "remove":
        planning.remove(found)
        messages.success(request, _("예약을 지웠습니다. 나온 보고서는 그대로 남습니다."))
    return redirect("portfolio:reports", code)


@require_GET
@member_required()
def preview(request: MemberRequest, code: str, number: str) -> HttpResponse:
    """What the plan would send now, as this person may see it, or with ``masked=1`` as readers without amounts
    get it; nothing is kept and nothing sent."""
    found = plans_of(request.user, request.account).filter(code=number).first()
    if found is None:
        raise Http404
    masked = request.GET.get("masked") == "1"
    content = previewed(found, request.user, masked=masked)
    context = {"plan": found, "content": content, "body": shown_preview(content), "masked": masked}
    return render(request, "portfolio/reports/preview.html", context)


@require_GET
@member_required()
def issue(request: MemberRequest, code: str, number: str) -> HttpResponse:
    """The permanent page."""
    page = IssuePage(request.account, request.user, _issue_or_404(request, number))
    return render(request, "portfolio/reports/issue.html", {"page": page})


@require_GET
@member_required()
def picture(request: MemberRequest, code: str, number: str, cid: str) -> HttpResponse:
    """One chart of an issue, drawn from what was kept."""
    content = content_for(_issue_or_404(request, number), request.user)
    if content is None:
        raise Http404
    answer = HttpResponse(picture_of(content, cid), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


@require_GET
@member_required(needs=Right.EXPORT)
def download(request: MemberRequest, code: str, number: str, form: str) -> HttpResponseBase:
    """The issue as PDF, XLSX or the text of its mail."""
    found = _issue_or_404(request, number)
    content = content_for(found, request.user)
    if content is None or form not in ("pdf", "xlsx", "txt"):
        raise Http404
    kind = {"pdf": PDF, "xlsx": XLSX, "txt": "text/plain; charset=utf-8"}[form]
    name = f"kiwoomweb-{found.kind}-{found.last}.{form}"
    return attachment(request, name, kind, iter((_paper(content, form),)))


@require_POST
@member_required(needs=Right.REPORTS)
def again(request: MemberRequest, code: str, number: str) -> HttpResponse:
    """Send an issue once more to one reader, or try again to make one that failed."""
    found = _issue_or_404(request, number)
    if found.failed_at is not None:
        ReportIssue.objects.filter(pk=found.pk).update(failed_at=None, attempts=0, claimed_until=None)
        messages.success(request, _("곧 다시 만듭니다."))
        return redirect("portfolio:report", code, number)
    reader = found.plan.readers.filter(pk=_number(request.POST.get("reader", ""))).first()
    if reader is None or found.made_at is None or not found.plan.leads:
        raise Http404
    if found.plan.together:
        later("portfolio.mail_again", issue_id=found.pk, reader_id=reader.pk)
        messages.success(request, _("%(to)s에게 다시 보냅니다.") % {"to": reader})
        return redirect("portfolio:report", code, number)
    sent = mail_again(found, reader)
    if sent is None:
        messages.error(request, _("이 사람은 이 보고서를 받을 수 없습니다. 팀원인지, 동의했는지 확인하세요."))
    elif sent.state == State.REFUSED:
        messages.error(request, _("%(to)s에게 보낼 수 없습니다. %(why)s") % {"to": sent.to, "why": sent.answer})
    else:
        messages.success(request, _("%(to)s에게 다시 보냅니다.") % {"to": sent.to})
    return redirect("portfolio:report", code, number)


def _saved(request: MemberRequest, form: PlanForm, found: ReportPlan | None) -> ReportPlan | None:
    if found is None:
        found = planning.make(request.user, request.account, form.wish())
    else:
        planning.change(found, form.wish(), by=request.user)
    if found is not None:
        planning.set_accounts(found, form.accounts(), list(form.others.values()))
        planning.set_readers(found, form.readers())
        planning.set_outsiders(found, form.outsiders())
    return found


def _plan_or_404(request: MemberRequest, number: str) -> ReportPlan:
    """One that this person may change: their own, or with a manager's role the team's."""
    found = plans_of(request.user, request.account).filter(code=number).first()
    if found is not None and not found.leads:
        raise Http404  # changed where the plan is that leads
    if found is None or (found.owner_id != request.user.pk and Right.MEMBERS not in request.rights):
        raise Http404
    return found


def _issue_or_404(request: MemberRequest, number: str) -> ReportIssue:
    return get_object_or_404(issues_for(request.user, request.account), code=number)


def _paper(content: Content, form: str) -> bytes:
    if form == "pdf":
        return papers.render_pdf(content)
    return papers.render_xlsx(content) if form == "xlsx" else papers.render_text(content).encode()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
