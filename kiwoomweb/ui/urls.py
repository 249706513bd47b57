"""Addresses that belong to no account: settings, the language switch."""

from django.urls import include, path

from kiwoomweb.ui import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("language/", include("django.conf.urls.i18n")),
]
