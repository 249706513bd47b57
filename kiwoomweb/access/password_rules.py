"""What a password must not be, beyond Django's own rules: endless, or made of our own name."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

__all__ = ["NotEndless", "NotOurs"]

LONGEST = 128
RUNS = ("12345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
#: Four neighbours or more, forwards or backwards.
RUN = re.compile(
    "|".join(
        re.escape(run[start : start + length])
        for line in RUNS
        for run in (line, line[::-1])
        for length in range(len(line), 3, -1)
        for start in range(len(line) - length + 1)
    )
)
#: What whoever guesses at this very site tries first.
OURS = ("kiwoomweb", "kiwoom", "키움증권", "키움", "영웅문", "주식", "password", "비밀번호")


class NotEndless:
    """At most 128 characters: hashing takes its time by design."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        return _("비밀번호는 128자까지 쓸 수 있습니다.")


class NotOurs:
    """With our names and the runs of the keyboard taken out, six characters must be left.

    ``kiwoom1234567`` is what everybody tries who wants twelve characters of no effort.
    """

    def validate(self, password: str, user: Any = None) -> None:
        left = unicodedata.normalize("NFKC", password).lower()
        for word in OURS:
            left = left.replace(word, "")
        left = RUN.sub("", left)
        if len(left) < 6:
            raise ValidationError(self.get_help_text(), code="password_ours")

    def get_help_text(self) -> str:
        return _("이 서비스의 이름이나 흔한 낱말에 몇 글자를 더한 비밀번호는 쓸 수 없습니다.")
