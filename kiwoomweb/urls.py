"""Routing table 1: HTTP paths, one include per app."""

from django.urls import URLPattern, URLResolver, include, path

from kiwoomweb.operation.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("kiwoomweb.access.urls")),
    path("", include("kiwoomweb.notices.urls")),
    path("", include("portfolio.urls")),
    path("", include("orders.limits_urls")),
    path("", include("market.urls")),
    path("", include("orders.urls")),
]

handler400 = "kiwoomweb.ui.failures.misunderstood"
handler403 = "kiwoomweb.ui.failures.forbidden"
handler404 = "kiwoomweb.ui.failures.not_found"
handler500 = "kiwoomweb.ui.failures.broken"
