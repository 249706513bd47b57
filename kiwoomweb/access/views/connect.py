"""``/connect/``: a practice account with one click, or an account of Kiwoom with its keys."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.connecting import AlreadyConnected, connect, connect_practice
from kiwoomweb.access.demo import demo_credentials
from kiwoomweb.access.forms import ConnectForm
from kiwoomweb.access.http import SignedInRequest, signed_in
from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.models import Account, Team
from kiwoomweb.access.roles import Role
from kiwoomweb.access.selectors import teams_for
from kiwoomweb.access.sentences import sentence
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError

__all__ = ["connect_account", "connect_demo"]

#: What a new account can do: whoever looks around for the first time need not be afraid of a button.
READ_ONLY = gettext_lazy(
    "계좌를 이었습니다. 지금은 조회만 가능합니다. 주문하려면 소유자가 한도를 정하고 거래를 켜야 합니다."
)


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@signed_in
def connect_account(request: SignedInRequest) -> HttpResponse:
    """Only managers and owners connect; what they typed is kept on an error, but for the secret."""
    teams = _managed(request)
    if not teams:
        return render(request, "access/ask_manager.html", status=403)
    form = ConnectForm(teams, request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    told = form.cleaned_data
    environment = Environment(told["environment"])
    outcome = _try(environment, lambda: connect(told["team"], environment, form.credentials, told["name"]))
    if isinstance(outcome, str):
        form.add_error(None, outcome)
        return _page(request, form)
    messages.success(request, READ_ONLY)
    return redirect("portfolio:overview", outcome.code)


@require_POST
@sensitive_variables("credentials")
@signed_in
def connect_demo(request: SignedInRequest) -> HttpResponse:
    """The practice account of this installation, into the person's first team."""
    teams, credentials = _managed(request), demo_credentials()
    if not teams:
        return render(request, "access/ask_manager.html", status=403)
    if credentials is None:
        return HttpResponseBadRequest()
    outcome = _try(Environment.SIMULATOR, lambda: connect_practice(teams[0], credentials))
    if isinstance(outcome, str):
        return _page(request, ConnectForm(teams), trouble=outcome)
    messages.success(request, READ_ONLY)
    return redirect("portfolio:overview", outcome.code)


def _try(environment: Environment, connecting: Callable[[], Account]) -> Account | str:
    """The account, or the sentence that says why there is none."""
    try:
        return connecting()
    except AlreadyConnected as known:
        return _("이미 연결된 계좌입니다: %(account)s. 키를 바꾸려면 설정의 키 관리로 가세요.") % {
            "account": known.account
        }
    except BrokerError as error:
        return sentence(error, environment)
    except SealError as error:
        return str(error)


def _managed(request: SignedInRequest) -> list[Team]:
    return [membership.team for membership in teams_for(request.user, Role.MANAGER)]


def _page(request: SignedInRequest, form: ConnectForm, trouble: str = "") -> HttpResponse:
    shown = {"form": form, "demo": demo_credentials() is not None, "trouble": trouble}
    return render(request, "access/connect.html", shown, status=422 if form.is_bound or trouble else 200)
