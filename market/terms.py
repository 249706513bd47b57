"""Terms: the broker's own labels and choices in English, composed as Korean composes them.

The catalogue names some twelve hundred things; they are made of some four hundred words
(``차익위탁순매수수량`` is arbitrage, client, net buy, quantity), as ``terms.tsv`` lists them: the longest
that fits is taken first. Korean readers read the labels as they come.
"""

import re
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

__all__ = ["english", "term"]

#: ``5만주이상``, ``1천원``, ``3억원``: a count of shares or won.
AMOUNT = re.compile(r"(\d*)\s*(백만|천만|십만|백|천|만|억)?\s*(주|원)\s*(이상|미만)?(?![가-힣]{2})")
POWERS = {"백": 10**2, "천": 10**3, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7, "억": 10**8}
NUMBERED = re.compile(r"(\d+)차?(호가|일|분|틱|개월|시간|초|년|달|종목)")
COUNTED = {
    "호가": "level {}",
    "일": "{} days",
    "분": "{} min",
    "틱": "{} ticks",
    "개월": "{} months",
    "시간": "{} h",
    "초": "{} s",
    "년": "{} y",
    "달": "{} month",
    "종목": "{} stocks",
}
WORDS = dict(
    line.split("\t") for line in Path(__file__).with_name("terms.tsv").read_text().splitlines() if line
)
LONGEST = max(map(len, WORDS))


def term(label: str) -> str:
    """A label in the reader's language."""
    return english(label) if (get_language() or "ko").startswith("en") else label


@cache
def english(label: str) -> str:
    """The English of a Korean label; a word we do not know stays as it is.

    >>> english("순매수수량")
    'Net buy qty'
    """
    if label in WORDS:
        return _capital(WORDS[label])
    text = AMOUNT.sub(_amount, label)
    text = NUMBERED.sub(lambda found: f" {COUNTED[found[2]].format(found[1])} ", text)
    return _capital(" ".join(re.sub(r"\s+([),:])", r"\1", _composed(text)).split()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _composed(text: str) -> str:
    parts, at = [], 0
    while at < len(text):
        size = next((size for size in range(LONGEST, 0, -1) if text[at : at + size] in WORDS), 0)
        if size:
            parts.append(f" {WORDS[text[at : at + size]]} ")
        else:
            size = 1
            parts.append(text[at])
        at += size
    return "".join(parts).replace("( ", "(").replace("_", " ")


def _amount(found: "re.Match[str]") -> str:
    number, power, unit, bound = found.groups()
    if not number and not power:
        return found[0]
    value = int(number or 1) * POWERS.get(power or "", 1)
    shown = f"₩{value:,}" if unit == "원" else f"{value:,} sh"
    return f" {'≥ ' if bound == '이상' else '< ' if bound == '미만' else ''}{shown} "
