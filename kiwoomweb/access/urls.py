"""Where people come in, and where accounts are connected."""

from allauth.account import views as library
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from kiwoomweb.access.http import public
from kiwoomweb.access.views.budget import budget
from kiwoomweb.access.views.connect import connect_account, connect_demo
from kiwoomweb.access.views.forgotten import forgotten_password
from kiwoomweb.access.views.home import home
from kiwoomweb.access.views.keys import keys, take_keys_away
from kiwoomweb.access.views.language import choose_language
from kiwoomweb.access.views.oidc_in import oidc_back, oidc_in
from kiwoomweb.access.views.out import sign_out
from kiwoomweb.access.views.passkey_in import passkey_in, passkey_in_ask
from kiwoomweb.access.views.passwords import change_password
from kiwoomweb.access.views.prove import prove_by_passkey, prove_yourself
from kiwoomweb.access.views.second_factor import lost_factor, second_factor, second_factor_by_passkey
from kiwoomweb.access.views.security.address import (
    change_address,
    confirm_address,
    keep_address,
    undo_address,
)
from kiwoomweb.access.views.security.app import make_app
from kiwoomweb.access.views.security.codes import make_codes
from kiwoomweb.access.views.security.first import first_factor
from kiwoomweb.access.views.security.lifting import lift_factor
from kiwoomweb.access.views.security.overview import end_all_others, end_one, not_lost, overview, vouch_for
from kiwoomweb.access.views.security.passkeys import drop_factor, make_passkey, make_passkey_ask
from kiwoomweb.access.views.settings import settings as settings_page
from kiwoomweb.access.views.setup import setup
from kiwoomweb.access.views.teams import audit, invitations, member, seeing, team, teams
from kiwoomweb.access.views.teams.handover import hand_over

accounts = (
    [
        path("setup/<str:code>/", setup, name="setup"),
        path("prove/", prove_yourself, name="prove"),
        path("prove/passkey/", prove_by_passkey, name="prove-passkey"),
        path("security/", overview, name="security"),
        path("security/first/", first_factor, name="first-factor"),
        path("security/app/", make_app, name="make-app"),
        path("security/passkey/", make_passkey, name="make-passkey"),
        path("security/passkey/ask/", make_passkey_ask, name="make-passkey-ask"),
        path("security/codes/", make_codes, name="make-codes"),
        path("security/factor/<int:pk>/drop/", drop_factor, name="drop-factor"),
        path("security/session/<int:pk>/end/", end_one, name="end-session"),
        path("security/sessions/end/", end_all_others, name="end-sessions"),
        path("security/lost/no/", not_lost, name="not-lost"),
        path("security/lost/<int:pk>/lift/", lift_factor, name="lift-factor"),
        path("security/email/", change_address, name="email"),
        path("security/email/keep/", keep_address, name="email-keep"),
        path("security/email/confirm/<str:token>/", confirm_address, name="email-confirm"),
        path("security/email/undo/<str:token>/", undo_address, name="email-undo"),
        path("security/device/<int:pk>/vouch/", vouch_for, name="vouch"),
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
        path("t/<str:team>/audit/", audit.audit, name="audit"),
        path("t/<str:team>/audit/file.<slug:kind>", audit.audit_file, name="audit-file"),
        path("t/<str:team>/name/", team.rename, name="team-name"),
        path("t/<str:team>/leave/", team.leave, name="team-leave"),
        path("t/<str:team>/invite/", invitations.invite, name="invite"),
        path("t/<str:team>/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw"),
        path("t/<str:team>/members/<int:pk>/", member.member, name="member"),
        path("t/<str:team>/members/<int:pk>/see/", seeing.see, name="see"),
        path("see/stop/", seeing.stop, name="see-stop"),
        path("t/<str:team>/members/<int:pk>/remove/", member.let_go, name="member-remove"),
    ],
    "access",
)

login = library.LoginView.as_view(extra_context={"oidc_name": settings.OIDC_NAME if settings.OIDC_URL else ""})
way_in = public("the way in: the library's own page")
asked_again = way_in(RedirectView.as_view(pattern_name="access:prove"))

#: Every way to sign in, by name: the library's other pages (its own e-mail and factor pages) are not served.
signing_in = [
    path("login/", way_in(login), name="account_login"),
    path("passkey/", passkey_in, name="passkey_in"),
    path("passkey/ask/", passkey_in_ask, name="passkey_in_ask"),
    path("oidc/<str:provider_id>/login/", oidc_in, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", oidc_back, name="openid_connect_callback"),
    path("2fa/", second_factor, name="mfa_authenticate"),
    path("2fa/passkey/", second_factor_by_passkey, name="second_factor_passkey"),
    path("2fa/lost/", lost_factor, name="lost_factor"),
    path("logout/", sign_out, name="account_logout"),
    path("inactive/", way_in(library.account_inactive), name="account_inactive"),
    path("signup/", way_in(library.signup), name="account_signup"),
    path("reauthenticate/", asked_again, name="account_reauthenticate"),
    path("password/change/", change_password, name="account_change_password"),
    path("password/reset/", forgotten_password, name="account_reset_password"),
    path("password/reset/done/", way_in(library.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        way_in(library.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        way_in(library.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns = [
    path("", home, name="home"),
    path("", include(accounts)),
    path("settings/", settings_page, name="settings"),
    path("language/", choose_language, name="set_language"),
    path("accounts/", include(signing_in)),
]
