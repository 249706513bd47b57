"""Signing in through somebody else's door (OpenID Connect): off unless ``OIDC_URL`` is set.

The issuer says who comes; it makes nobody. Whoever it vouches for must be here already, under the address it
has verified, and still shows their second factor.
"""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from kiwoomweb.access.factor_news import tell
from kiwoomweb.access.models import User
from kiwoomweb.access.services.auditing import record

__all__ = ["Adapter"]


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Named by ``SOCIALACCOUNT_ADAPTER``."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time: tie the issuer's name for the person to the person, by the verified address."""
        if sociallogin.is_existing:
            return
        vouched = [address.email.lower() for address in sociallogin.email_addresses if address.verified is True]
        user = User.objects.filter(email__in=vouched, is_active=True).first()
        if user is None:
            told = ", ".join(vouched)[:80]
            record("session.refused", by=None, about=told, detail={"by": "oidc"}, request=request)
            return
        sociallogin.connect(request, user)
        record("factor.made", by=user, detail={"kind": "oidc"}, request=request)
        tell(user, "oidc_made")

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """Nothing: ``factor_changed`` tells the person."""
