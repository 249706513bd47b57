"""The form of a plan: what, when, for whom."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.access.models import Account, User
from kiwoomweb.access.rights import Right
from kiwoomweb.access.selectors import accounts_for, rights_here
from portfolio import reports
from portfolio.analytics.reporting.timing import following
from portfolio.models import ReportPlan
from portfolio.models.report import ReportEvery, ReportHoliday
from portfolio.presenting.reporting.words import kind_names, weekday_names
from portfolio.selectors.days import corrections
from portfolio.selectors.reporting.eyes import Eyes, eyes_of
from portfolio.selectors.reporting.groups import plans_with
from portfolio.selectors.reporting.plans import readers_of, timetable

__all__ = ["PlanForm"]

#: Outside addresses of one plan.
MOST_OUTSIDE = 10


def kinds() -> list[tuple[str, str]]:
    """The reports that can be made, by name."""
    return [(kind, name) for kind, name in kind_names().items() if kind in reports.KINDS]


def weekdays() -> list[tuple[str, str]]:
    return [(str(number), name) for number, name in enumerate(weekday_names())]


class PlanForm(forms.Form):
    """A plan as it is typed."""

    kind = forms.ChoiceField(choices=kinds, label=gettext_lazy("보고서"))
    every = forms.ChoiceField(choices=ReportEvery.choices, label=gettext_lazy("언제"))
    at = forms.TimeField(
        label=gettext_lazy("시각 (한국 시간)"),
        initial="18:00",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    weekdays = forms.MultipleChoiceField(
        choices=weekdays,
        label=gettext_lazy("요일"),
        required=False,
        initial=["4"],
        widget=forms.CheckboxSelectMultiple,
    )
    month = forms.IntegerField(label=gettext_lazy("월"), min_value=1, max_value=12, initial=1, required=False)
    day = forms.IntegerField(label=gettext_lazy("일"), min_value=1, max_value=31, initial=1, required=False)
    holiday = forms.ChoiceField(choices=ReportHoliday.choices, label=gettext_lazy("휴장일이면"), required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=gettext_lazy("언어"))
    with_pdf = forms.BooleanField(label=gettext_lazy("PDF 붙이기"), required=False)
    with_xlsx = forms.BooleanField(label=gettext_lazy("XLSX 붙이기"), required=False)
    with_csv = forms.BooleanField(label=gettext_lazy("CSV 붙이기 (표마다 하나)"), required=False)
    also = forms.MultipleChoiceField(
        label=gettext_lazy("함께 보낼 계좌"), required=False, widget=forms.CheckboxSelectMultiple
    )
    shared = forms.BooleanField(
        label=gettext_lazy("팀의 예약으로 (팀원이 보고, 관리자가 고칩니다)"), required=False
    )
    people = forms.MultipleChoiceField(label=gettext_lazy("받는 팀원"), required=False)
    masked = forms.MultipleChoiceField(required=False)
    outside = forms.CharField(label=gettext_lazy("팀 밖의 주소"), required=False, max_length=2_000)
    outside_amounts = forms.BooleanField(label=gettext_lazy("팀 밖에도 금액을 보냅니다"), required=False)

    def __init__(
        self, account: Account, user: User, typed: Any = None, *, plan: ReportPlan | None = None
    ) -> None:
        super().__init__(typed)
        self.account, self.plan = account, plan
        members = account.team.memberships.filter(user__is_active=True).select_related("user")
        self.members = {str(one.user_id): one.user for one in members.order_by("user__email")}
        choices = [(number, str(member)) for number, member in self.members.items()]
        for name in ("people", "masked"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  declared above
            field.choices = choices
        self.others = {one.code: one for one in _accounts_beside(account, user)}
        also = self.fields["also"]
        assert isinstance(also, forms.MultipleChoiceField)  # noqa: S101  declared above
        also.choices = [(code, one.name) for code, one in self.others.items()]
        beside = [one.pk for one in self.others.values()]
        self.initial = {**_standing(plan, user, beside), **self.initial}

    def offered(self) -> list[tuple[str, User, str]]:
        """(number, member, what their own rights leave out of their mails) of everybody in the team."""
        return [(number, user, _left_out(eyes_of(user, self.account))) for number, user in self.members.items()]

    def clean_outside(self) -> list[str]:
        typed = self.cleaned_data["outside"].replace(",", " ").replace(";", " ").split()
        addresses = list(dict.fromkeys(one.lower() for one in typed))
        if len(addresses) > MOST_OUTSIDE:
            raise forms.ValidationError(_("팀 밖의 주소는 %(n)s개까지입니다.") % {"n": MOST_OUTSIDE})
        for address in addresses:
            try:
                forms.EmailField().clean(address)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("%(text)s: 메일 주소가 아닙니다. 빈칸이나 쉼표로 나누어 적으세요.") % {"text": address}
                ) from None
        return addresses

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.errors:
            return typed
        every = typed["every"]
        if every in (ReportEvery.DAYS, ReportEvery.WEEK) and not typed["weekdays"]:
            self.add_error("weekdays", _("요일을 하나 이상 고르세요."))
        elif every not in (ReportEvery.KRX, ReportEvery.NXT) and typed["at"] is None:
            self.add_error("at", _("시각을 적으세요. 예: 18:00"))
        else:
            self._try(typed)
        return typed

    def _try(self, typed: dict[str, Any]) -> None:
        """A timetable that is never due is no timetable: every 1st of January, when holidays are skipped."""
        try:
            following(timetable(ReportPlan(**self.wish())), timezone.now(), corrections())
        except ValueError:
            self.add_error(
                "holiday", _("이 날은 언제나 휴장일이라 보고서가 나올 수 없습니다. 다른 규칙을 고르세요.")
            )

    def wish(self) -> dict[str, Any]:
        """The plan's columns; what the timetable does not use keeps its default."""
        typed = self.cleaned_data
        default = ReportPlan()
        return {
            "kind": typed["kind"],
            "every": typed["every"],
            "at": typed["at"] or default.at,
            "weekdays": "".join(sorted(typed["weekdays"])) or default.weekdays,
            "day": typed["day"] or default.day,
            "month": typed["month"] or default.month,
            "holiday": typed["holiday"] or default.holiday,
            "language": typed["language"],
            "with_pdf": typed["with_pdf"],
            "with_xlsx": typed["with_xlsx"],
            "with_csv": typed["with_csv"],
            "shared": typed["shared"],
        }

    def accounts(self) -> list[Account]:
        """The other accounts that go with it."""
        return [self.others[code] for code in self.cleaned_data["also"]]

    def readers(self) -> dict[User, bool]:
        """Members, and whether amounts are hidden from them."""
        masked = set(self.cleaned_data["masked"])
        return {self.members[number]: number in masked for number in self.cleaned_data["people"]}

    def outsiders(self) -> dict[str, bool]:
        """Outside addresses, and whether amounts are hidden from them."""
        return dict.fromkeys(self.cleaned_data["outside"], not self.cleaned_data["outside_amounts"])


