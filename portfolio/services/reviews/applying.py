"""Applying checked texts to a review, its tags and its rule checks."""

from django.utils import timezone

from kiwoomweb.access.models import Account, User
from portfolio.models import Review, RuleCheck, Tag, Trade, TradeTag
from portfolio.selectors.reviews.texts import Texts
from portfolio.services.reviews.stops import take_stop

__all__ = ["Applying"]


class Applying:
    """One writer's changes of one trade. Texts are canonical (``fields.read``)."""

    def __init__(self, account: Account, trade: Trade, review: Review, author: User) -> None:
        self.account, self.trade, self.review, self.author = account, trade, review, author
        self.now = timezone.now()

    def apply(self, changed: Texts, present: Texts) -> None:
        """Write all of it; ``changed`` grows by what an exclusive group takes off."""
        changed |= self._pushed_out(changed, present)
        for name, text in changed.items():
            kind, _colon, number = name.partition(":")
            if kind == "tag":
                self._tag(int(number), text)
            elif kind == "rule":
                self._check(int(number), text)
            else:
                self._column(name, text)
        self.review.save()

    def _column(self, name: str, text: str) -> None:
        review = self.review
        if name in ("setup", "emotion"):
            setattr(review, f"{name}_id", int(text) if text else None)
        elif name in ("rating", "confidence"):
            setattr(review, name, int(text) if text else None)
        elif name == "verdict":
            review.verdict = text
        elif name == "planned_stop":
            take_stop(self.account, self.trade, review, text, self.author)
        elif name == "planned_target":
            review.planned_target = text or None
        else:
            review.reviewed_at = self.now if text else None
            review.reviewed_by = self.author if text else None

    def _tag(self, number: int, text: str) -> None:
        if text:
            told = {"author": self.author, "added_at": self.now}
            TradeTag.objects.get_or_create(trade=self.trade, tag_id=number, defaults=told)
        else:
            TradeTag.objects.filter(trade=self.trade, tag_id=number).delete()

    def _check(self, number: int, text: str) -> None:
        if text:
            told = {"result": text, "author": self.author, "checked_at": self.now}
            RuleCheck.objects.update_or_create(trade=self.trade, rule_id=number, defaults=told)
        else:
            RuleCheck.objects.filter(trade=self.trade, rule_id=number).delete()

    def _pushed_out(self, changed: Texts, present: Texts) -> Texts:
        """Tags that leave because another of their exclusive group comes; of several that come, one stays."""
        added = [name.partition(":")[2] for name, text in changed.items() if name.startswith("tag:") and text]
        out: Texts = {}
        for tag in Tag.objects.filter(pk__in=added, group__is_exclusive=True):
            kin = Tag.objects.filter(group=tag.group_id).exclude(pk=tag.pk).values_list("pk", flat=True)
            for other in kin:
                name = f"tag:{other}"
                if (present.get(name) or changed.get(name)) and out.get(f"tag:{tag.pk}") is None:
                    out[name] = ""
        return out
