"""The past on its way: while it is still being read, every page that looks empty says so, and how far it is."""

from django.utils.translation import gettext as _

from portfolio.selectors.progress import BackfillProgress

__all__ = ["reading_words"]

#: The lists that go back day by day: the one that has come least far tells up to where days are whole.
DAILY = frozenset({"kt00007", "ka01690"})


def reading_words(progress: BackfillProgress) -> str:
    """``과거 기록을 42% 읽었습니다 (2026-03-02까지). 약 3분 남았습니다.``; blank when nothing is being read."""
    if not progress.total or progress.finished:
        return ""
    reached = [line.oldest for line in progress.lines if line.tr in DAILY and not line.stopped]
    told = {"percent": min(progress.percent, 99)}
    if reached and all(reached):
        oldest = max(day for day in reached if day)
        words = _("과거 기록을 %(percent)d%% 읽었습니다 (%(day)s까지).") % {**told, "day": oldest}
    else:
        words = _("과거 기록을 %(percent)d%% 읽었습니다.") % told
    if progress.eta is None:
        return words
    minutes = max(1, round(progress.eta / 60))
    return f"{words} " + _("약 %(minutes)d분 남았습니다.") % {"minutes": minutes}
