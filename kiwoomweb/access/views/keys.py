"""``/a/<code>/keys/``: replace an account's keys, or take them away. Shows their last four characters only."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from kiwoomweb.access.connecting import OtherAccount, disconnect, replace_keys
from kiwoomweb.access.forms import KeysForm
from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.models import Account, Credential
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors.cautions import held_back
from kiwoomweb.access.sentences import sentence
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.services.stepping_up import stepped_up
from kiwoomweb.broker.credentials import Credentials
from kiwoomweb.broker.environment import Environment
from kiwoomweb.broker.errors import BrokerError

__all__ = ["keys", "take_keys_away"]


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@member_required(needs=Right.KEYS)
@stepped_up()
def keys(request: MemberRequest, code: str) -> HttpResponse:
    """The keys of an account, write-only."""
    form = KeysForm(request.POST if "app_key" in request.POST else None)
    if form.is_bound and (caution := held_back(request.user)):
        form.add_error(None, caution.sentence)
    elif form.is_valid():
        trouble = _try(request.account, form.credentials)
        if not trouble:
            _note(request, "key.replaced", form.credentials.app_key[-4:])
            messages.success(request, _("키를 바꿨습니다. 확인을 마쳤습니다."))
            return redirect("access:keys", code)
        form.add_error(None, trouble)
    return _shown(request, form, status=422 if form.is_bound else 200)


@require_POST
@member_required(needs=Right.KEYS)
@stepped_up()
def take_keys_away(request: MemberRequest, code: str) -> HttpResponse:
    """Disconnect: no more polling for this account. Its journal stays.

    Whoever does it names the key by its last four characters, so that nobody takes the wrong one away.
    """
    kept = _credential(request.account)
    if kept and request.POST.get("tail", "").strip() != kept.app_key_tail:
        wrong = _("앱키의 마지막 네 글자가 다릅니다. 위에 보이는 네 글자를 그대로 적으세요.")
        return _shown(request, KeysForm(), wrong, status=422)
    disconnect(request.account)
    if kept:
        _note(request, "key.revoked", kept.app_key_tail)
    messages.success(request, _("키를 지웠습니다. 기록은 그대로 남아 있습니다."))
    return redirect("access:keys", code)


@sensitive_variables("credentials")
def _try(account: Account, credentials: Credentials) -> str:
    """Empty when the keys were replaced, else the sentence that says why not."""
    try:
        replace_keys(account, credentials)
    except OtherAccount:
        return _("다른 계좌의 키입니다. 이 계좌(%(number)s)의 키를 넣으세요.") % {
            "number": account.masked_number
        }
    except BrokerError as error:
        return sentence(error, Environment(account.environment))
    except SealError as error:
        return str(error)
    return ""


def _shown(request: MemberRequest, form: KeysForm, wrong: str = "", status: int = 200) -> HttpResponse:
    found = _credential(request.account)
    caution = None if form.is_bound else held_back(request.user)
    shown = {
        "form": form,
        "account": request.account,
        "credential": found,
        "wrong": wrong,
        "caution": caution,
    }
    return render(request, "access/keys.html", shown, status=status)


def _note(request: MemberRequest, action: str, tail: str) -> None:
    record(action, by=request.user, account=request.account, about=f"••••{tail}", request=request)


def _credential(account: Account) -> Credential | None:
    return Credential.objects.filter(account=account).only("app_key_tail", "made_at").first()
