"""Addresses of notices."""

from django.urls import include, path

from kiwoomweb.notices.views.unsubscribing import unsubscribe

notices = ([path("u/<str:token>/", unsubscribe, name="unsubscribe")], "notices")

urlpatterns = [path("", include(notices))]
