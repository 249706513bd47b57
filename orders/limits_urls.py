"""Addresses of an account's limits."""

from django.urls import path

from orders.views import limit_acts, limits

__all__ = ["app_name", "urlpatterns"]

app_name = "limits"
urlpatterns = [
    path("a/<str:code>/limits/", limits.limits, name="page"),
    path("a/<str:code>/limits/switch/", limit_acts.switch, name="switch"),
    path("a/<str:code>/limits/members/<int:person>/", limits.member, name="member"),
    path("a/<str:code>/limits/changes/<int:number>/agree/", limit_acts.agree, name="agree"),
    path("a/<str:code>/limits/changes/<int:number>/withdraw/", limit_acts.withdraw, name="withdraw"),
    path("a/<str:code>/limits/days/<int:number>/open/", limit_acts.open_day, name="open_day"),
]
