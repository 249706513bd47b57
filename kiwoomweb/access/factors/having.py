"""Which second factors a person has."""

from allauth.mfa.models import Authenticator

from kiwoomweb.access.models import User
from kiwoomweb.once import once_a_request

__all__ = ["PASSKEY", "TOTP", "factor_types", "has_factor", "has_passkey"]

TOTP = str(Authenticator.Type.TOTP)
PASSKEY = str(Authenticator.Type.WEBAUTHN)


@once_a_request
def factor_types(user: User) -> frozenset[str]:
    """``totp``, ``webauthn`` and ``recovery_codes``, as far as the person has them."""
    return frozenset(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def has_factor(user: User) -> bool:
    """Whether signing in takes more than a password. Recovery codes alone are no factor."""
    return bool(factor_types(user) & {TOTP, PASSKEY})


def has_passkey(user: User) -> bool:
    return PASSKEY in factor_types(user)
