"""A review as texts, field by field: what forms show, histories remember and two writers are compared by."""

from decimal import Decimal

from portfolio.models import Review, RuleCheck, Trade, TradeChange, TradeTag

__all__ = ["COLUMNS", "Texts", "base_of", "price_text", "texts_of"]

#: Field to text; a field that is not in it is empty.
Texts = dict[str, str]
#: Columns of a review that a form can change.
COLUMNS = ("setup", "emotion", "confidence", "rating", "verdict", "planned_stop", "planned_target", "reviewed")


def texts_of(trade: Trade) -> Texts:
    """Everything said of a trade: columns of its review, ``tag:12`` for each tag it carries, ``rule:5``."""
    review = Review.objects.filter(trade=trade).first()
    found = _columns(review) if review else dict.fromkeys(COLUMNS, "")
    for tag in TradeTag.objects.filter(trade=trade).values_list("tag", flat=True):
        found[f"tag:{tag}"] = "1"
    for rule, result in RuleCheck.objects.filter(trade=trade).values_list("rule", "result"):
        found[f"rule:{rule}"] = result
    return found


def base_of(trade: Trade, present: Texts, version: int) -> Texts:
    """The same as it was at an older version: what changed since is taken back, newest first."""
    found = dict(present)
    changes = TradeChange.objects.filter(trade=trade, version__gt=version, is_conflict=False)
    for field, before in changes.order_by("-pk").values_list("field", "before"):
        found[field] = before
    return found


def price_text(price: Decimal | None) -> str:
    """``84500`` or ``84500.5``: as short as it is exact."""
    return "" if price is None else f"{price.normalize():f}"


def _columns(review: Review) -> Texts:
    return {
        "setup": _text(review.setup_id),
        "emotion": _text(review.emotion_id),
        "confidence": _text(review.confidence),
        "rating": _text(review.rating),
        "verdict": review.verdict,
        "planned_stop": price_text(review.planned_stop),
        "planned_target": price_text(review.planned_target),
        "reviewed": "1" if review.reviewed_at else "",
    }


def _text(value: int | None) -> str:
    return "" if value is None else str(value)
