"""Addresses that belong to no account."""

from django.urls import path

from kiwoomweb.ui import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
]