def _left_out(eyes: Eyes) -> str:
    if not eyes.sees:
        return _("이 계좌를 볼 수 없어 받지 못합니다")
    lacks = [_("금액 없이")] * eyes.masked + [_("파일 없이")] * (not eyes.takes)
    return ", ".join(lacks)


def _accounts_beside(account: Account, user: User) -> list[Account]:
    """Accounts of the team for which this person may plan and whose market has the same clock."""
    found = accounts_for(user).filter(team=account.team_id, environment=account.environment)
    others = found.exclude(pk=account.pk)
    return [one for one in others if Right.REPORTS in rights_here(one)]


def _standing(plan: ReportPlan | None, user: User, among: list[int]) -> dict[str, Any]:
    """The form as the plan stands; a new one goes to whoever makes it."""
    if plan is None:
        return {"people": [str(user.pk)], "language": user.language or "ko", "with_pdf": True}
    readers = list(readers_of(plan))
    members = [reader for reader in readers if reader.user_id]
    outside = [reader for reader in readers if not reader.user_id]
    names = ("kind", "every", "at", "day", "month", "holiday", "language", "shared")
    files = ("with_pdf", "with_xlsx", "with_csv")
    beside = plans_with(plan, among).filter(removed_at__isnull=True).exclude(pk=plan.pk)
    return {
        **{name: getattr(plan, name) for name in (*names, *files)},
        "also": list(beside.values_list("account__code", flat=True)),
        "weekdays": list(plan.weekdays),
        "people": [str(reader.user_id) for reader in members],
        "masked": [str(reader.user_id) for reader in members if reader.masked],
        "outside": " ".join(reader.address for reader in outside),
        "outside_amounts": bool(outside) and not all(reader.masked for reader in outside),
    }
