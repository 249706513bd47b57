"""Rules in words: what each condition is called, what its limit is, and a rule as one sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.analytics.playbook.conditions import CONDITIONS
from portfolio.models import Rule

__all__ = ["CONDITION_WORDS", "UNITS", "condition_words", "rule_words"]

#: ``%(limit)s`` is the rule's own number or time.
CONDITION_WORDS = {
    "stop_in_time": gettext_lazy("진입 뒤 %(limit)s분 안에 손절가 기록"),
    "risk_share": gettext_lazy("위험은 추정자산의 %(limit)s%% 이하"),
    "risk_won": gettext_lazy("위험은 %(limit)s원 이하"),
    "not_before": gettext_lazy("%(limit)s 전에는 진입하지 않기"),
    "not_after": gettext_lazy("%(limit)s 뒤에는 진입하지 않기"),
    "no_adding_below": gettext_lazy("평균 단가 아래에서 더 사지 않기"),
    "day_only": gettext_lazy("당일에 청산하기"),
    "bought_at_most": gettext_lazy("매수금액은 %(limit)s원 이하"),
    "held_at_most": gettext_lazy("보유는 %(limit)s분 이하"),
}
#: What a limit is counted in, beside its box.
UNITS = {"minutes": gettext_lazy("분"), "percent": "%", "won": gettext_lazy("원"), "time": "hh:mm", "": ""}


def rule_words(rule: Rule) -> str:
    """The person's own sentence; without one, the condition's."""
    return rule.text or condition_words(rule.condition, rule.limit)


def condition_words(key: str, limit: str) -> str:
    """A condition with its limit."""
    if key not in CONDITIONS:
        return _("사람이 확인")
    return str(CONDITION_WORDS[key]) % {"limit": limit or "…"}
