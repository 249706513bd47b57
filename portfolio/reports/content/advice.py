"""One thing to do next week: what stops the leak, in a sentence that can be kept or broken."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.analytics.letter import Leak
from portfolio.analytics.when.dimensions import DIMENSIONS
from portfolio.reports.content.asked import Asked
from portfolio.selectors.habits import thresholds_of
from portfolio.selectors.reviews.queue import waiting_count
from portfolio.wording.groups import in_words, label_of, names_for

__all__ = ["HABITS", "advice"]

#: By the detector that found the leak.
HABITS: Mapping[str, "str | Promise"] = {
    "overtrading": gettext_lazy("하루에 살 종목 수를 아침에 적고, 그 수를 넘기지 않기"),
    "early_cutting": gettext_lazy("이익이 난 매매는 절반만 팔고, 나머지는 손절가를 본전으로 올려 두기"),
    "loss_riding": gettext_lazy("살 때 손절가를 적고, 닿은 날 팔기"),
    "size_after_streak": gettext_lazy("앞선 결과와 상관없이 미리 정한 금액으로만 사기"),
    "adherence": gettext_lazy("사기 전에 원칙을 하나씩 확인하고 표시하기"),
}


def advice(asked: Asked, leak: Leak | None) -> str:
    """The same leak always gives the same sentence."""
    if leak is None:
        waits = waiting_count(asked.account)
        told = _("복기를 기다리는 매매 %(n)s건 가운데 하나를 복기하기") % {"n": waits}
        return told if waits else _("지금처럼 기록하기")
    if leak.spot:
        by = DIMENSIONS[leak.spot.dimension]
        group = label_of(by, leak.spot.key, names_for(by, [leak.spot.key]))
        name = in_words((by.name, by.english))
        return _("다음 주에는 ‘%(name)s: %(group)s’ 매매를 쉬거나 절반 크기로 하기") % {
            "name": name,
            "group": group,
        }
    if leak.habit == "revenge":
        minutes = thresholds_of(asked.account).revenge_minutes
        return _("손실을 확정한 뒤 %(n)s분 동안은 새로 사지 않기") % {"n": minutes}
    return str(HABITS[leak.habit])
