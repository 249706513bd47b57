"""News of a person's ways to sign in, in their own language: whoever listens passes the sentence on."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kiwoomweb.access.models import User
from kiwoomweb.access.signals import factor_changed

__all__ = ["SENTENCES", "tell"]

SENTENCES = {
    "app_made": _("인증 앱을 켰습니다"),
    "app_dropped": _("인증 앱을 껐습니다"),
    "passkey_made": _("패스키를 만들었습니다"),
    "passkey_dropped": _("패스키를 없앴습니다"),
    "passkey_copied": _("복제된 것으로 보이는 패스키를 막았습니다"),
    "codes_made": _("복구 코드를 새로 만들었습니다"),
    "password": _("비밀번호를 바꿨습니다"),
    "lost": _("누가 이 계정의 비밀번호로 인증 수단을 잃어버렸다고 했습니다. 하루 뒤 소유자가 풀 수 있습니다"),
    "lifted": _("인증 수단을 모두 없앴습니다. 이제 비밀번호만으로 들어옵니다"),
    "address": _("로그인 이메일을 바꿨습니다"),
    "address_back": _("로그인 이메일을 되돌리고 모든 기기에서 나가게 했습니다"),
    "oidc_made": _("발급자를 통한 로그인을 이었습니다"),
}


def tell(user: User, news: str) -> None:
    """Send ``factor_changed`` with the sentence of that news."""
    with translation.override(user.language or "ko"):
        factor_changed.send(sender=User, user=user, what=str(SENTENCES[news]))
