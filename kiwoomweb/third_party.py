"""Doors of views that are not ours and cannot say it themselves: the library's sign-in pages.

By module and name of the view. What is not listed here, or declares nothing itself, does not start (``doors``).
"""

from kiwoomweb.access.permission import Door, Permission

__all__ = ["THIRD_PARTY"]

_IN = Permission(Door.PUBLIC, why="the way in")
_BACK = Permission(Door.PUBLIC, why="a forgotten password, by a letter to its owner")
_OWN = Permission(Door.SIGNED_IN)

#: ``module.name`` -> who may come to it. The library itself sends visitors of the last kind to sign in.
THIRD_PARTY = {
    **{
        f"allauth.account.views.{name}": _IN
        for name in (
            "LoginView", "SignupView", "AccountInactiveView", "ConfirmLoginCodeView", "ConfirmEmailView",
            "email_verification_sent", "EmailVerificationSentView", "RequestLoginCodeView", "LogoutView",
        )
    },
    **{
        f"allauth.account.views.{name}": _BACK
        for name in (
            "PasswordResetView", "PasswordResetDoneView", "PasswordResetFromKeyView",
            "PasswordResetFromKeyDoneView",
        )
    },
    **{
        f"allauth.account.views.{name}": _OWN
        for name in ("ReauthenticateView", "EmailView", "PasswordChangeView", "PasswordSetView")
    },
    **{
        f"allauth.mfa.{name}": _OWN
        for name in (
            "base.views.IndexView", "base.views.ReauthenticateView", "totp.views.ActivateTOTPView",
            "totp.views.DeactivateTOTPView", "recovery_codes.views.GenerateRecoveryCodesView",
            "recovery_codes.views.ViewRecoveryCodesView", "recovery_codes.views.DownloadRecoveryCodesView",
            "webauthn.views.AddWebAuthnView", "webauthn.views.EditWebAuthnView",
            "webauthn.views.ListWebAuthnView", "webauthn.views.RemoveWebAuthnView",
            "webauthn.views.ReauthenticateWebAuthnView",
        )
    },
    **{
        f"allauth.mfa.{name}": _IN
        for name in ("base.views.AuthenticateView", "base.views.TrustView", "webauthn.views.LoginWebAuthnView")
    },
    "allauth.usersessions.views.ListUserSessionsView": _OWN,
    "allauth.socialaccount.views.ConnectionsView": _OWN,
    "allauth.socialaccount.views.SignupView": _IN,
    "allauth.socialaccount.views.LoginCancelledView": _IN,
    "allauth.socialaccount.views.LoginErrorView": _IN,
    "allauth.socialaccount.providers.openid_connect.views.login": _IN,
    "allauth.socialaccount.providers.openid_connect.views.callback": _IN,
}  # fmt: skip
