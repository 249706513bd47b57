"""TR 탐색: the list of all TRs, the bench of one, its answer page after page."""

from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiwoomweb.access import gateway
from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.broker.catalogue import TR, find
from kiwoomweb.broker.forms import asked_of, sent_of
from kiwoomweb.broker.reading import question_problems
from kiwoomweb.ui.fragments import show
from market.explorer.answer import Answer
from market.explorer.lab import Lab
from market.explorer.question import body_of, filled
from market.explorer.shelf import Shelf
from market.explorer.ticket import Ticket, redeem
from market.explorer.ways import Way, tr_for, way_of
from market.recent import looked_at
from market.saying import said_of
from market.selectors.explorer import answered_at, asked_lately, favourites_of, last_question
from market.services.exploring import Told, ask, ask_further, ask_socket, pages_of
from market.services.remembering import remember_question, star

__all__ = ["more", "shelf", "stars", "tr"]

#: Samsung Electronics: the share everybody knows.
ANY_SHARE = "005930"


@require_GET
@member_required(covers=False)
def shelf(request: MemberRequest, code: str) -> HttpResponse:
    """``?q=예수금&which=read&starred=1``: the list alone, or with nothing on the bench yet."""
    lately = [find(tr_id) for tr_id in asked_lately(request.user)]
    context = {"shelf": shelf_of(request), "on": request.GET.get("on", ""), "lately": lately}
    return show(request, "market/explorer.html", context, "shelf-list")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required(covers=False)
def tr(request: MemberRequest, code: str, tr_id: str) -> HttpResponse:
    """The form of a TR as it was last filled in; posted, what the broker says to it."""
    found = tr_for(tr_id, masked=request.masked)
    if request.method != "POST":
        return bench(request, Lab(found, request.account, first_body(request, found)))
    if way_of(found) is Way.ORDER:
        return HttpResponseForbidden(_("이 전문은 여기서 보낼 수 없습니다."))
    form = asked_of(found)
    body = body_of(form, {name: str(text) for name, text in request.POST.items()})
    if problems := question_problems(form, body):
        return bench(request, Lab(found, request.account, body, said_of(problems)), status=422)
    remember_question(request.user, found.id, body)
    sent = sent_body(form, body)
    if way_of(found) is Way.READ:
        told = ask(request.account, found.id, sent)
    else:
        told = ask_socket(request.account, found.id, sent_of(found, sent))
    before = Ticket(request.user.pk, code, found.id, sent, (), "")
    return bench(request, Lab(found, request.account, body, answer=answer_of(request, found, before, told)))


@require_POST
@member_required(covers=False)
def more(request: MemberRequest, code: str, tr_id: str) -> HttpResponse:
    """The next page of the result the ticket names, below what was there."""
    found = tr_for(tr_id, masked=request.masked)
    ticket = redeem(request.POST.get("ticket", ""), user=request.user.pk, account=code, tr=found.id)
    if ticket is None or not ticket.next_key:
        old = _("이 결과는 더 이어 받을 수 없습니다. 다시 조회하세요.")
        return bench(request, Lab(found, request.account, first_body(request, found), trouble=old), status=422)
    if way_of(found) is Way.READ:
        told = ask_further(request.account, found.id, ticket.body, ticket.next_key, len(ticket.replies) + 1)
    else:
        further = {"cont_yn": "Y", "next_key": ticket.next_key}
        told = ask_socket(request.account, found.id, sent_of(found, {**ticket.body, **further}))
    answer = answer_of(request, found, ticket, told)
    return bench(request, Lab(found, request.account, ticket.body, answer=answer))


@require_POST
@member_required(covers=False)
def stars(request: MemberRequest, code: str, tr_id: str) -> HttpResponse:
    """Mark a TR, or take the mark away; the star alone comes back."""
    found = tr_for(tr_id, masked=request.masked)
    marked = star(request.user, found.id)
    return render(request, "market/explorer/star.html", {"tr": found, "is_favourite": marked})


def bench(request: MemberRequest, lab: Lab, status: int = 200) -> HttpResponse:
    """The whole page, or the lab alone when a form of it has been sent."""
    favourites = favourites_of(request.user)
    is_favourite = lab.tr.id in favourites
    context = {"lab": lab, "shelf": shelf_of(request), "on": lab.tr.id, "is_favourite": is_favourite}
    return show(request, "market/explorer.html", context, "lab", status=status)


def shelf_of(request: MemberRequest) -> Shelf:
    return Shelf(
        favourites_of(request.user),
        answered_at(request.account),
        request.GET.get("q", "")[:40],
        request.GET.get("which", "all"),
        bool(request.GET.get("starred")),
    )


def answer_of(request: MemberRequest, found: TR, before: Ticket, told: Told) -> Answer:
    """The pages so far and the latest: a further one, or the words of a refusal."""
    good = told.reply is not None and told.error is None
    replies = (*before.replies, *([told.reply] if good and told.reply else []))
    next_key = told.next_key if told.error is None else ""
    ticket = Ticket(
        before.user, before.account, before.tr, before.body, replies, next_key, before.took + told.took
    )
    refused = pages_of(request.account, [told.reply] if told.reply and told.error else [])
    return Answer(
        found,
        request.account,
        ticket,
        pages_of(request.account, replies),
        told.error,
        refused[0] if refused else None,
    )


def first_body(request: MemberRequest, found: TR) -> dict[str, str]:
    symbol = next(iter(looked_at(request.session, request.account.code)), ANY_SHARE)
    today = gateway.broker_now(request.account).date()
    last = {} if request.GET.get("fresh") else last_question(request.user, found.id)
    return filled(asked_of(found), last, today, symbol)


def sent_body(form: TR, body: Mapping[str, str]) -> dict[str, str]:
    """Without the optional fields that were left blank."""
    required = {item.name for item in form.request if item.required}
    return {name: text for name, text in body.items() if text or name in required}
