"""The presentation shared by all apps."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kiwoomweb.ui"
    label = "ui"
