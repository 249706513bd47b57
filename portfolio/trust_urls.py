"""Addresses of the proof pages. Below ``a/<code>/trust/``."""

from django.urls import path

from portfolio.views import trust

__all__ = ["urlpatterns"]

urlpatterns = [
    path("", trust.trust, name="trust"),
    path("<day:day>/", trust.day, name="trust_day"),
    path("<day:day>/again/", trust.again, name="trust_again"),
    path("<day:day>/say/", trust.say, name="trust_say"),
    path("<day:day>/unsay/<int:pk>/", trust.unsay, name="trust_unsay"),
    path("<day:day>/confirm/", trust.confirm, name="trust_confirm"),
    path("<day:day>/replies/<int:pk>/", trust.reply, name="trust_reply"),
]
