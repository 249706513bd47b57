"""주문: the ticket, what it would cost, the dialog before it, and the decision. Only ``decide`` acts."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import retarget

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.access.services.stepping_up import ask, proved_within
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError, UnknownSymbol
from market.models import Instrument
from market.recent import looked_at
from market.services.instruments import known_or_learnt
from orders.errors import Moved, OrderError
from orders.models import Intent
from orders.presenting.confirming import ConfirmPage
from orders.presenting.costs import costs_of
from orders.presenting.following import IntentPage
from orders.presenting.placing import TicketPage
from orders.presenting.ticket_form import TicketForm
from orders.selectors.targets import as_its_target
from orders.services.comparing import as_it_is_now
from orders.services.deciding import decide as decide_on
from orders.states import LIVE
from orders.tickets import Kind, Ticket

__all__ = ["confirm", "decide", "new", "preview", "ticket"]


@require_GET
@member_required(needs=Right.ORDER)
def new(request: MemberRequest, code: str) -> HttpResponse:
    """The ticket as a page of its own: ``?symbol=005930&side=buy&price=71200``."""
    symbol = request.GET.get("symbol", "").strip().upper()[:12]
    if not symbol:
        recent = looked_at(request.session, code)
        return redirect(f"{request.path}?symbol={recent[0] if recent else '005930'}")
    page = TicketPage(request.account, _instrument(request, symbol), request.GET, request.user)
    return render(request, "orders/new.html", {"page": page})


@require_GET
@member_required()
def ticket(request: MemberRequest, code: str, symbol: str) -> HttpResponse:
    """The ticket beside the 호가창; who may only look is told so."""
    page = TicketPage(request.account, _instrument(request, symbol), request.GET, request.user)
    template = "orders/ticket.html" if Right.ORDER in request.rights else "orders/only_looking.html"
    return render(request, template, {"page": page})


@require_POST
@member_required(needs=Right.ORDER)
def preview(request: MemberRequest, code: str) -> HttpResponse:
    """What the order would cost as it is typed; half a ticket costs nothing yet."""
    form = TicketForm(request.POST)
    told = costs_of(request.account, request.user, _asked(request, form)) if form.is_valid() else None
    return render(request, "orders/preview.html", {"told": told})


@require_POST
@member_required(needs=Right.ORDER)
def confirm(request: MemberRequest, code: str) -> HttpResponse:
    """The dialog: what will happen, what is unusual, what has to be answered. Sends nothing."""
    form = TicketForm(request.POST)
    if not form.is_valid():
        return render(request, "orders/wrong.html", {"form": form, "account": request.account})
    page = ConfirmPage(request.account, request.user, _asked(request, form))
    return render(request, "orders/confirm.html", {"page": page})


@require_POST
@member_required(needs=Right.ORDER)
def decide(request: MemberRequest, code: str) -> HttpResponseBase:
    """The decision, once for each key; the same key again answers with the first decision."""
    form = TicketForm(request.POST)
    key = request.headers.get("Idempotency-Key") or request.POST.get("key", "")
    if not form.is_valid():
        return render(request, "orders/wrong.html", {"form": form, "account": request.account}, status=422)
    asked = _asked(request, form)
    if _needs_number(request, asked, key):
        again = ConfirmPage(request.account, request.user, asked, wrong_number=True)
        response = render(request, "orders/confirm.html", {"page": again}, status=422)
        return retarget(response, "#order-dialog")
    proof = None
    if _needs_proof(request, asked, key):
        bound: dict[str, Any] = {"account": request.account, "subject_hash": asked.subject}
        proof = proved_within(request.user, seconds=300, strong=True, **bound)
        if proof is None:
            return ask(request, strong=True, **bound)
    try:
        decision = decide_on(request.account, request.user, asked, key, request=request, proof=proof)
    except Moved as moved:
        return _asked_again(request, asked, moved)
    except OrderError as no:
        return _refused(request, no)
    page = IntentPage(request.account, decision.intent)
    response = render(request, "orders/outcome.html", {"page": page})
    if decision.replayed:
        response["Idempotent-Replayed"] = "true"
    return response


def _asked(request: MemberRequest, form: TicketForm) -> Ticket:
    return as_its_target(request.account, form.ticket)


def _needs_proof(request: MemberRequest, ticket: Ticket, key: str) -> bool:
    """A real order is proved in its own dialog, for itself; a known key has been, taking back needs none."""
    if request.account.environment != Environment.LIVE or ticket.kind is Kind.CANCEL:
        return False
    return not Intent.objects.filter(account=request.account, key=key).exists()


def _asked_again(request: MemberRequest, ticket: Ticket, moved: Moved) -> HttpResponse:
    """409: the dialog anew, with what has changed and the order as it is now; of one that is over, only why."""
    if moved.intent.at not in LIVE or not request.headers.get("HX-Request"):
        return _refused(request, moved)
    now = replace(ticket, **as_it_is_now(moved.intent))
    page = ConfirmPage(request.account, request.user, now, moved=moved.differences)
    return retarget(render(request, "orders/confirm.html", {"page": page}, status=409), "#order-dialog")


def _needs_number(request: MemberRequest, ticket: Ticket, key: str) -> bool:
    """Whether the four digits are asked for and were not given; a known key has given them before."""
    if request.POST.get("last_four", "") == request.account.number[-4:]:
        return False
    if Intent.objects.filter(account=request.account, key=key).exists():
        return False
    return ConfirmPage(request.account, request.user, ticket).asks_number


def _refused(request: HttpRequest, no: OrderError) -> HttpResponse:
    """The dialog says why; htmx shows answers of 409 and 422 only."""
    status = 409 if no.status == 409 else 422
    context = {"said": str(no), "intent": getattr(no, "intent", None), "code": no.code}
    return render(
        request,
        "orders/refused.html",
        context,
        status=status if request.headers.get("HX-Request") else no.status,
    )


def _instrument(request: MemberRequest, symbol: str) -> Instrument:
    try:
        return known_or_learnt(request.account, symbol) or Instrument(symbol=symbol, name=symbol)
    except UnknownSymbol:
        raise Http404 from None
    except BrokerError:
        return Instrument(symbol=symbol, name=symbol)
