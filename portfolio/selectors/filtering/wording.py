"""A filter in words: what each value is called, and the chips of what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["CHOICES", "SIZES", "Chip", "Names", "chips"]

#: What rows are called: ("tag", "12") -> "돌파".
Names = Mapping[tuple[str, str], str]

#: 매수금액 in won: from, below.
SIZES: dict[str, tuple[int, int | None]] = {
    "xs": (0, 1_000_000),
    "s": (1_000_000, 5_000_000),
    "m": (5_000_000, 10_000_000),
    "l": (10_000_000, 50_000_000),
    "xl": (50_000_000, None),
}
#: Words of the address, what they are called, in the order the page lists them.
CHOICES: dict[str, dict[str, "str | Promise"]] = {
    "period": {
        "1m": _("1개월"),
        "3m": _("3개월"),
        "ytd": pgettext_lazy("period", "올해"),
        "1y": _("1년"),
    },
    "state": {
        "open": pgettext_lazy("trade", "보유"),
        "closed": pgettext_lazy("trade", "청산"),
        "unsettled": pgettext_lazy("trade", "미확정"),
    },
    "style": {"day": _("당일"), "swing": _("스윙")},
    "credit": {"cash": _("현금"), "credit": _("신용")},
    "result": {
        "win": pgettext_lazy("result", "이익"),
        "loss": pgettext_lazy("result", "손실"),
        "flat": pgettext_lazy("result", "본전"),
    },
    "size": {
        "xs": _("100만 원 미만"),
        "s": _("100만–500만"),
        "m": _("500만–1천만"),
        "l": _("1천만–5천만"),
        "xl": _("5천만 원 이상"),
    },
    "verdict": {
        "planned": pgettext_lazy("verdict", "계획대로"),
        "early": pgettext_lazy("verdict", "일찍"),
        "late": pgettext_lazy("verdict", "늦게"),
        "never": pgettext_lazy("verdict", "하지 말았어야"),
    },
    "reviewed": {"yes": _("복기함"), "no": _("복기 전")},
}
PATTERNS: dict[str, "str | Promise"] = {
    "first": _("%(value)s부터"),
    "last": _("%(value)s까지"),
    "rating": _("평점 %(value)s"),
    "q": _("‘%(value)s’"),
}
UNNAMED: dict[tuple[str, str], "str | Promise"] = {
    ("book", "0"): _("기본 장부"),
    ("setup", "0"): _("셋업 없음"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition: its place in the address, its words, and the query without it."""

    parameter: str
    value: str
    words: str
    query_without: str


def chips(pairs: Sequence[tuple[str, str]], names: Names) -> list[Chip]:
    """A chip for each pair of a canonical query."""
    return [
        Chip(parameter, value, _words(parameter, value, names), urlencode([*pairs[:n], *pairs[n + 1 :]]))
        for n, (parameter, value) in enumerate(pairs)
    ]


def _words(parameter: str, value: str, names: Names) -> str:
    known = CHOICES.get(parameter, {}).get(value) or names.get((parameter, value))
    if known or (known := UNNAMED.get((parameter, value))):
        return str(known)
    if parameter in PATTERNS:
        return str(PATTERNS[parameter]) % {"value": value}
    return value if parameter == "symbol" else f"#{value}"
