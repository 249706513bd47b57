"""What people type about teams: a name, an invitation, what a member may do, who joins."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import Account, Grant, Membership, User
from kiwoomweb.access.models.grant import NO_ACCESS
from kiwoomweb.access.roles import Role
from kiwoomweb.access.sentences_of_roles import MAY, PART_NAMES
from kiwoomweb.access.services.members import Given, may_give

__all__ = ["InviteForm", "JoinForm", "MemberForm", "TeamForm"]

MASKED = _("금액과 수량을 가립니다. 수익률과 비율은 보입니다.")
ONLY_GRANTED = _("아래에서 정한 계좌만 보입니다. 나중에 잇는 계좌는 보이지 않습니다.")


def roles_help(by: Membership) -> SafeString:
    """What each role that may be given is for, as a list."""
    lines = ((role.label, MAY[role]) for role in Role if may_give(by, role))
    return format_html(
        '<details class="roles"><summary>{}</summary><dl>{}</dl></details>',
        _("권한마다 할 수 있는 일"),
        format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", lines),
    )


def roles_of(by: Membership) -> list[tuple[int, Any]]:
    """The roles this member may give."""
    return [(role.value, role.label) for role in Role if may_give(by, role)]


class TeamForm(forms.Form):
    """The name of a team."""

    name = forms.CharField(label=_("팀 이름"), max_length=60)


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("이메일"), max_length=254)
    role = forms.TypedChoiceField(label=_("권한"), coerce=lambda value: Role(int(value)))
    masked = forms.BooleanField(label=_("금액 가리기"), required=False, help_text=MASKED)
    only_granted = forms.BooleanField(
        label=_("정한 계좌만"),
        required=False,
        help_text=_("들어온 뒤 계좌를 정해 줄 때까지 아무 계좌도 보이지 않습니다."),
    )

    def __init__(self, by: Membership, data: Any = None) -> None:
        super().__init__(data)
        role = self.fields["role"]
        assert isinstance(role, forms.TypedChoiceField)  # noqa: S101  narrows the type
        role.choices, role.initial = roles_of(by), Role.VIEWER.value
        role.help_text = roles_help(by)


class MemberForm(forms.Form):
    """What a member may do: in the team, and on each account the giver sees."""

    role = forms.TypedChoiceField(label=_("팀에서"), coerce=lambda value: Role(int(value)))
    masked = forms.BooleanField(label=_("금액 가리기"), required=False, help_text=MASKED)
    only_granted = forms.BooleanField(label=_("정한 계좌만"), required=False, help_text=ONLY_GRANTED)
    until = forms.DateField(
        label=_("이 날까지"),
        required=False,
        help_text=_("비워 두면 끝나지 않습니다."),
        widget=forms.DateInput({"type": "date"}),
    )

    def __init__(self, by: Membership, other: Membership, accounts: list[Account], data: Any = None) -> None:
        super().__init__(data, initial=_standing(other))
        self.accounts = accounts
        role = self.fields["role"]
        assert isinstance(role, forms.TypedChoiceField)  # noqa: S101  narrows the type
        role.choices, role.help_text = roles_of(by), roles_help(by)
        granted = {grant.account_id: grant for grant in other.grants.all()}
        for account in accounts:
            self._add(account, granted.get(account.pk))

    def _add(self, account: Account, grant: Grant | None) -> None:
        choices = [("", _("팀에서와 같이")), (str(NO_ACCESS), _("볼 수 없음"))]
        choices += [(str(role.value), role.label) for role in Role if role is not Role.OWNER]
        said = "" if grant is None or grant.role is None else str(grant.role)
        self.fields[f"role-{account.code}"] = forms.ChoiceField(
            label=str(account), choices=choices, required=False, initial=said
        )
        self.fields[f"masked-{account.code}"] = forms.BooleanField(
            label=_("금액 가리기"), required=False, initial=bool(grant and grant.masked)
        )
        self.fields[f"without-{account.code}"] = forms.MultipleChoiceField(
            label=_("이 계좌에서 뺄 일"),
            choices=[(str(part), name) for part, name in PART_NAMES.items()],
            required=False,
            initial=grant.without.split() if grant else [],
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def of_team(self) -> list[forms.BoundField]:
        return [self[name] for name in ("role", "masked", "only_granted", "until")]

    @property
    def of_accounts(self) -> list[tuple[Account, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each account with its three fields."""
        return [
            (one, self[f"role-{one.code}"], self[f"masked-{one.code}"], self[f"without-{one.code}"])
            for one in self.accounts
        ]

    @property
    def given(self) -> Given:
        told = self.cleaned_data
        accounts = {
            one.code: (
                int(told[f"role-{one.code}"]) if told[f"role-{one.code}"] else None,
                told[f"masked-{one.code}"],
            )
            for one in self.accounts
        }
        without = {one.code: told[f"without-{one.code}"] for one in self.accounts}
        until = _end_of(told["until"])
        return Given(told["role"], told["masked"], told["only_granted"], until, accounts, without)


class JoinForm(forms.Form):
    """Somebody new: the address is the invitation's."""

    display_name = forms.CharField(
        label=_("이름"), max_length=40, required=False, widget=forms.TextInput({"autocomplete": "name"})
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

    def __init__(self, email: str, data: Any = None) -> None:
        super().__init__(data)
        self.email = email

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        password, again = told.get("password"), told.get("again")
        if password and again and password != again:
            self.add_error("again", _("두 비밀번호가 다릅니다."))
        elif password:
            try:
                person = User(email=self.email, display_name=told.get("display_name", ""))
                password_validation.validate_password(password, person)
            except ValidationError as weakness:
                self.add_error("password", weakness)
        return told


def _standing(other: Membership) -> dict[str, Any]:
    until = timezone.localtime(other.until).date() if other.until else None
    return {
        "role": other.role,
        "masked": other.masked,
        "only_granted": other.only_granted,
        "until": until,
    }


def _end_of(day: Any) -> datetime | None:
    """The last moment of that day here."""
    return timezone.make_aware(datetime.combine(day, time.max)) if day else None
