"""Causes: why something stopped by itself, as sentences in the reader's language."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["reason_of", "words_of"]

_WORDS: Mapping[str, "StrOrPromise"] = {
    "unknowns": _("결과를 모르는 주문이 10분에 세 번 있어 정지했습니다."),
    "refusals": _("1분에 다섯 번 거부되어 정지했습니다."),
    "environment": _("키의 투자 구분(실전·모의)이 계좌와 달라 모든 호출을 멈췄습니다. 키를 다시 등록하세요."),
    "keys": _("증권사가 키를 의심해 정지했습니다. 키와 등록 IP를 확인하세요."),
    "kicked": _("같은 앱키로 다른 프로그램이 5분에 두 번 접속해 정지했습니다. 내가 아니면 키를 폐기하세요."),
    "skew": _("이 서버의 시계가 증권사와 2초 넘게 달라 정지했습니다. 시계를 맞춘 뒤 푸세요."),
    "storage": _("디스크가 쓰기에 실패해 정지했습니다. 디스크를 확인하고 서버를 다시 시작한 뒤 푸세요."),
    "disk": _("저장 공간이 200MB보다 적어 모든 계좌를 정지했습니다. 공간을 비운 뒤 푸세요."),
}


def words_of(cause: str) -> str:
    """The sentence of a cause that always says the same."""
    return str(_WORDS[cause])


def reason_of(cause: str, kept: str) -> "StrOrPromise":
    """What a halt says: its cause in the reader's language, else the words kept with it."""
    return _WORDS.get(cause, kept)
