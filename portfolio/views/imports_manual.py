"""A fill written by hand: the same way as a file, for one line, with a reason."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kiwoomweb.access.http import MemberRequest, member_required
from kiwoomweb.access.rights import Right
from kiwoomweb.broker.domain import SEOUL, Side
from market.models import Instrument
from orders.incoming import Candidate
from orders.incoming.cells import code_of
from orders.incoming.errors import BadCell
from orders.services.importing import ImportRefused, write_down
from portfolio.selectors.days import today_of

__all__ = ["FillForm", "manual"]


class FillForm(forms.Form):
    """One fill. Prices in won, up to four places."""

    day = forms.DateField(label=gettext_lazy("일자"), widget=forms.DateInput({"type": "date"}))
    clock = forms.TimeField(
        label=gettext_lazy("체결시각"),
        required=False,
        help_text=gettext_lazy("모르면 비워 둡니다."),
        widget=forms.TimeInput({"type": "time", "step": "1"}),
    )
    symbol = forms.CharField(
        label=gettext_lazy("종목코드"), max_length=20, widget=forms.TextInput({"autocomplete": "off"})
    )
    side = forms.ChoiceField(
        label=gettext_lazy("매매구분"), choices=[("buy", gettext_lazy("매수")), ("sell", gettext_lazy("매도"))]
    )
    quantity = forms.IntegerField(label=gettext_lazy("수량"), min_value=1, max_value=10**11)
    price = forms.DecimalField(
        label=gettext_lazy("체결단가"), min_value=0, max_value=10**10, max_digits=15, decimal_places=4
    )
    reason = forms.CharField(
        label=gettext_lazy("까닭"),
        max_length=200,
        help_text=gettext_lazy("어디서 확인했는지 적어 두면 나중에 이 체결을 설명해 줍니다."),
    )

    def clean_symbol(self) -> str:
        try:
            code = code_of(self.cleaned_data["symbol"])
        except BadCell as bad:
            raise forms.ValidationError(str(bad)) from None
        if not code:
            raise forms.ValidationError(_("종목코드도 종목명도 없습니다."))
        return code

    @property
    def candidate(self) -> Candidate:
        """The fill it describes."""
        told = self.cleaned_data
        name = Instrument.objects.filter(symbol=told["symbol"]).values_list("name", flat=True).first() or ""
        at = datetime.combine(told["day"], told["clock"], SEOUL) if told["clock"] else None
        return Candidate(
            line=0,
            day=told["day"],
            filled_at=at,
            order_no="",
            fill_no="",
            symbol=told["symbol"],
            name=name,
            side=Side(told["side"]),
            credit="",
            quantity=told["quantity"],
            price=told["price"],
            amount=round(told["price"] * told["quantity"]),
            commission=None,
            tax=None,
            venue="KRX",
        )


@require_http_methods(["GET", "POST"])
@member_required(needs=Right.NOTE)
def manual(request: MemberRequest, code: str) -> HttpResponse:
    """The form, and the fill it makes."""
    form = FillForm(request.POST or None, initial={"symbol": request.GET.get("symbol", "")[:20]})
    if form.is_valid():
        today = today_of(request.account)
        try:
            batch = write_down(
                request.account, request.user, form.candidate, form.cleaned_data["reason"], today
            )
        except ImportRefused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("체결을 적었습니다. 언제든 되돌릴 수 있습니다."))
            return redirect("portfolio:import", code, batch.pk)
    words = {"form": form, "account": request.account}
    return render(request, "portfolio/import_manual.html", words, status=422 if form.is_bound else 200)
