"""Which rows belong to an archive: all of them, or those of one account and what they refer to.

The ways from a model to the account are found by following its references. A model without any must be named
in ``EVERYBODYS`` or ``PERSONAL``; a test fails for one that is neither.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from kiwoomweb.access.models import Account, Membership, Team, User
from market.models import KeptBars
from portfolio.models import Trade
from portfolio.services.archiving.carried import Model, carried, label_of

__all__ = ["EVERYBODYS", "PERSONAL", "Scope", "ways"]

#: Facts about the market: carried with every account.
EVERYBODYS = frozenset({"market.calendaroverride", "market.keptbars"})
#: What belongs to a person, or to the market as a whole: carried with everything, not with one account.
PERSONAL = frozenset(
    {
        "market.boardlook",
        "market.favouritetr",
        "market.instrument",
        "market.lastquestion",
        "market.screennumber",
        "notices.optout",
    }
)
#: References followed on the way to an account.
DEEPEST = 4


@dataclass(frozen=True)
class Scope:
    """``account`` is ``None`` for everything there is."""

    account: Account | None = None

    @property
    def name(self) -> str:
        """``everything``, or ``account`` with its code: what the manifest says."""
        return f"account {self.account.code}" if self.account else "everything"

    def rows(self, model: Model) -> "models.QuerySet[Any]":
        """The rows of the model that the archive carries, unordered."""
        rows = model._base_manager.all()
        if self.account is not None and model is KeptBars:
            return rows.filter(_seen_by(self.account))
        if self.account is None or label_of(model) in EVERYBODYS:
            return rows
        if label_of(model) in PERSONAL:
            return rows.none()
        return rows.filter(pk__in=_people(self)) if model is User else rows.filter(self.filter(model))

    def filter(self, model: Model) -> Q:
        """What the rows of one account have in common."""
        assert self.account  # noqa: S101  narrows the type
        if model is Account:
            return Q(pk=self.account.pk)
        if model is Team:
            return Q(pk=self.account.team_id)
        found = Q(pk__in=[])
        for way, target in ways(model):
            found |= Q(**{way: self.account.pk if target is Account else self.account.team_id})
        return found


def _seen_by(account: Account) -> Q:
    """Bars of the symbols it traded, and of the indices: not what others are interested in."""
    traded = Trade.objects.filter(account=account).values("symbol")
    return Q(environment=account.environment) & (Q(symbol__in=traded) | Q(symbol__startswith="index:"))


def ways(model: Model) -> list[tuple[str, Model]]:
    """The lookups from a model to its account, or to its team where no account is sure.

    A way on which nothing can be empty decides alone; otherwise all ways count.
    """
    found = list(_walk(model))
    sure: list[tuple[str, Model]] = [
        (way, target) for way, target, is_sure in found if is_sure and target is Account
    ]
    return sure[:1] or [(way, target) for way, target, _is_sure in found]


def _walk(model: Model) -> Iterator[tuple[str, Model, bool]]:
    """Every way to an account or a team, the shortest first; none leads through the account to its team."""
    waiting: deque[tuple[Model, str, bool, int]] = deque([(model, "", True, 0)])
    while waiting:
        here, prefix, is_sure, depth = waiting.popleft()
        for field in here._meta.concrete_fields:
            target = field.related_model
            if not isinstance(field, models.ForeignKey) or not isinstance(target, type) or target is here:
                continue
            way, sure = f"{prefix}{field.name}", is_sure and not field.null
            if target in (Account, Team):
                yield way, target, sure
            elif target is not User and depth + 1 < DEEPEST:
                waiting.append((target, f"{way}__", sure, depth + 1))


def _people(scope: Scope) -> set[int]:
    """Everybody a row of the archive names: authors, and the members of the team."""
    found: set[int] = set()
    for model in carried():
        if model is User or (label_of(model) in PERSONAL):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is User:
                found |= set(scope.rows(model).order_by().values_list(field.attname, flat=True).distinct())
    assert scope.account  # noqa: S101  narrows the type
    found |= set(Membership.objects.filter(team=scope.account.team_id).values_list("user_id", flat=True))
    return {person for person in found if person is not None}
