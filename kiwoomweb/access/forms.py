"""What people type: themselves, and the keys of their accounts."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Team, User
from kiwoomweb.access.models.account import EnvironmentName
from kiwoomweb.access.services.first_user import Newcomer
from kiwoomweb.broker.credentials import Credentials

__all__ = ["ConnectForm", "KeysForm", "SetupForm"]

#: Keys travel in JSON and headers: visible ASCII only, which also catches a pasted line break.
plain = RegexValidator(r"^[!-~]+\Z", _("영문자와 숫자, 기호만 들어갑니다. 붙여 넣은 내용을 확인하세요."))
unspoken = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class SetupForm(forms.Form):
    """The first user."""

    email = forms.EmailField(
        label=_("이메일"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username", "autofocus": True}),
    )
    display_name = forms.CharField(
        label=_("이름"),
        max_length=40,
        required=False,
        help_text=_("팀에서 보일 이름입니다. 비워 두면 이메일 앞부분을 씁니다."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("비밀번호"),
        max_length=128,
        strip=False,
        help_text=_("12자 이상. 문장처럼 길수록 좋습니다."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("비밀번호 다시"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        password, again = told.get("password"), told.get("again")
        if password and again and password != again:
            self.add_error("again", _("두 비밀번호가 다릅니다."))
        elif password:
            person = User(email=told.get("email", ""), display_name=told.get("display_name", ""))
            try:
                password_validation.validate_password(password, person)
            except ValidationError as weakness:
                self.add_error("password", weakness)
        return told

    @property
    def newcomer(self) -> Newcomer:
        told = self.cleaned_data
        return Newcomer(told["email"], told["password"], told["display_name"])


class KeysForm(forms.Form):
    """A key pair. The secret is never shown again, not even to who has just typed it."""

    app_key = forms.CharField(
        label=_("앱키 (App Key)"), max_length=200, validators=[plain], widget=forms.TextInput(unspoken)
    )
    app_secret = forms.CharField(
        label=_("시크릿키 (Secret Key)"),
        max_length=200,
        validators=[plain],
        widget=forms.PasswordInput({**unspoken, "autocomplete": "new-password"}),
    )

    @property
    def credentials(self) -> Credentials:
        return Credentials(self.cleaned_data["app_key"], self.cleaned_data["app_secret"])


class ConnectForm(KeysForm):
    """An account of Kiwoom: real or mock. ``team`` is asked for only when the person manages several."""

    environment = forms.ChoiceField(
        label=_("구분"),
        choices=[(name.value, name.label) for name in (EnvironmentName.PAPER, EnvironmentName.LIVE)],
        help_text=_("실전과 모의투자는 키를 따로 발급받습니다."),
    )
    name = forms.CharField(
        label=_("별명"), max_length=40, required=False, help_text=_("화면에서 이 계좌를 부를 이름입니다.")
    )
    team = forms.ModelChoiceField(label=_("팀"), queryset=Team.objects.none(), empty_label=None)

    field_order = ("team", "environment", "name", "app_key", "app_secret")

    def __init__(self, teams: "list[Team]", data: Any = None) -> None:
        super().__init__(data)
        chosen = self.fields["team"]
        assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101  narrows the type
        chosen.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])
        chosen.initial = teams[0]
        if len(teams) == 1:
            chosen.widget = forms.HiddenInput()
