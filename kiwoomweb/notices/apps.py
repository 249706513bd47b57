"""The notices app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kiwoomweb.notices"
    label = "notices"
