"""Routing table 1: HTTP paths, one include per app."""

from django.urls import URLPattern, URLResolver, path

from kiwoomweb.operation.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]
