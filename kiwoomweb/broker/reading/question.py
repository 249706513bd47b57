"""Questions: whether the body of a TR may be sent, field by field, in sentences that say what to do."""

import re
from collections.abc import Mapping

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.wire import times

__all__ = ["question_problems"]

_BARE = re.compile(r"[0-9A-Z]{6}", re.ASCII)
_VENUE = re.compile(r"[0-9A-Z]{6}_(NX|AL)", re.ASCII)
_LONG = re.compile(r"[0-9A-Z]{7,10}", re.ASCII)
_PREFIXED = re.compile(r"[AJQ][0-9A-Z]{6}(_NX|_AL)?", re.ASCII)

#: TRs that take several symbols, separated by a bar, and how many (PROTOCOL 2.3: 1634 beyond a hundred).
MANY = {"ka10095": 100}
#: Orders and account TRs take the bare symbol; only quotes let it name its venue (PROTOCOL 5.4).
_BARE_ONLY = ("/api/dostk/ordr", "/api/dostk/crdordr", "/api/dostk/acnt")
#: What is a whole number, without the catalogue's saying so (PROTOCOL 5.1).
_WHOLE = re.compile(
    r"(ord|mdfy|cncl|trde)_qty|(ord|mdfy|cond|mdfy_cond)_uv|uv|exp_buy_unp|io_amt|(min|max)_trde_(qty|prica)"
)
#: Nothing on the wire is longer; the guide's own lengths are not in the catalogue.
MOST_CHARACTERS = 100


def question_problems(tr: TR, body: Mapping[str, str]) -> dict[str, str]:
    """Request field -> what is wrong with it and what to do; empty when the body may be sent."""
    known = {field.name: field for field in tr.request}
    found = {name: "이 전문에 없는 입력입니다. 지워 주세요." for name in body if name not in known}
    for name, field in known.items():
        if field.kind == "list":
            continue
        said = _problem(tr, field, body.get(name))
        if said:
            found[name] = said
    return found


def _problem(tr: TR, field: Field, sent: object) -> str:
    if sent is not None and not isinstance(sent, str):
        return "글자로 보내야 합니다. 따옴표로 묶어 주세요."
    text = (sent or "").strip()
    if not text:
        return f"{field.label}{_object(field.label)} 입력해 주세요." if field.required else ""
    return _text_problem(tr, text) or _value_problem(tr, field, text)


def _text_problem(tr: TR, text: str) -> str:
    if len(text) > _most(tr):
        return f"너무 깁니다. {_most(tr)}자 이내로 입력해 주세요."
    return "" if text.isprintable() else "쓸 수 없는 글자가 있습니다. 지우고 다시 입력해 주세요."


def _value_problem(tr: TR, field: Field, text: str) -> str:
    if field.format == "symbol":
        return _symbols_problem(tr, text)
    if field.choices and not field.lookup:
        return _choice_problem(field, text)
    return _form_problem(field, text)


def _most(tr: TR) -> int:
    return MOST_CHARACTERS * 10 if tr.id in MANY else MOST_CHARACTERS


def _choice_problem(field: Field, text: str) -> str:
    if text in field.choices or (text in {"KRX", "NXT", "SOR"} and "%" in field.choices):
        return ""
    some = ", ".join(
        f"{code}({label})" if label != code else code for code, label in list(field.choices.items())[:8]
    )
    return f"고를 수 없는 값입니다. 다음 가운데 하나를 고르세요: {some}" + (
        " …" if len(field.choices) > 8 else ""
    )


def _form_problem(field: Field, text: str) -> str:
    if field.format == "YYYYMMDD":
        return "" if _is_day(text) else "날짜는 YYYYMMDD 여덟 자리로 입력해 주세요. 예: 20260105"
    if field.format == "number" and not (text.isascii() and text.isdigit()):
        return "숫자만 입력해 주세요."
    if _WHOLE.fullmatch(field.name) and not (text.isascii() and text.isdigit()):
        return "쉼표, 부호, 소수점 없이 숫자만 입력해 주세요. 예: 61000"
    return ""


def _is_day(text: str) -> bool:
    try:
        return times.day(text) is not None and len(text) == 8
    except ValueError:
        return False


def _symbols_problem(tr: TR, text: str) -> str:
    if tr.id not in MANY:
        return _symbol_problem(tr, text)
    each = text.split("|")
    if len(each) > MANY[tr.id]:
        return f"한 번에 {MANY[tr.id]}종목까지만 물을 수 있습니다. 나누어 보내 주세요."
    return next((said for one in each if (said := _symbol_problem(tr, one))), "")


def _symbol_problem(tr: TR, text: str) -> str:
    if _PREFIXED.fullmatch(text) and not _BARE.fullmatch(text):
        return f"맨 앞 글자 {text[0]}를 빼고 여섯 자리만 입력해 주세요. 예: {text[1:7]}"
    if _BARE.fullmatch(text) or _LONG.fullmatch(text):
        return ""
    if _VENUE.fullmatch(text):
        if tr.path.startswith(_BARE_ONLY):
            return f"이 전문은 거래소를 붙이지 않습니다. {text[:6]}만 입력해 주세요."
        return ""
    return "종목코드 여섯 자리를 입력해 주세요. 예: 005930"


def _object(word: str) -> str:
    """을 or 를, as the last letter of the word ends in a consonant or not."""
    last = ord(word[-1]) - 0xAC00
    if not 0 <= last < 11172:
        return "을(를)"
    return "을" if last % 28 else "를"
