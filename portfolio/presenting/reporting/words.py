"""A timetable in a sentence, holidays included."""

from django.utils.translation import gettext as _

from portfolio.models import ReportPlan
from portfolio.models.report import ReportEvery, ReportHoliday

__all__ = ["kind_name", "kind_names", "timetable_words", "weekday_names"]

#: Days every month has.
SHORTEST = 28


def weekday_names() -> list[str]:
    """Monday first."""
    return [_("월"), _("화"), _("수"), _("목"), _("금"), _("토"), _("일")]


def kind_name(kind: str) -> str:
    """A report by name."""
    return kind_names().get(kind, kind)


def kind_names() -> dict[str, str]:
    """Every kind there may be, in the order they are offered."""
    return {
        "daily": _("하루 보고"),
        "weekly": _("주간 편지"),
        "monthly": _("한 달 보고"),
        "yearly": _("한 해 보고"),
        "tax": _("세금 자료"),
        "team": _("팀 검토"),
    }


def timetable_words(plan: ReportPlan) -> str:
    """``매주 금요일 18:00. 휴장일이면 다음 거래일에 보냅니다.``"""
    return f"{_when(plan)} {_closed(plan)}"


def _when(plan: ReportPlan) -> str:
    clock = f"{plan.at:%H:%M}"
    days = "·".join(weekday_names()[int(one)] for one in plan.weekdays)
    match plan.every:
        case ReportEvery.KRX:
            return _("매 거래일 KRX 마감 30분 뒤 (보통 16:00).")
        case ReportEvery.NXT:
            return _("매 거래일 NXT 마감 15분 뒤 (보통 20:15).")
        case ReportEvery.DAYS | ReportEvery.WEEK:
            return _("매주 %(days)s %(clock)s.") % {"days": days, "clock": clock}
        case ReportEvery.MONTH:
            told = _("매월 %(day)s일 %(clock)s.") % {"day": plan.day, "clock": clock}
        case _:
            when = {"month": plan.month, "day": plan.day, "clock": clock}
            told = _("매년 %(month)s월 %(day)s일 %(clock)s.") % when
    return told if plan.day <= SHORTEST else f"{told} {_('그날이 없으면 말일로 칩니다.')}"


def _closed(plan: ReportPlan) -> str:
    if plan.every in (ReportEvery.KRX, ReportEvery.NXT):
        return _("휴장일에는 보내지 않고, 수능일처럼 늦게 닫는 날은 그만큼 늦게 보냅니다.")
    return {
        ReportHoliday.NEXT: _("휴장일이면 다음 거래일에 보냅니다."),
        ReportHoliday.PREVIOUS: _("휴장일이면 앞 거래일에 보냅니다."),
        ReportHoliday.SKIP: _("휴장일이면 건너뜁니다."),
        ReportHoliday.ANYWAY: _("휴장일에도 보냅니다."),
    }[ReportHoliday(plan.holiday)]
