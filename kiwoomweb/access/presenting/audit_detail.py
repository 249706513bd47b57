"""What an audit entry says beside its action, in the reader's words; a name without words stands as it is."""

import json
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kiwoomweb.access.models import AuditEntry
from kiwoomweb.access.models.caution import Why
from kiwoomweb.access.roles import Role

__all__ = ["page_in", "said_in"]

NAMES = {
    "role": gettext_noop("권한"),
    "by": gettext_noop("방법"),
    "count": gettext_noop("개수"),
    "why": gettext_noop("까닭"),
    "kind": gettext_noop("종류"),
    "before": gettext_noop("전"),
    "after": gettext_noop("후"),
    "quantity": gettext_noop("수량"),
    "price": gettext_noop("가격"),
}
WAYS = {
    "password": gettext_noop("비밀번호"),
    "totp": gettext_noop("인증 앱"),
    "webauthn": gettext_noop("패스키"),
    "recovery_codes": gettext_noop("복구 코드"),
    "invitation": gettext_noop("초대"),
    "setup": gettext_noop("처음 설정"),
    "asked": gettext_noop("본인이 부탁"),
    "password changed": gettext_noop("비밀번호를 바꿈"),
    "factor lifted": gettext_noop("인증 수단을 풂"),
    "address put back": gettext_noop("이메일을 되돌림"),
}
#: Shown elsewhere, or of no use to a reader.
PAGE = {"path", "page", "method"}


def said_in(entry: AuditEntry) -> str:
    """``trader@example.com · 권한 매매 · 금액 가림``."""
    detail = json.loads(entry.detail)
    told = [_one(name, value) for name, value in detail.items() if name not in PAGE and value is not None]
    return " · ".join(part for part in (entry.about, *told) if part)


def page_in(entry: AuditEntry) -> str:
    """The page that was changed or taken away; of a mere look it says nothing, one entry stands for an hour."""
    return "" if entry.action == "account.opened" else str(json.loads(entry.detail).get("path", ""))


def _one(name: str, value: str | int) -> str:
    if name == "masked":
        return _("금액 가림") if value else ""
    words = VALUES.get(name, str)(str(value))
    return f"{_(NAMES[name])} {words}" if name in NAMES else f"{name} {words}"


def _role(value: str) -> str:
    return str(Role[value].label) if value in Role.__members__ else value


def _ways(value: str) -> str:
    return " + ".join(_(WAYS[way]) if way in WAYS else way for way in value.split("+"))


def _why(value: str) -> str:
    return str(Why(value).label) if value in Why.values else _ways(value)


VALUES: dict[str, Callable[[str], str]] = {"role": _role, "by": _ways, "kind": _ways, "why": _why}
