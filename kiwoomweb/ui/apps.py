from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kiwoomweb.ui"
    label = "ui"
