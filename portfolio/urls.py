"""Addresses of the portfolio pages. ``code`` is the public name of an account."""

from datetime import date

from django.urls import include, path, register_converter

from portfolio.views import journal, overview, pnl, stats, symbol, sync, trade
from portfolio.views.together import desk

__all__ = ["app_name", "urlpatterns"]


class Day:
    """``2026-11-20``; anything that is no day is no address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_url(self, day: date | str) -> str:
        return str(day)


register_converter(Day, "day")

app_name = "portfolio"
urlpatterns = [
    path("t/<str:team>/desk/", desk.desk, name="desk"),
    path("a/<str:code>/", overview.overview, name="overview"),
    path("a/<str:code>/journal/", journal.journal, name="journal"),
    path("a/<str:code>/journal/<day:day>/", journal.day, name="day"),
    path("a/<str:code>/", include("portfolio.writing_urls")),
    path("a/<str:code>/", include("portfolio.labels_urls")),
    path("a/<str:code>/pnl/", pnl.pnl, name="pnl"),
    path("a/<str:code>/stats/", stats.stats, name="stats"),
    path("a/<str:code>/stats/rows/<slug:key>/", stats.rows, name="stats_rows"),
    path("a/<str:code>/stats/group/<slug:by>/", stats.group, name="stats_group"),
    path("a/<str:code>/stats/habits/thresholds/", stats.thresholds, name="thresholds"),
    path("a/<str:code>/stats/<slug:part>/", stats.stats, name="stats_part"),
    path("a/<str:code>/", include("portfolio.carrying_urls")),
    path("a/<str:code>/", include("portfolio.together_urls")),
    path("a/<str:code>/trust/", include("portfolio.trust_urls")),
    path("a/<str:code>/own/", symbol.own, name="own"),
    path("a/<str:code>/symbols/<str:symbol>/mine/", symbol.mine, name="mine"),
    path("a/<str:code>/symbols/<str:symbol>/marks/", symbol.marks, name="marks"),
    path("a/<str:code>/trades/<int:pk>/", trade.trade, name="trade"),
    path("a/<str:code>/trades/<int:pk>/chart/", trade.trade_chart, name="trade_chart"),
    path("a/<str:code>/sync/", sync.sync, name="sync"),
    path("", include("portfolio.report_urls")),
]
