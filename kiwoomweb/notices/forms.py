"""Forms of notices: quiet hours, and what goes by a channel."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiwoomweb.notices.kinds import Kind
from kiwoomweb.notices.models import Digest

__all__ = ["ChannelForm", "HabitsForm", "WebhookForm"]


class HabitsForm(forms.Form):
    """Both ends of the night, or neither."""

    quiet_from = forms.TimeField(required=False, label=gettext_lazy("조용한 시간 시작"))
    quiet_to = forms.TimeField(required=False, label=gettext_lazy("끝"))
    digest_at = forms.TimeField(label=gettext_lazy("하루치를 보낼 때"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and (typed["quiet_from"] is None) != (typed["quiet_to"] is None):
            self.add_error("quiet_to", _("시작과 끝을 모두 적거나 모두 비워 두세요."))
        elif not self.errors and typed["quiet_from"] and typed["quiet_from"] == typed["quiet_to"]:
            self.add_error(
                "quiet_to", _("시작과 끝이 같습니다. 하루 내내 조용히 하려면 00:00과 23:59를 적으세요.")
            )
        return typed


class ChannelForm(forms.Form):
    """Kinds by name, and how they are gathered."""

    kinds = forms.MultipleChoiceField(
        required=False, choices=[(kind.value, kind.label) for kind in Kind if kind is not Kind.TEST]
    )
    digest = forms.ChoiceField(choices=Digest.choices)


class WebhookForm(forms.Form):
    """Where to post."""

    url = forms.CharField(max_length=2_000, label=gettext_lazy("받을 주소"))
