"""Fields of a review as they come from a form: each is checked and made canonical, or refused in a sentence."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from portfolio.models import Review, Rule, RuleCheck, Tag, TagGroup
from portfolio.selectors.reviews.texts import price_text

__all__ = ["Wrong", "read"]

DEAREST = Decimal(10**11)
KINDS = {"setup": (TagGroup.Kind.SETUP,), "emotion": (TagGroup.Kind.EMOTION,)}
LABELS = (TagGroup.Kind.TAG, TagGroup.Kind.MISTAKE)


class Wrong(ValueError):
    """What was written cannot be; the message says why, in the reader's language."""


def read(team_id: int, field: str, text: str) -> str:
    """The canonical text of one field. Raises ``Wrong``."""
    text = text.strip()
    name, _colon, number = field.partition(":")
    if name in ("tag", "rule"):
        return _tag(team_id, number, text) if name == "tag" else _check(team_id, number, text)
    if name == "reviewed":
        return "1" if text else ""
    if not text:
        return ""
    if name in KINDS:
        return str(_label(team_id, text, KINDS[name]))
    return READERS.get(name, _price)(text)


def _tag(team_id: int, number: str, text: str) -> str:
    if text:
        _label(team_id, number, LABELS)
    return "1" if text else ""


def _label(team_id: int, text: str, kinds: tuple[str, ...]) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    found = Tag.objects.filter(pk=number, group__team=team_id, group__kind__in=kinds)
    if not found.exists():
        raise Wrong(_("이 팀에 없는 라벨입니다. 화면을 새로 고친 뒤 다시 골라 주세요."))
    return number


def _check(team_id: int, number: str, text: str) -> str:
    rules = Rule.objects.filter(team=team_id, condition="")
    if not (number.isdigit() and len(number) < 19 and rules.filter(pk=number).exists()):
        raise Wrong(_("이 팀에 없는 원칙입니다. 화면을 새로 고친 뒤 다시 골라 주세요."))
    if text and text not in RuleCheck.Result.values:
        raise Wrong(_("원칙은 지킴, 어김, 해당 없음 가운데 하나로 표시합니다."))
    return text


def _stars(text: str) -> str:
    if text not in ("1", "2", "3", "4", "5"):
        raise Wrong(_("1부터 5까지 고를 수 있습니다."))
    return text


def _verdict(text: str) -> str:
    if text not in Review.Verdict.values:
        raise Wrong(_("판정은 화면에 있는 네 가지 가운데 하나입니다."))
    return text


def _price(text: str) -> str:
    try:
        price = Decimal(text.replace(",", "").removesuffix("원").strip())
    except InvalidOperation:
        raise Wrong(_("가격은 84,500처럼 숫자로 적어 주세요.")) from None
    if not price.is_finite() or not 0 < price < DEAREST:
        raise Wrong(_("가격은 0보다 커야 합니다."))
    if price != price.quantize(Decimal("0.01")):
        raise Wrong(_("가격은 소수 둘째 자리까지 적을 수 있습니다."))
    return price_text(price)


READERS = {"rating": _stars, "confidence": _stars, "verdict": _verdict}
