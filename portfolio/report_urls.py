"""Addresses of reports."""

from django.urls import path

from portfolio.views import report_readers, reports

__all__ = ["urlpatterns"]

urlpatterns = [
    path("a/<str:code>/reports/", reports.reports, name="reports"),
    path("a/<str:code>/reports/new/", reports.plan, name="report_plan_new"),
    path("a/<str:code>/reports/plans/<str:number>/", reports.plan, name="report_plan"),
    path("a/<str:code>/reports/plans/<str:number>/to/", reports.change, name="report_plan_change"),
    path("a/<str:code>/reports/plans/<str:number>/preview/", reports.preview, name="report_preview"),
    path("a/<str:code>/reports/<str:number>/", reports.issue, name="report"),
    path("a/<str:code>/reports/<str:number>/again/", reports.again, name="report_again"),
    path("a/<str:code>/reports/<str:number>/picture/<slug:cid>.png", reports.picture, name="report_picture"),
    path("a/<str:code>/reports/<str:number>/file.<slug:form>", reports.download, name="report_file"),
    path("reports/question/<str:token>/", report_readers.question, name="report_agree"),
]
