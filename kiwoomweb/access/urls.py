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
from kiwoomweb.access.views.teams import invitations, member, team, teams
from kiwoomweb.access.views.teams.handover import hand_over

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
        path("a/<str:code>/hand-over/", hand_over, name="hand-over"),
        path("teams/", teams.teams, name="teams"),
        path("teams/offers/<int:pk>/", teams.decide, name="offer"),
        path("join/<str:token>/", invitations.join, name="join"),
        path("t/<str:team>/", team.team, name="team"),
        path("t/<str:team>/name/", team.rename, name="team-name"),
        path("t/<str:team>/leave/", team.leave, name="team-leave"),
        path("t/<str:team>/invite/", invitations.invite, name="invite"),
        path("t/<str:team>/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw"),
        path("t/<str:team>/members/<int:pk>/", member.member, name="member"),
        path("t/<str:team>/members/<int:pk>/remove/", member.let_go, name="member-remove"),
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
