"""Questions: whether the body of a TR may be sent, field by field, in sentences that say what to do."""

import re
from collections.abc import Mapping

from kiwoomweb.broker.catalogue import TR, Field
from kiwoomweb.broker.saying import Saying, gettext_noop
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

STRANGE = gettext_noop("이 전문에 없는 입력입니다. 지워 주세요.")
NO_TEXT = gettext_noop("글자로 보내야 합니다. 따옴표로 묶어 주세요.")
MISSING = gettext_noop("비어 있습니다. %(label)s 값을 입력해 주세요.")
TOO_LONG = gettext_noop("너무 깁니다. %(most)s자 이내로 입력해 주세요.")
UNPRINTABLE = gettext_noop("쓸 수 없는 글자가 있습니다. 지우고 다시 입력해 주세요.")
NO_CHOICE = gettext_noop("고를 수 없는 값입니다. 다음 가운데 하나를 고르세요: %(some)s")
NO_DAY = gettext_noop("날짜는 YYYYMMDD 여덟 자리로 입력해 주세요. 예: 20260105")
NO_NUMBER = gettext_noop("숫자만 입력해 주세요.")
NO_WHOLE = gettext_noop("쉼표, 부호, 소수점 없이 숫자만 입력해 주세요. 예: 61000")
TOO_MANY = gettext_noop("한 번에 %(most)s종목까지만 물을 수 있습니다. 나누어 보내 주세요.")
PREFIXED = gettext_noop("맨 앞 글자 %(letter)s 없이 여섯 자리만 입력해 주세요. 예: %(code)s")
NO_VENUE = gettext_noop("이 전문은 거래소를 붙이지 않습니다. %(code)s만 입력해 주세요.")
NO_SYMBOL = gettext_noop("종목코드 여섯 자리를 입력해 주세요. 예: 005930")


def question_problems(tr: TR, body: Mapping[str, str]) -> dict[str, str]:
    """Request field -> what is wrong with it and what to do; empty when the body may be sent."""
    known = {field.name: field for field in tr.request}
    found: dict[str, str] = {name: _said(STRANGE) for name in body if name not in known}
    for name, field in known.items():
        if field.kind == "list":
            continue
        said = _problem(tr, field, body.get(name))
        if said:
            found[name] = said
    return found


def _problem(tr: TR, field: Field, sent: object) -> str:
    if sent is not None and not isinstance(sent, str):
        return _said(NO_TEXT)
    text = (sent or "").strip()
    if not text:
        return _said(MISSING, label=field.label) if field.required else ""
    return _text_problem(tr, text) or _value_problem(tr, field, text)


def _text_problem(tr: TR, text: str) -> str:
    if len(text) > _most(tr):
        return _said(TOO_LONG, most=_most(tr))
    return "" if text.isprintable() else _said(UNPRINTABLE)


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
    return _said(NO_CHOICE, some=some + (" …" if len(field.choices) > 8 else ""))


def _form_problem(field: Field, text: str) -> str:
    if field.format == "YYYYMMDD":
        return "" if _is_day(text) else _said(NO_DAY)
    if field.format == "number" and not (text.isascii() and text.isdigit()):
        return _said(NO_NUMBER)
    if _WHOLE.fullmatch(field.name) and not (text.isascii() and text.isdigit()):
        return _said(NO_WHOLE)
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
        return _said(TOO_MANY, most=MANY[tr.id])
    return next((said for one in each if (said := _symbol_problem(tr, one))), "")


def _symbol_problem(tr: TR, text: str) -> str:
    if _PREFIXED.fullmatch(text) and not _BARE.fullmatch(text):
        return _said(PREFIXED, letter=text[0], code=text[1:7])
    if _BARE.fullmatch(text) or _LONG.fullmatch(text):
        return ""
    if _VENUE.fullmatch(text):
        if tr.path.startswith(_BARE_ONLY):
            return _said(NO_VENUE, code=text[:6])
        return ""
    return _said(NO_SYMBOL)


def _said(template: str, **parts: object) -> Saying:
    return Saying(template, **parts)
