from django.apps import AppConfig


class KiwoomwebConfig(AppConfig):
    name = "kiwoomweb"
