"""Words of the trade page: what happened to shares without a fill, which index, how long."""

from django.utils.translation import gettext as _

__all__ = ["duration", "event_words", "index_name"]


def event_words(event: str) -> str:
    """An event as a trader calls it."""
    words = {
        "split": _("액면분할·병합"),
        "bonus": _("무상증자"),
        "rights": _("유상증자"),
        "rename": _("종목코드 변경"),
        "merger": _("합병"),
        "spin_off": _("인적분할"),
        "delisting": _("상장폐지"),
        "brought_in": _("입고"),
        "taken_out": _("출고"),
        "adopted": _("일지 이전 보유"),
    }
    return words.get(event, event)


def index_name(index: str) -> str:
    """``index:001`` is 코스피."""
    return _("코스닥") if index == "index:101" else _("코스피")


def duration(minutes: int) -> str:
    """``2시간 5분``, ``45분``; days of trading are counted elsewhere."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(m)s분") % {"m": rest}
    if not rest:
        return _("%(h)s시간") % {"h": hours}
    return _("%(h)s시간 %(m)s분") % {"h": hours, "m": rest}
