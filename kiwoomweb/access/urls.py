"""Where people come in, and where accounts are connected."""

from django.urls import include, path

from kiwoomweb.access.views.budget import budget
from kiwoomweb.access.views.connect import connect_account, connect_demo
from kiwoomweb.access.views.forgotten import forgotten_password
from kiwoomweb.access.views.home import home
from kiwoomweb.access.views.keys import keys, take_keys_away
from kiwoomweb.access.views.language import choose_language
from kiwoomweb.access.views.prove import prove_by_passkey, prove_yourself
from kiwoomweb.access.views.settings import settings
from kiwoomweb.access.views.setup import setup

accounts = (
    [
        path("setup/<str:code>/", setup, name="setup"),
        path("prove/", prove_yourself, name="prove"),
        path("prove/passkey/", prove_by_passkey, name="prove-passkey"),
        path("connect/", connect_account, name="connect"),
        path("connect/demo/", connect_demo, name="connect-demo"),
        path("a/<str:code>/budget/", budget, name="budget"),
        path("a/<str:code>/keys/", keys, name="keys"),
        path("a/<str:code>/keys/remove/", take_keys_away, name="take-keys-away"),
    ],
    "access",
)

urlpatterns = [
    path("", home, name="home"),
    path("", include(accounts)),
    path("settings/", settings, name="settings"),
    path("language/", choose_language, name="set_language"),
    path("accounts/password/reset/", forgotten_password, name="account_reset_password"),
    path("accounts/", include("allauth.account.urls")),
]
