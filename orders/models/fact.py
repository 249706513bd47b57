"""A fact: something the broker said about one account and one day. Inserted or superseded, never changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

__all__ = ["Fact", "Facts", "as_known", "current_once"]

_known_at: ContextVar[datetime | None] = ContextVar("known_at", default=None)


@contextmanager
def as_known(moment: datetime) -> Iterator[None]:
    """Within it ``current()`` means what held at that moment of ours: a report says what was known then.

    Readings (prices, and what follows from them) are refreshed in place and are as they were read last.
    """
    token = _known_at.set(moment)
    try:
        yield
    finally:
        _known_at.reset(token)


class Facts(models.QuerySet[Any]):
    """Rows of one kind of fact. Without ``current()`` every version ever told is among them."""

    def current(self) -> Self:
        """What holds now, or within ``as_known`` what held then: one version of each fact."""
        moment = _known_at.get()
        if moment is None:
            return self.filter(superseded_at__isnull=True)
        held = Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        # Not "at or before": SQLite would rather walk the index of recordings, every row of the account.
        return self.filter(held).exclude(recorded_at__gt=moment)

    def before(self) -> Self:
        """Versions that were corrected or withdrawn later."""
        return self.filter(superseded_at__isnull=False)


class Fact(models.Model):
    """What all facts share. ``day`` is the trading day in Korea the fact speaks of.

    ``copy`` numbers rows that are equal in their natural key within one list (0, 1, ...): the broker may
    say the same thing twice and mean both. ``reply`` is the answer that brought the fact (its last page);
    empty when it came over the realtime socket.
    """

    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    copy = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    reply = models.ForeignKey(
        "access.BrokerReply", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    #: What makes two rows the same fact, besides ``account``, ``day`` and ``copy``.
    natural: ClassVar[tuple[str, ...]] = ()
    #: Prices and what follows from them: refreshed in place, because a new price is no new fact.
    readings: ClassVar[tuple[str, ...]] = ()

    #: Whether two rows that say the same are two facts: sales have no number of their own.
    repeats: ClassVar[bool] = False
    #: The number that only grows while the fact comes to be: of two rows in one list that name the same fact,
    #: the one that has come further is the later.
    progress: ClassVar[str] = ""

    objects = Facts.as_manager()

    class Meta:
        abstract = True


def current_once(name: str, *natural: str) -> models.UniqueConstraint:
    """The rule of every fact: one current version for each natural key, any number of past ones."""
    return models.UniqueConstraint(
        fields=["account", "day", *natural, "copy"], condition=Q(superseded_at__isnull=True), name=name
    )
